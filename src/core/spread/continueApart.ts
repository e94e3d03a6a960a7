import type { Chunk, LanguageModel, Options, Passage } from '../model/languageModel';
import type { Token } from '../model/token';
import { failingAlone, interleave } from '../model/interleave';
import { chooseOpenings, type Opening } from './openings';
import { namingTheTaken } from './namingTheTaken';

/** How many first tokens are asked for, where a model gives as many. */
const OPENINGS_ASKED = 40;

/**
 * Continues so that the branches differ from each other and from their siblings: from different first
 * tokens where a model tells them and goes on with raw text, else by naming what is there already.
 * The probabilities of what was emitted are the model's own: a branch that was made to begin with an
 * unlikely token says so on that token.
 * @param siblings texts of the branches that are there
 */
export async function* continueApart(
  model: LanguageModel,
  passage: Passage,
  options: Options,
  siblings: readonly string[],
  signal: AbortSignal,
): AsyncGenerator<Chunk, void, undefined> {
  const first = canStartAnywhere(model) ? await firstToken(model, passage, options, signal) : null;
  const openings =
    first === null ? [] : chooseOpenings(first.token, first.text, siblings, options.n);
  if (first === null || openings.length < 2) {
    yield* namingTheTaken(model, passage, options, siblings, signal);
    return;
  }
  const { token } = first;
  const dealt = Array.from({ length: options.n }, (_, branch) =>
    openings.slice(branch % openings.length).slice(0, 1),
  );
  yield* interleave(
    dealt.flatMap((opening, branch) =>
      opening.map((one) =>
        failingAlone(
          branch,
          begin({ model, passage, options, signal, branch, opening: one, token }),
        ),
      ),
    ),
  );
}

function canStartAnywhere({ capabilities }: LanguageModel): boolean {
  const { raw, logprobs, alternatives } = capabilities;
  return [raw, logprobs, alternatives].every(({ value }) => value === 'yes');
}

/** The model's first token with as many alternatives as it gives; null when it tells none. */
export async function firstToken(
  model: LanguageModel,
  passage: Passage,
  options: Options,
  signal: AbortSignal,
): Promise<{ token: Token; text: string } | null> {
  const alternatives = Math.min(OPENINGS_ASKED, model.capabilities.alternatives.max);
  const { reach, ...rest } = options;
  const asked: Options = { ...rest, n: 1, maxTokens: 1, alternatives };
  for await (const chunk of model.continue(passage, asked, signal)) {
    const token = chunk.kind === 'delta' ? chunk.tokens?.[0] : undefined;
    if (chunk.kind === 'delta' && token) {
      return { token, text: chunk.text.slice(token.start, token.end) };
    }
  }
  return null;
}

interface Begun {
  model: LanguageModel;
  passage: Passage;
  options: Options;
  signal: AbortSignal;
  branch: number;
  opening: Opening;
  /** The first token that the model emitted: its list of alternatives is that of every opening. */
  token: Token;
}

/** One branch from an opening, which it begins with. */
async function* begin(begun: Begun): AsyncGenerator<Chunk, void, undefined> {
  const { model, options, branch } = begun;
  const { text, logprob } = begun.opening;
  const { alternatives, tail } = begun.token;
  const token: Token = { start: 0, end: text.length, logprob, alternatives, tail };
  yield { branch, kind: 'delta', text, tokens: [token] };
  if (options.maxTokens === 1) {
    yield { branch, kind: 'end', finish: 'length' };
    return;
  }
  const { seed } = options;
  const rest: Options = {
    ...options,
    n: 1,
    maxTokens: options.maxTokens - 1,
    ...(seed === undefined ? {} : { seed: seed + branch }),
  };
  const passage = { ...begun.passage, before: begun.passage.before + text };
  for await (const chunk of model.continue(passage, rest, begun.signal)) {
    yield { ...shifted(chunk, text.length), branch };
  }
}

/** A chunk with its offsets moved on. */
export function shifted(chunk: Chunk, by: number): Chunk {
  if (by === 0 || chunk.kind !== 'delta' || chunk.tokens === undefined) {
    return chunk;
  }
  const tokens = chunk.tokens.map((token) => ({
    ...token,
    start: token.start + by,
    end: token.end + by,
  }));
  return { ...chunk, tokens };
}
