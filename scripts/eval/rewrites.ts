/**
 * How well the choice among over-generated answers keeps what differs:
 * `npx tsx scripts/eval/rewrites.ts FOLDER [PLAIN]`, the folder of `scripts/fit/similarity.ts` and the name of the
 * source that was asked plainly, with which the others are compared then, too. Of each set the k that `chooseApart` takes are beside the first k and
 * the best k there are, measured by the set's own partition, which the choice does not see. Everything is reported
 * on the prompts kept out of fitting the similarity, with intervals by bootstrap over prompts, and on all.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { check } from '../../src/core/collapse/check';
import { parseLexicon } from '../../src/core/collapse/lexicon';
import { effectiveNumber } from '../../src/core/diversity/measures';
import { chooseApart, poolOf } from '../../src/core/rewrite/choose';
import { ROOT } from '../hosts/paths';
import { readAnswerSets, split, type AnswerSet } from '../fit/answers';
import { bootstrap, shown } from './bootstrap';

const SIZES = [2, 3, 4, 5];

interface Outcome {
  prompt: string;
  source: string;
  first: number;
  chosen: number;
  best: number;
  flagsFirst: number;
  flagsChosen: number;
}

/** Ideas among some answers, by the partition of the set. */
function ideas({ partition }: AnswerSet, chosen: readonly number[]): number {
  const sizes = new Map<number, number>();
  for (const i of chosen) {
    const idea = partition[i] ?? 0;
    sizes.set(idea, (sizes.get(idea) ?? 0) + 1);
  }
  return effectiveNumber([...sizes.values()].map((size) => size / chosen.length));
}

/** Every choice of k out of n. */
function* subsets(n: number, k: number, from = 0): Generator<number[]> {
  if (k === 0) {
    yield [];
    return;
  }
  for (let i = from; i <= n - k; i++) {
    for (const rest of subsets(n, k - 1, i + 1)) {
      yield [i, ...rest];
    }
  }
}

function bestIdeas(set: AnswerSet, k: number): number {
  let best = 0;
  for (const some of subsets(set.texts.length, k)) {
    best = Math.max(best, ideas(set, some));
  }
  return best;
}

const lexicon = parseLexicon(await readFile(join(ROOT, 'media/lexicon.tsv')));
const flagCount = (text: string) => check({ text }, { lexicon, lists: [] }).flags.length;

function judge(set: AnswerSet, flags: readonly number[], k: number): Outcome {
  const chosen = chooseApart(poolOf(set.texts, flags), k);
  const first = Array.from({ length: k }, (_, i) => i);
  const count = (some: readonly number[]) => some.reduce((sum, i) => sum + (flags[i] ?? 0), 0);
  return {
    prompt: set.prompt,
    source: set.source,
    first: ideas(set, first),
    chosen: ideas(set, chosen),
    best: bestIdeas(set, k),
    flagsFirst: count(first) / k,
    flagsChosen: count(chosen) / k,
  };
}

const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
const ratio = (outcomes: readonly Outcome[], above: keyof Outcome, below: keyof Outcome) =>
  mean(outcomes.map((one) => Number(one[above]))) / mean(outcomes.map((one) => Number(one[below])));

function byPrompt(outcomes: readonly Outcome[]): Outcome[][] {
  return Array.from(new Set(outcomes.map(({ prompt }) => prompt)), (prompt) =>
    outcomes.filter((outcome) => outcome.prompt === prompt),
  );
}

/** The chosen k of every source beside the first k of the one that was asked plainly, prompt by prompt. */
function compare(outcomes: readonly Outcome[], plain: string, k: number): void {
  const firsts = new Map(
    outcomes.filter(({ source }) => source === plain).map(({ prompt, first }) => [prompt, first]),
  );
  for (const source of new Set(outcomes.map((outcome) => outcome.source))) {
    const beside = outcomes
      .filter((outcome) => outcome.source === source && firsts.has(outcome.prompt))
      .map((outcome) => ({ ...outcome, first: firsts.get(outcome.prompt) ?? 0 }));
    const gain = bootstrap(byPrompt(beside), (some) => ratio(some, 'chosen', 'first'));
    console.log(`  ${k} chosen of ${source} over the first ${k} of ${plain}: × ${shown(gain)}`);
  }
}

function report(name: string, sets: readonly AnswerSet[], plain: string | undefined): void {
  console.log(`${name}: ${new Set(sets.map(({ prompt }) => prompt)).size} prompts`);
  const flags = new Map(sets.map((set) => [set, set.texts.map(flagCount)]));
  for (const k of SIZES) {
    const all = sets
      .filter(({ texts }) => texts.length > k)
      .map((set) => judge(set, flags.get(set) ?? [], k));
    for (const source of new Set(all.map((outcome) => outcome.source))) {
      const outcomes = all.filter((outcome) => outcome.source === source);
      const clusters = byPrompt(outcomes);
      const gain = bootstrap(clusters, (some) => ratio(some, 'chosen', 'first'));
      const reached = bootstrap(clusters, (some) => ratio(some, 'chosen', 'best'));
      const of = (what: keyof Outcome) => mean(outcomes.map((one) => Number(one[what]))).toFixed(2);
      console.log(
        `  ${source.padEnd(22)} ${k}: ideas ${of('first')} → ${of('chosen')} (best ${of('best')}); ` +
          `× ${shown(gain)}; of the best ${shown(reached)}; ` +
          `flags ${of('flagsFirst')} → ${of('flagsChosen')}`,
      );
    }
    if (plain !== undefined) {
      compare(all, plain, k);
    }
  }
}

const [folder, plain] = process.argv.slice(2);
if (folder === undefined) {
  throw new Error('Give the folder of the answers.');
}
const sets = await readAnswerSets(folder);
report('Kept out of fitting the similarity', split(sets).heldOut, plain);
report('All', sets, plain);
