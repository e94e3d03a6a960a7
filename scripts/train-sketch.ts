/**
 * Trains Sketch: `npm run train-sketch -- DIR` reads a folder of works (`author__title.txt.gz`, UTF-8,
 * paragraphs separated by blank lines, quotes straight) and writes `media/sketch.bin`. The same works
 * give the same file, bit for bit, in about two minutes and 2 GB. At the end it prints how the file
 * does on works that training never saw (see `isDevelopment`).
 *
 * The file that ships was trained on public-domain English fiction published up to 1928, from
 * Standard Ebooks, Project Gutenberg and the like.
 */
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readBase } from '../src/core/model/sketch/base';
import { SketchModel } from '../src/core/model/sketch/sketchModel';
import { ROOT } from './hosts/paths';
import { readCorpus, type Work } from './sketch/corpus';
import { bitsPerCharacter, copies, type Copies, gainOfDraft } from './sketch/evaluate';
import { trainSketch } from './sketch/train';
import { unprunedPerplexity } from './sketch/unpruned';

const BUDGET = 6_000_000;

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  throw new Error('usage: npm run train-sketch -- DIR');
}
const { development, training } = await readCorpus(folder);
const characters = (works: readonly Work[]) =>
  works.reduce((sum, { text }) => sum + text.length, 0);
print('training', `${training.length} works, ${characters(training)} characters`);
print('development', `${development.length} works, ${characters(development)} characters`);

const { bytes, full, levels, tokens, words } = trainSketch(training);
print('tokens', `${tokens}, of ${words.length} in the vocabulary`);
print(
  'n-grams counted',
  levels
    .slice(1)
    .map(({ size }) => size)
    .join(' '),
);
print('file', `${bytes.length} bytes, sha256 ${createHash('sha256').update(bytes).digest('hex')}`);
if (bytes.length > BUDGET) {
  throw new Error(`the file may have ${BUDGET} bytes`);
}
await writeFile(join(ROOT, 'media', 'sketch.bin'), bytes);

const unpruned = unprunedPerplexity(words, levels, full, development);
print(
  'unpruned',
  `perplexity ${unpruned.all.toFixed(1)} a token, ${unpruned.known.toFixed(1)} without those not ` +
    `in the vocabulary (${(100 * unpruned.unknownShare).toFixed(1)} %)`,
);

const base = readBase(bytes);
let bits = 0;
let alone = 0;
let given = 0;
let halves = 0;
for (const work of development) {
  const each = bitsPerCharacter(base, work);
  bits += each * work.text.length;
  const gain = await gainOfDraft(base, work);
  alone += gain.alone.bits;
  given += gain.given.bits;
  halves += gain.alone.tokens;
  print(
    work.name,
    `${each.toFixed(3)} bits per character; second half: perplexity ` +
      `${gain.alone.perplexity.toFixed(0)}, given the first ${gain.given.perplexity.toFixed(0)} ` +
      `(weight ${gain.weight.toFixed(2)})`,
  );
}
print('bits per character', (bits / characters(development)).toFixed(4));
print(
  'gain of the draft',
  `${(100 * (1 - 2 ** ((given - alone) / halves))).toFixed(1)} % lower perplexity`,
);

const model = new SketchModel({
  loadAsset: () => Promise.resolve(bytes),
  clock: { now: () => 0, sleep: () => Promise.resolve() },
  random: () => 0.5,
});
const { sketch, works } = await copies(model, development, training);
print(
  'six words in a row that stand in the works',
  `Sketch ${share(sketch)}, unseen works ${share(works)}`,
);

function share({ copied, runs }: Copies): string {
  return `${((100 * copied) / runs).toFixed(2)} % (${copied} of ${runs})`;
}

function print(what: string, value: string): void {
  process.stdout.write(`${what}: ${value}\n`);
}
