/** What a writer's other works gain Sketch on a draft: perplexity with and without them. */
import { readBase, type SketchBase } from '../../src/core/model/sketch/base';
import { DraftCache } from '../../src/core/model/sketch/draftCache';
import type { Mixture } from '../../src/core/model/sketch/mixture';
import { ProseCache } from '../../src/core/model/sketch/proseCache';
import { mix } from '../../src/core/model/sketch/sketchModel';
import { Tokenizer } from '../../src/core/model/sketch/tokenizer';
import { readCorpus, type Work } from '../sketch/corpus';
import { trainSketch } from '../sketch/train';

const signal = new AbortController().signal;
const clock = { now: () => 0, sleep: () => Promise.resolve() };
/** Authors with so many works are left out of the base's training and asked about. */
const LEAST_WORKS = 4;
const MOST_WORKS = 8;
/** Where in a draft it is asked, in UTF-16 code units from its start. */
const PLACES = [2_000, 20_000];
/** As much of the draft after each place is predicted. */
const LENGTH = 20_000;

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  throw new Error('Usage: tsx scripts/eval/workspaceProse.ts FOLDER, of author__title.txt.gz');
}
await main(folder);

async function main(from: string): Promise<void> {
  const { training, development } = await readCorpus(from);
  const works = [...training, ...development];
  const authors = [...new Set(works.map(authorOf))].filter((author) => {
    const { length } = works.filter((work) => authorOf(work) === author);
    return length >= LEAST_WORKS && length <= MOST_WORKS;
  });
  // What ships has read some of everybody's, so a base is trained that has not.
  const others = training.filter((work) => !authors.includes(authorOf(work)));
  const base = readBase(trainSketch(others).bytes);
  console.log(`base of ${others.length} works, without ${authors.join(', ')}`);
  for (const author of authors) {
    await evaluate(
      base,
      works.filter((work) => authorOf(work) === author),
    );
  }
}

/** Half of the works but the last are what was written before, the last is the draft. */
async function evaluate(base: SketchBase, works: readonly Work[]): Promise<void> {
  const draft = works.at(-1);
  if (draft !== undefined) {
    const others = works.slice(0, -1).filter((_, i) => i % 2 === 0);
    const prose = new ProseCache(clock);
    const start = performance.now();
    await prose.read(
      base,
      others.map(({ text }) => text),
      signal,
    );
    const seconds = (performance.now() - start) / 1000;
    const size = others.reduce((sum, { text }) => sum + text.length, 0);
    for (const place of PLACES) {
      const before = draft.text.slice(0, place);
      const rest = draft.text.slice(place, place + LENGTH);
      const row: string[] = [];
      for (const below of [null, prose.current]) {
        const read = await new DraftCache(clock).read(base, { before, after: '' }, signal, below);
        if (read !== null && rest !== '') {
          const { workspace, draft: weight } = read.weights();
          const found = perplexity(mix(base, read), before, rest).toFixed(1);
          row.push(`${found} (w ${workspace.toFixed(2)}, d ${weight.toFixed(2)})`);
        }
      }
      console.log(
        draft.name,
        `${size} chars in ${seconds.toFixed(1)} s,`,
        `at ${place}:`,
        row.join(' → '),
      );
    }
  }
}

function authorOf({ name }: Work): string {
  return name.split('__')[0] ?? name;
}

function perplexity(mixture: Mixture, before: string, rest: string): number {
  const states = mixture.start();
  const tokenizer = new Tokenizer();
  for (const token of tokenizer.tokens(before.slice(-2000))) {
    mixture.advance(states, mixture.vocabulary.find(token));
  }
  let nats = 0;
  const tokens = tokenizer.tokens(rest);
  for (const token of tokens) {
    nats -= mixture.logprob(states, token);
    mixture.advance(states, mixture.vocabulary.find(token));
  }
  return Math.exp(nats / tokens.length);
}
