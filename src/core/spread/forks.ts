import { withText } from '../model/emitted';
import type { Chunk, LanguageModel, Options, Passage } from '../model/languageModel';
import { limitReach } from '../model/reach';
import type { Alternative, Token } from '../model/token';
import { shifted } from './continueApart';
import { failingAlone, interleave } from '../model/interleave';

/** What a branch is made to begin with: a sibling's own beginning, and the token forced after it. */
export interface Beginning {
  text: string;
  /** They tile `text`; the last one was forced, and has the probability that it had there. */
  tokens: readonly Token[];
  /** The tokens are not those of the model that goes on: to it they are text. */
  foreign?: true;
}

/** A token that could stand at a place, with what the model gave all of them there. */
export interface ForcedToken {
  alternative: Alternative;
  /** The token that was emitted there, with its alternatives. */
  emitted: Pick<Token, 'logprob' | 'alternatives' | 'tail' | 'id' | 'bytes'> & { text: string };
}

/**
 * A branch's own text up to a token, to the character, and another token in that one's place.
 * @param index of the token that gives way
 */
export function beginningAt(
  branch: { text: string; tokens: readonly Token[] },
  index: number,
  forced: ForcedToken,
): Beginning {
  const before = branch.tokens.slice(0, index);
  const start = branch.tokens[index]?.start ?? branch.text.length;
  const kept = branch.text.slice(0, start);
  const { alternative, emitted } = forced;
  const { text, logprob, id, bytes } = alternative;
  const token: Token = {
    start,
    end: start + text.length,
    logprob,
    alternatives: withEmitted(emitted),
    tail: emitted.tail,
    ...(id === undefined ? {} : { id }),
    ...(bytes === undefined ? {} : { bytes }),
  };
  return { text: kept + text, tokens: [...before, token] };
}

/** The list of alternatives with the emitted token in it, which servers may leave out. */
function withEmitted({ text, logprob, alternatives, id, bytes }: ForcedToken['emitted']) {
  if (logprob === null || alternatives.some((other) => other.text === text)) {
    return alternatives;
  }
  const own = {
    text,
    logprob,
    ...(id === undefined ? {} : { id }),
    ...(bytes === undefined ? {} : { bytes }),
  };
  return [...alternatives, own].sort((a, b) => b.logprob - a.logprob);
}

/**
 * Branches that begin as they are told and that the model goes on with. A reach counts from the forced token
 * on. Where the model takes token ids and all are known, the beginning goes to it as ids, so that it
 * is not cut into other tokens; else as text.
 * @param passage what the branches continue, without their beginnings
 */
export async function* continueForks(
  model: LanguageModel,
  passage: Passage,
  options: Options,
  beginnings: readonly Beginning[],
  signal: AbortSignal,
): AsyncGenerator<Chunk, void, undefined> {
  yield* interleave(
    beginnings.map((beginning, branch) =>
      failingAlone(branch, oneFork({ model, passage, options, signal, branch, beginning })),
    ),
  );
}

interface OneFork {
  model: LanguageModel;
  passage: Passage;
  options: Options;
  signal: AbortSignal;
  branch: number;
  beginning: Beginning;
}

async function* oneFork(fork: OneFork): AsyncGenerator<Chunk, void, undefined> {
  const { passage, options, branch, beginning } = fork;
  const forced = beginning.tokens.at(-1);
  const from = forced?.start ?? 0;
  const kept = beginning.text.slice(0, from);
  if (kept !== '') {
    yield { branch, kind: 'delta', text: kept, tokens: beginning.tokens.slice(0, -1) };
  }
  const before = passage.before + kept;
  for await (const chunk of limitReach(forcedAndOn(fork), options.reach, { n: 1, before })) {
    yield { ...shifted(chunk, from), branch };
  }
}

/** From the forced token on, at offset 0, as branch 0. */
async function* forcedAndOn(fork: OneFork): AsyncGenerator<Chunk, void, undefined> {
  const { model, passage, options, signal, branch, beginning } = fork;
  const forced = beginning.tokens.at(-1);
  const text = beginning.text.slice(forced?.start ?? 0);
  const tokens = forced ? [{ ...forced, start: 0, end: text.length }] : [];
  yield { branch: 0, kind: 'delta', text, tokens };
  const { seed } = options;
  const on: Options = {
    ...options,
    n: 1,
    maxTokens: tokensLeft(options.maxTokens, beginning.tokens.length),
    ...(seed === undefined ? {} : { seed: seed + branch }),
  };
  for await (const chunk of model.continue(passageAfter(passage, beginning), on, signal)) {
    yield { ...shifted(chunk, text.length), branch: 0 };
  }
}

/** As long as its siblings, but never less than half a branch more. */
function tokensLeft(maxTokens: number, there: number): number {
  return Math.max(1, maxTokens - there, Math.ceil(maxTokens / 2));
}

/**
 * The passage with the beginning of a branch after it, as tokens that the model emitted. Those have ids that
 * are known for certain: of a character made of several tokens, servers tell the last one alone.
 */
export function passageAfter(passage: Passage, { text, tokens, foreign }: Beginning): Passage {
  const emitted = tokens.map(({ start, end, id }, index) => {
    const own = text.slice(start, end);
    const isTold = index === tokens.length - 1 || PLAIN.test(own);
    return { text: own, ...(id !== undefined && isTold ? { id } : {}) };
  });
  return withText(passage, text, foreign ? [] : emitted);
}

/** Text that no token tells only in part. */
const PLAIN = /^[\x20-\x7e\n\t]+$/u;
