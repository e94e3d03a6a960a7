import type { SketchBase } from '../../src/core/model/sketch/base';
import { DraftCache } from '../../src/core/model/sketch/draftCache';
import { Mixture } from '../../src/core/model/sketch/mixture';
import type { SketchModel } from '../../src/core/model/sketch/sketchModel';
import { Tokenizer } from '../../src/core/model/sketch/tokenizer';
import type { Work } from './corpus';

const signal = new AbortController().signal;
const clock = { now: () => 0, sleep: () => Promise.resolve() };

/** How many bits a text costs under a mixture, from these states on, and in how many tokens. */
function cost(mixture: Mixture, states: number[], text: string): { bits: number; tokens: number } {
  let bits = 0;
  const tokens = new Tokenizer().tokens(text);
  for (const token of tokens) {
    bits -= mixture.logprob(states, token) / Math.LN2;
    mixture.advance(states, mixture.vocabulary.find(token));
  }
  return { bits, tokens: tokens.length };
}

/** Bits for each character of a work, everything counted. */
export function bitsPerCharacter(base: SketchBase, { text }: Work): number {
  const mixture = new Mixture(base);
  return cost(mixture, mixture.start(), text).bits / text.length;
}

/** Perplexity a token of the second half of a work: by the base alone, and given the first half. */
export async function gainOfDraft(base: SketchBase, { text }: Work) {
  const middle = text.indexOf('\n\n', text.length / 2);
  const before = text.slice(0, middle);
  const rest = text.slice(middle);
  const draft = await new DraftCache(clock).read(base, { before, after: '' }, signal);
  if (draft === null) {
    throw new Error('the draft was not read');
  }
  const perplexity = (mixture: Mixture) => {
    const states = mixture.start();
    cost(mixture, states, before.slice(-2000));
    const { bits, tokens } = cost(mixture, states, rest);
    return { perplexity: 2 ** (bits / tokens), bits, tokens };
  };
  const { model, spelled, vocabulary } = draft;
  const weight = draft.weights().draft;
  return {
    weight,
    alone: perplexity(new Mixture(base)),
    given: perplexity(new Mixture(base, { model, spelled, vocabulary, weight })),
  };
}

const WORDS = 6;
/** As much of an unseen work is handed to Sketch, and as much after it compared, in UTF-16 code units. */
const BEGINNING = 6000;

/** Runs of six words, and how many of them stand in the training works. */
export interface Copies {
  runs: number;
  copied: number;
}

/**
 * How much is taken from the training works by what Sketch writes after the beginnings of unseen
 * works, and, to compare, by what stands there.
 */
export async function copies(
  model: SketchModel,
  unseen: readonly Work[],
  training: readonly Work[],
): Promise<{ sketch: Copies; works: Copies }> {
  const written: string[] = [];
  const stood: string[] = [];
  for (const { text } of unseen) {
    const at = text.lastIndexOf(' ', BEGINNING);
    const before = text.slice(0, at);
    const options = { n: 8, maxTokens: 120, temperature: 1, topP: 1, minP: 0, alternatives: 0 };
    const stream = model.continue({ before, after: '' }, { ...options, seed: 1 }, signal);
    const texts: string[] = [];
    for await (const chunk of stream) {
      if (chunk.kind === 'delta') {
        texts[chunk.branch] = (texts[chunk.branch] ?? '') + chunk.text;
      }
    }
    written.push(...texts.flatMap(runsOf));
    stood.push(...runsOf(text.slice(at, at + BEGINNING)));
  }
  const sought = new Set([...written, ...stood]);
  const found = new Set<string>();
  for (const { text } of training) {
    runsOf(text)
      .filter((run) => sought.has(run))
      .forEach((run) => found.add(run));
  }
  const among = (runs: readonly string[]) => ({
    runs: runs.length,
    copied: runs.filter((run) => found.has(run)).length,
  });
  return { sketch: among(written), works: among(stood) };
}

function runsOf(text: string): string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}'’]+/gu) ?? [];
  return words.slice(WORDS - 1).map((_, i) => words.slice(i, i + WORDS).join(' '));
}
