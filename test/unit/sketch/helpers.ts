import assert from 'node:assert/strict';
import fc from 'fast-check';
import { VariorumError } from '../../../src/core/model/error';
import type { Chunk, Options } from '../../../src/core/model/languageModel';
import { readBase, type SketchBase } from '../../../src/core/model/sketch/base';
import { SketchModel } from '../../../src/core/model/sketch/sketchModel';
import { seededRandom } from '../../../src/core/model/sketch/random';
import type { Token } from '../../../src/core/model/token';
import { ManualClock } from '../../fixtures/manualClock';
import { trainSketch } from '../../../scripts/sketch/train';

const SUBJECTS = ['The ferry', 'Her brother', 'The keeper', 'A boy', 'The old mare', 'Nobody'];
const VERBS = ['crossed', 'watched', 'mended', 'forgot', 'left', 'asked about'];
const OBJECTS = ['the river', 'the gate', 'a letter', 'the lamp', 'his coat', 'the north field'];
const WHENS = ['before dawn', 'in the rain', 'that winter', 'without a word', 'again'];

/** Neutral prose with a little structure, the same every time. */
export function prose(sentences: number, seed = 1): string {
  const random = seededRandom(seed, 0);
  const one = (words: readonly string[]) => words[Math.floor(random() * words.length)] ?? '';
  let text = '';
  for (let i = 0; i < sentences; i++) {
    const said = `${one(SUBJECTS)} ${one(VERBS)} ${one(OBJECTS)} ${one(WHENS)}.`;
    const quoted = random() < 0.2 ? `"${said}"` : said;
    text += `${quoted}${i % 5 === 4 ? '\n\n' : ' '}`;
  }
  return text.trimEnd();
}

/** A model file trained on one small text, nothing pruned. */
export function trained(text: string): Uint8Array {
  const sizes = {
    leastCount: 1,
    wordThreshold: -Infinity,
    letterThreshold: -Infinity,
    codeBits: 8,
  };
  return trainSketch([{ name: 'a__work', text }], sizes).bytes;
}

/** A model trained on a text, or handed the bytes of a model file, or none. */
export function sketch(sample: string | Uint8Array | null = prose(300), clock = new ManualClock()) {
  const loadAsset = (name: string) =>
    sample === null
      ? Promise.reject(new Error(`no ${name}`))
      : Promise.resolve(typeof sample === 'string' ? trained(sample) : sample);
  return new SketchModel({ loadAsset, clock, random: () => 0.25 });
}

export function options(some: Partial<Options> = {}): Options {
  const defaults = { n: 3, maxTokens: 40, temperature: 1, topP: 1, minP: 0, alternatives: 5 };
  return { ...defaults, seed: 7, ...some };
}

/** Everything of a stream, branch by branch. */
export async function gather(stream: AsyncIterable<Chunk>) {
  const chunks: Chunk[] = [];
  const texts: string[] = [];
  const tokens: Token[][] = [];
  for await (const chunk of stream) {
    chunks.push(chunk);
    if (chunk.kind === 'delta') {
      texts[chunk.branch] = (texts[chunk.branch] ?? '') + chunk.text;
      (tokens[chunk.branch] ??= []).push(...(chunk.tokens ?? []));
    }
  }
  return { chunks, texts, tokens };
}

/** Any string of code points, lone surrogates too (as fast-check's `binary`, which is slow to set up). */
export const anyText = fc
  .array(fc.integer({ min: 0, max: 0x10ffff }), { maxLength: 60 })
  .map((codes) => String.fromCodePoint(...codes));

export const never = () => new AbortController().signal;

export function trainBase(text: string): SketchBase {
  return readBase(trained(text));
}

/** What a promise is rejected with. */
export async function rejection(promise: Promise<unknown>): Promise<VariorumError> {
  try {
    await promise;
  } catch (error) {
    assert.ok(error instanceof VariorumError);
    return error;
  }
  return assert.fail('nothing was thrown');
}
