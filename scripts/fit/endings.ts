/**
 * Fits how stock endings are told from others: `tsx scripts/fit/endings.ts DATA NOVELS` prints what it reaches
 * on endings kept out and writes src/core/collapse/endingWeights.ts. Stock are the endings of tuned models'
 * stories; the others are those of human novels, and the last words of stretches from inside human stories,
 * novels and base models' text. Run scripts/fit/lexicon.ts first.
 */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { findCanned } from '../../src/core/collapse/cannedHits';
import { endingFeatures } from '../../src/core/collapse/endingFeatures';
import { LEXICON_FILE, parseLexicon } from '../../src/core/collapse/lexicon';
import { Prose } from '../../src/core/collapse/prose';
import { STOCK } from '../../src/core/collapse/stockEnding';
import { classify } from '../../src/core/collapse/wordClass';
import { areaOver } from '../eval/area';
import { chunks, isHeldOut, novels, readLines, samples, type Sample } from './corpus';
import { logisticRegression } from './logistic';

const [data, novelFolder] = process.argv.slice(2);
if (data === undefined || novelFolder === undefined) {
  console.error('usage: tsx scripts/fit/endings.ts DATA NOVELS');
  process.exit(2);
}
const lexicon = parseLexicon(
  await readFile(new URL(`../../media/${LEXICON_FILE}`, import.meta.url)),
);

async function tunedStories(folder: string): Promise<Sample[]> {
  const found: Sample[] = [];
  for (const file of (await readdir(folder)).filter((name) => name.endsWith('.gz')).sort()) {
    for (const { text, model, prompt } of await readLines(join(folder, file))) {
      found.push({
        kind: 'tuned',
        source: String(model),
        group: String(prompt),
        text: String(text),
      });
    }
  }
  return found;
}

function features(text: string): number[] {
  const prose = new Prose(text);
  const marks = classify(prose);
  return endingFeatures(prose, marks, findCanned(prose, marks, lexicon).sums, lexicon);
}

const tail = (text: string) => text.trimEnd().slice(-1000);
const books = await novels(novelFolder);
const others = [
  ...books.map((book) => ({ ...book, source: 'ending' })),
  ...books.flatMap((book) =>
    chunks(book.text.slice(0, 30_000))
      .slice(3, 5)
      .map((text) => ({ ...book, text })),
  ),
  ...(await samples(data)).filter(({ kind }) => kind === 'human' || kind === 'base'),
];
const all = [...(await tunedStories(join(data, 'creative'))), ...others].map((sample) => ({
  sample,
  x: features(tail(sample.text)),
  y: sample.kind === 'tuned',
}));
const training = all.filter(({ sample }) => !isHeldOut(sample));
const stock = training.filter(({ y }) => y).length;
// Even odds: a score of one half then says nothing, however few stock endings were at hand.
const odds = Math.log((training.length - stock) / stock);
const weights = logisticRegression(training, 1).map(
  (value, i) => Math.round((i === 0 ? value + odds : value) * 1000) / 1000,
);
const score = (x: readonly number[]) =>
  x.reduce((sum, value, i) => sum + value * (weights[i + 1] ?? 0), weights[0] ?? 0);

const test = all.filter(({ sample }) => isHeldOut(sample));
const FLAG = Math.log(STOCK / (1 - STOCK));
const tested = test.map(({ sample, x, y }) => ({ ...sample, positive: y, score: score(x) }));
const positive = tested.filter((item) => item.positive);
const shareFlagged = (items: readonly { score: number }[]) =>
  (items.filter((item) => item.score > FLAG).length / items.length).toFixed(3);
for (const name of ['ending', 'novel', 'human', 'gpt-j-6B', 'opt-2.7b']) {
  const negative = tested.filter((item) => !item.positive && item.source === name);
  const area = areaOver([...positive, ...negative]);
  console.log(
    `${name.padEnd(10)} n ${negative.length}  AUC ${area}  above ${STOCK}: ${shareFlagged(negative)}`,
  );
}
console.log(
  `stock      n ${positive.length}  above ${STOCK}: ${shareFlagged(positive)}  weights ${weights.join(' ')}`,
);

const [bias, ...rest] = weights;
const file = fileURLToPath(new URL('../../src/core/collapse/endingWeights.ts', import.meta.url));
const source = `/** Written by scripts/fit/endings.ts: the bias, then a weight for each of \`endingFeatures\`. */
export const ENDING_BIAS = ${String(bias)};
export const ENDING_WEIGHTS: readonly number[] = [${rest.join(', ')}];
`;
await writeFile(file, await format(source, { ...(await resolveConfig(file)), filepath: file }));
