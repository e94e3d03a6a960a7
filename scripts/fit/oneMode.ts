/**
 * Calibrates `one-mode`: `tsx scripts/fit/oneMode.ts FOLDER`, the folder of `scripts/fit/similarity.ts`, writes
 * src/core/collapse/oneModeWeights.ts. Of sets of five to eight answers in which over half seem to say the
 * same, it learns how often over half truly do, from the diversity that seems lost. It learns that from the
 * prompts that similarity was not fitted on (on the others it is right more often), and each prompt is judged
 * by what the rest teach to say how true the scores are.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { oneMode } from '../../src/core/collapse/oneMode';
import { diversityLost } from '../../src/core/collapse/diversityLost';
import { compareTexts, findModes } from '../../src/core/diversity/modes';
import { auc } from '../eval/auc';
import { bootstrap, shown } from '../eval/bootstrap';
import { ROOT } from '../hosts/paths';
import { readAnswerSets, split, type AnswerSet } from './answers';
import { logisticRegression, type Example } from './logistic';

const SIZES = [5, 6, 7, 8];
const RIDGE = 0.3;

/** What is flagged of a set's beginnings, and whether it is so. */
function examplesOf({ texts, partition }: AnswerSet): Example[] {
  return SIZES.flatMap((size) => {
    const own = texts.slice(0, size);
    const modes = findModes(compareTexts(own));
    const isFlagged = oneMode(
      own.map((text) => ({ text })),
      modes,
    ).some(({ length }) => length > 0);
    const ideas = partition.slice(0, size);
    const most = Math.max(...ideas.map((idea) => ideas.filter((other) => other === idea).length));
    const x = diversityLost(modes, size);
    return isFlagged ? [{ x: [x], y: 2 * most > size }] : [];
  });
}

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  throw new Error('Give the folder of the answers.');
}
const { heldOut } = split(await readAnswerSets(folder));
const prompts = [...new Set(heldOut.map(({ prompt }) => prompt))];
const examples = prompts.map((prompt) =>
  heldOut.filter((set) => set.prompt === prompt).flatMap(examplesOf),
);
const scored = examples.map((own) => {
  const [base = 0, rise = 0] = logisticRegression(
    examples.filter((other) => other !== own).flat(),
    RIDGE,
  );
  return own.map(({ x: [lost = 0], y }) => ({
    score: 1 / (1 + Math.exp(-base - rise * lost)),
    positive: y,
  }));
});
const [bias = 0, slope = 0] = logisticRegression(examples.flat(), RIDGE).map((weight) =>
  Number(weight.toFixed(3)),
);
const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
console.log(
  `each prompt by the others: ${scored.flat().length} flags; AUC ${shown(bootstrap(scored, auc))}`,
);
for (const [from, to] of [
  [0, 0.6],
  [0.6, 0.8],
  [0.8, 1.01],
] as const) {
  const own = scored.flat().filter(({ score }) => score >= from && score < to);
  if (own.length > 0) {
    console.log(
      `  scores ${from} to ${Math.min(1, to)}: n ${own.length}, mean score ${mean(own.map(({ score }) => score)).toFixed(2)}, ` +
        `true ${mean(own.map(({ positive }) => (positive ? 1 : 0))).toFixed(2)}`,
    );
  }
}
await writeFile(
  join(ROOT, 'src', 'core', 'collapse', 'oneModeWeights.ts'),
  `/** Written by scripts/fit/oneMode.ts: logit of a flag being true, and what each unit of \`diversityLost\` adds. */
export const ONE_MODE_BIAS = ${bias};
export const ONE_MODE_WEIGHT = ${slope};
`,
);
