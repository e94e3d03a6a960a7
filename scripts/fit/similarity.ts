/**
 * Fits `src/core/diversity/weights.ts`: `npx tsx scripts/fit/similarity.ts FOLDER`.
 *
 * FOLDER holds answers to prompts with the ideas told apart (see `answers.ts`). The regression learns from
 * pairs of answers to two thirds of the prompts whether they say the same thing; the threshold is the
 * highest whose modes agree (F1 over pairs) with the ideas of those same prompts nearly as well as the best. Deterministic: the same
 * folder gives the same file byte for byte. `scripts/eval/diversity.ts` reports the prompts kept out.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { distinctTexts } from '../../src/core/diversity/distinct';
import { averageLinkage } from '../../src/core/diversity/linkage';
import {
  LexicalSimilarity,
  PAIR_FEATURES,
  type PairWeights,
} from '../../src/core/diversity/similarity';
import { ROOT } from '../hosts/paths';
import { readAnswerSets, split, type AnswerSet } from './answers';
import { logisticRegression, type Example } from './logistic';

const RIDGE = 1;
/** F1 given up for caution: joining two ideas misleads a writer more than telling one twice. */
const SLACK = 0.025;

/** Pairs that are the same text are no question and teach nothing. */
function examplesOf({ texts, partition }: AnswerSet): Example[] {
  const { texts: distinct, kinds } = distinctTexts(texts);
  const similarity = new LexicalSimilarity(distinct);
  return kinds.flatMap((a, i) =>
    kinds.slice(0, i).flatMap((b, j) => {
      const seen = Array.from(similarity.features(a, b));
      const x = [...seen, ...seen.map(Math.sqrt)];
      return a === b ? [] : [{ x, y: partition[i] === partition[j] }];
    }),
  );
}

/** Pairwise F1 of the modes of all sets at one threshold. */
function agreement(sets: readonly AnswerSet[], threshold: number, weights: PairWeights): number {
  let [both, found, wanted] = [0, 0, 0];
  for (const { texts, partition } of sets) {
    const { texts: distinct, kinds, counts } = distinctTexts(texts);
    const similarity = new LexicalSimilarity(distinct, weights);
    const groups = averageLinkage(similarity, counts, threshold);
    kinds.forEach((a, i) => {
      kinds.slice(0, i).forEach((b, j) => {
        const same = groups[a] === groups[b];
        const gold = partition[i] === partition[j];
        both += same && gold ? 1 : 0;
        found += same ? 1 : 0;
        wanted += gold ? 1 : 0;
      });
    });
  }
  return (2 * both) / (found + wanted);
}

function rounded(value: number): number {
  return Number(value.toFixed(4));
}

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  throw new Error('Give the folder of the answers.');
}
const { fit } = split(await readAnswerSets(folder));
const [bias = 0, ...rest] = logisticRegression(fit.flatMap(examplesOf), RIDGE).map(rounded);
const size = PAIR_FEATURES.length;
const weights = { bias, plain: rest.slice(0, size), root: rest.slice(size) };
const thresholds = Array.from({ length: 17 }, (_, i) => rounded(0.1 + i * 0.05));
const scores = thresholds.map((threshold) => agreement(fit, threshold, weights));
console.error(thresholds.map((t, i) => `${t}: ${(scores[i] ?? 0).toFixed(3)}`).join('  '));
const enough = Math.max(...scores) - SLACK;
const threshold = thresholds.findLast((_, i) => (scores[i] ?? 0) >= enough);

const path = join(ROOT, 'src', 'core', 'diversity', 'weights.ts');
const source = `
/** Written by scripts/fit/similarity.ts from NoveltyBench's partitioned answers (MIT). */

/** Weights of the pair features and of their square roots, in the order of \`PAIR_FEATURES\`. */
export const WEIGHTS = ${JSON.stringify(weights)} as const;

/** Mean similarity from which two groups of answers count as one. */
export const SAME_IDEA = ${threshold};
`;
await writeFile(
  path,
  await format(source.trimStart(), { ...(await resolveConfig(path)), filepath: path }),
);
