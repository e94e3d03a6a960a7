import { readFile } from 'node:fs/promises';
import type { Options } from '../../src/core/model/languageModel';
import { SketchModel } from '../../src/core/model/sketch/sketchModel';
import { median, type Measure } from '../../scripts/bench/measure';

const file = new URL('../../media/sketch.bin', import.meta.url);
const sample = new URL('../../media/sample/draft.md', import.meta.url);
const OPTIONS: Options = {
  n: 16,
  maxTokens: 500,
  temperature: 1,
  topP: 1,
  minP: 0,
  alternatives: 5,
  seed: 1,
};

async function makeModel(): Promise<SketchModel> {
  const bytes = await readFile(file);
  return new SketchModel({
    loadAsset: () => Promise.resolve(bytes),
    clock: {
      now: () => performance.now(),
      sleep: () => new Promise((resolve) => setImmediate(resolve)),
    },
    random: () => 0.5,
  });
}

/** Milliseconds to load, to the first chunk, and tokens a second after it. */
async function generate(model: SketchModel, before: string, options: Options) {
  const start = performance.now();
  let first = 0;
  let tokens = 0;
  const signal = new AbortController().signal;
  for await (const chunk of model.continue({ before, after: '' }, options, signal)) {
    first ||= performance.now() - start;
    tokens += chunk.kind === 'delta' ? (chunk.tokens?.length ?? 0) : 0;
  }
  return { first, rate: (1000 * tokens) / (performance.now() - start - first) };
}

async function score(model: SketchModel, text: string, alternatives: number): Promise<number> {
  const start = performance.now();
  let tokens = 0;
  for await (const run of model.score(text, new AbortController().signal, { alternatives })) {
    tokens += run.tokens.length;
  }
  return (1000 * tokens) / (performance.now() - start);
}

async function repeat(times: number, once: () => Promise<number>): Promise<number[]> {
  const values: number[] = [];
  for (let i = 0; i < times; i++) {
    values.push(await once());
  }
  return values;
}

function atMost(what: string, milliseconds: number, budget: number): Measure {
  return {
    what,
    budget: `≤ ${budget} ms`,
    measured: `${milliseconds.toFixed(1)} ms`,
    ok: milliseconds <= budget,
  };
}

function atLeast(what: string, rate: number, budget: number): Measure {
  return {
    what,
    budget: budget === 0 ? 'reported' : `≥ ${budget.toLocaleString('en')} tokens/s`,
    measured: `${Math.round(rate).toLocaleString('en')} tokens/s`,
    ok: rate >= budget,
  };
}

/** Sketch: load, first token, generate, score. */
export async function sketchBench(): Promise<Measure[]> {
  // The first load is the one the writer waits for: nothing is compiled yet.
  const model = await makeModel();
  const start = performance.now();
  await model.load();
  const load = performance.now() - start;
  const text = (await readFile(sample)).toString();
  const draft = text.repeat(4).slice(0, 50_000);
  const long = Buffer.from(text.repeat(Math.ceil(5e6 / text.length))).toString();
  const cold = (await generate(model, draft, { ...OPTIONS, n: 5, maxTokens: 40 })).first;
  const first = (before: string) => async () =>
    // A draft read anew each time: its beginning differs.
    (await generate(await makeModel(), before, { ...OPTIONS, n: 5, maxTokens: 4 })).first;
  const fifty = median(await repeat(7, first(draft)));
  const five = median(await repeat(7, first(long)));
  const rate = async (some: Partial<Options>) =>
    median(
      await repeat(5, async () => (await generate(model, draft, { ...OPTIONS, ...some })).rate),
    );
  const scored = async (k: number) => median(await repeat(5, () => score(model, draft, k)));
  return [
    atMost('Sketch: load, cold', load, 100),
    atMost('Sketch: first token ever, 50 KB draft', cold, 150),
    atMost('Sketch: load and first token, 50 KB draft', fifty, 150),
    atMost('Sketch: load and first token, 5 MB draft', five, 150),
    atLeast('Sketch: generate, 5 alternatives', await rate({}), 20_000),
    atLeast(
      'Sketch: generate, top-p .95, temperature .8',
      await rate({ topP: 0.95, temperature: 0.8 }),
      20_000,
    ),
    atLeast('Sketch: generate, temperature 1.5', await rate({ temperature: 1.5 }), 0),
    atLeast('Sketch: score', await scored(0), 200_000),
    atLeast('Sketch: score, 5 alternatives', await scored(5), 0),
  ];
}
