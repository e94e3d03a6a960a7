/**
 * How well similarity, modes and measures agree with people's and models' partitions:
 * `npx tsx scripts/eval/diversity.ts FOLDER`, the folder of `scripts/fit/similarity.ts`. Everything is
 * reported on the prompts kept out of fitting, with intervals by bootstrap over prompts.
 */
import { measure, type Measures } from '../../src/core/diversity/measures';
import { compareTexts, findModes } from '../../src/core/diversity/modes';
import { readAnswerSets, split, type AnswerSet } from '../fit/answers';
import { auc, type Scored } from './auc';
import { bootstrap, shown } from './bootstrap';

/** Sets are judged by their first answers, so that all are of one size. */
const JUDGED = 8;
const COLLAPSED = 3;
const DIVERSE = 6;

interface Pair extends Scored {
  together: boolean;
}

interface Judged {
  set: AnswerSet;
  ideas: number;
  pairs: Pair[];
  measures: Measures;
}

function judge(set: AnswerSet): Judged {
  const compared = compareTexts(set.texts);
  const group = new Map(
    findModes(compared).flatMap(({ members }, i) => members.map((m) => [m, i])),
  );
  const { kinds } = compared.distinct;
  const pairs = kinds.flatMap((a, i) =>
    kinds.slice(0, i).map((b, j) => ({
      score: compared.similarity.between(a, b),
      positive: set.partition[i] === set.partition[j],
      together: group.get(i) === group.get(j),
    })),
  );
  const first = set.texts.slice(0, JUDGED);
  const some = compareTexts(first);
  return {
    set,
    ideas: new Set(set.partition.slice(0, JUDGED)).size,
    pairs,
    measures: measure(first, some, findModes(some)),
  };
}

function byPrompt(judged: readonly Judged[]): Judged[][] {
  return Array.from(new Set(judged.map(({ set }) => set.prompt)), (prompt) =>
    judged.filter(({ set }) => set.prompt === prompt),
  );
}

function f1(pairs: readonly Pair[]): number {
  const both = pairs.filter(({ positive, together }) => positive && together).length;
  const either = pairs.filter(({ positive }) => positive).length;
  return (2 * both) / (either + pairs.filter(({ together }) => together).length);
}

const COLLAPSE: readonly [string, (measures: Measures) => number][] = [
  ['meanSimilarity', (m) => m.meanSimilarity],
  ['effectiveNumber', (m) => -m.effectiveNumber],
  ['inverseSimpson', (m) => -m.inverseSimpson],
  ['vendi', (m) => -m.vendi],
  ['distinct1', (m) => -m.distinct1],
  ['distinct2', (m) => -m.distinct2],
  ['selfBleu', (m) => m.selfBleu],
  ['gzipRatio', (m) => m.gzipRatio],
];

function collapseOf(judged: readonly Judged[], score: (measures: Measures) => number): Scored[] {
  return judged
    .filter(({ ideas }) => ideas <= COLLAPSED || ideas >= DIVERSE)
    .map(({ ideas, measures }) => ({ score: score(measures), positive: ideas <= COLLAPSED }));
}

/** Mean of a measure over the sets of one source. */
function mean(judged: readonly Judged[], of: (judged: Judged) => number): number {
  return judged.reduce((sum, one) => sum + of(one), 0) / judged.length;
}

function report(name: string, sets: readonly AnswerSet[]): void {
  const judged = sets.map(judge);
  const prompts = byPrompt(judged);
  const pairs = prompts.map((group) => group.flatMap((one) => one.pairs));
  console.log(
    `${name}: ${prompts.length} prompts, ${judged.length} sets, ${pairs.flat().length} pairs`,
  );
  console.log(`  same idea, AUC over pairs        ${shown(bootstrap(pairs, auc))}`);
  console.log(`  same mode, F1 over pairs         ${shown(bootstrap(pairs, f1))}`);
  for (const [measured, score] of COLLAPSE) {
    const interval = bootstrap(prompts, (some) => auc(collapseOf(some, score)));
    console.log(`  collapsed or diverse, AUC ${measured.padEnd(16)}${shown(interval)}`);
  }
  for (const source of new Set(judged.map(({ set }) => set.source))) {
    const own = judged.filter(({ set }) => set.source === source);
    console.log(
      `  ${source.padEnd(22)} ideas ${mean(own, ({ ideas }) => ideas).toFixed(2)}` +
        `  effective number ${mean(own, ({ measures }) => measures.effectiveNumber).toFixed(2)}` +
        `  mean similarity ${mean(own, ({ measures }) => measures.meanSimilarity).toFixed(3)}`,
    );
  }
}

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  throw new Error('Give the folder of the answers.');
}
const { fit, heldOut } = split(await readAnswerSets(folder));
report('Kept out of fitting', heldOut);
report('Fitted on', fit);
