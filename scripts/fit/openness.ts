/**
 * Fits from how many bits of choice on a place counts as open: `tsx scripts/fit/openness.ts NOVELS` writes
 * src/core/model/openBits.ts. What human text does after three words is counted over all novels: a place
 * is closed where at least four in five go on with the same word, open where at most one in five does. The
 * places are those of works that Sketch was not trained on, its entropy is measured there, and the border
 * is where as large a share of the closed places lies above as of the open ones below.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { gramHash } from '../../src/core/collapse/gramHash';
import { Gap, Prose } from '../../src/core/collapse/prose';
import { SketchModel } from '../../src/core/model/sketch/sketchModel';
import { quantile } from '../bench/measure';
import { auc } from '../eval/auc';
import { shown, bootstrap } from '../eval/bootstrap';
import { readCorpus } from '../sketch/corpus';
import { fold } from './corpus';

const CONTEXT = 3;
/** Contexts seen less often say nothing about what people do there. */
const FEWEST = 20;
const CLOSED = 0.8;
const OPEN = 0.2;
const MOST_PLACES = 4000;
/** What of the text before a place the model reads. */
const NEAR = 400;

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error('usage: tsx scripts/fit/openness.ts NOVELS');
  process.exit(2);
}
const { training, development } = await readCorpus(folder);
const proses = [...training, ...development].map(({ text }) => new Prose(text));
const next = new Map<string, Map<string, number>>();

/** The words before a place, where no sentence ends among them. */
function contextAt(prose: Prose, at: number): string | undefined {
  const words: string[] = [];
  for (let i = at - CONTEXT; i < at; i++) {
    if (i < 0 || (prose.gaps[i + 1] ?? Gap.sentence) >= Gap.sentence) {
      return undefined;
    }
    words.push(prose.word(i).toLowerCase());
  }
  return words.join(' ');
}

/** How often contexts come whose hashes end alike: what is rare is not worth a list. */
const often = new Int32Array(1 << 24);
const slotOf = (prose: Prose, at: number) => gramHash(prose, at - CONTEXT, CONTEXT) % often.length;
for (const prose of proses) {
  for (let at = CONTEXT; at < prose.count; at++) {
    const slot = slotOf(prose, at);
    often[slot] = (often[slot] ?? 0) + 1;
  }
}
for (const prose of proses) {
  for (let at = CONTEXT; at < prose.count; at++) {
    const isRare = (often[slotOf(prose, at)] ?? 0) < FEWEST;
    const context = isRare ? undefined : contextAt(prose, at);
    if (context !== undefined) {
      const counts = next.get(context) ?? new Map<string, number>();
      const word = prose.word(at).toLowerCase();
      next.set(context, counts.set(word, (counts.get(word) ?? 0) + 1));
    }
  }
}

/** Whether people leave a choice after a context; undefined where that is not known, or neither. */
function isOpen(context: string): boolean | undefined {
  const counts = [...(next.get(context)?.values() ?? [])];
  const all = counts.reduce((sum, n) => sum + n, 0);
  const share = Math.max(0, ...counts) / all;
  return all < FEWEST || (share > OPEN && share < CLOSED) ? undefined : share <= OPEN;
}

const sketch = new SketchModel({
  loadAsset: (name) => readFile(new URL(`../../media/${name}`, import.meta.url)),
  clock: { now: () => 0, sleep: () => Promise.resolve() },
  random: () => 0.5,
});
await sketch.load();
const measured = { open: [] as number[], closed: [] as number[] };
for (const { text } of development) {
  const prose = new Prose(text);
  for (let at = CONTEXT; at < prose.count; at++) {
    const context = contextAt(prose, at);
    const open = context === undefined ? undefined : isOpen(context);
    const kind = open === true ? measured.open : measured.closed;
    // Open places are many: some stand for all.
    const taken = open === false || (open === true && fold(`${context ?? ''} ${at}`, 8) === 0);
    if (taken && kind.length < MOST_PLACES) {
      const end = prose.ends[at - 1] ?? 0;
      kind.push(sketch.openness(text.slice(Math.max(0, end - NEAR), end), ' ').entropy);
    }
  }
}
const wrong = (bits: number) => ({
  closed: measured.closed.filter((entropy) => entropy >= bits).length / measured.closed.length,
  open: measured.open.filter((entropy) => entropy < bits).length / measured.open.length,
});
const candidates = Array.from({ length: 80 }, (_, i) => (i + 1) / 10);
const imbalance = (bits: number) => Math.abs(wrong(bits).closed - wrong(bits).open);
const bits = candidates.reduce((best, other) =>
  imbalance(other) < imbalance(best) ? other : best,
);
for (const [kind, values] of Object.entries(measured)) {
  const at = [0.1, 0.25, 0.5, 0.75, 0.9].map((q) => quantile(values, q).toFixed(2)).join(' ');
  console.log(`${kind}: ${values.length} places, bits at 10, 25, 50, 75, 90 %: ${at}`);
}
const scored = [
  ...measured.open.map((score) => [{ score, positive: true }]),
  ...measured.closed.map((score) => [{ score, positive: false }]),
];
console.log(`open against closed: AUC ${shown(bootstrap(scored, auc))}`);
console.log(
  `open from ${bits} bits: ${(100 * wrong(bits).closed).toFixed(1)} % of closed places above, ` +
    `${(100 * wrong(bits).open).toFixed(1)} % of open places below`,
);
await writeFile(
  fileURLToPath(new URL('../../src/core/model/openBits.ts', import.meta.url)),
  `/** Written by scripts/fit/openness.ts: a place is open where human text has at least so many bits of choice, by Sketch. */
export const OPEN_BITS = ${bits};
`,
);
