import { withText } from '../model/emitted';
import type { Chunk, LanguageModel, Options, Passage } from '../model/languageModel';
import { failingAlone, interleave } from '../model/interleave';
import type { Token } from '../model/token';
import { endsWithSpace } from '../prompt/joint';
import { continueBanning, isBannable } from './continueBanning';
import { fansOut } from './fansOut';
import { firstToken, type FirstToken } from './firstToken';
import { chooseOpenings, everyOpening, type Opening, type OpeningChoice } from './openings';
import { namingTheTaken } from './namingTheTaken';

/** How a branch was made to begin. */
export interface Begun {
  /** Its number. */
  branch: number;
  /** The first token it was given, or came to, with the probability that the model gave it. */
  opening: Opening;
  /** What the model began with by itself. */
  instead: string;
}

/** What asking apart takes besides the request. */
export interface ApartOptions {
  /** Which first tokens are chosen; the most probable ones when absent. */
  choice?: OpeningChoice;
  /** Told how each branch begins, as soon as that is known; of those that are only told what is taken, nothing. */
  onBegun?: (begun: Begun) => void;
}

/**
 * Continues so that the branches differ from each other and from their siblings. Where the model tells its
 * first tokens: from a different one each, if it goes on with raw text or with a message that has begun,
 * else by forbidding the first words of the branches before, if it takes that. Where it does not, by naming
 * what is there already. Whether it tells them is found out by asking, where it is not known.
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
  { choice, onBegun }: ApartOptions = {},
): AsyncGenerator<Chunk, void, undefined> {
  const first = mayTell(model) ? await firstToken(model, passage, options, signal) : null;
  const openings =
    first === null ? [] : chooseOpenings(first.token, first.text, siblings, options.n, choice);
  const asked = { model, passage, options, signal };
  // Only now is it known for sure how the model is asked.
  if (first !== null && openings.length > 1 && goesOn(asked)) {
    const begun = openings.map((opening) => ({ ...opening, text: joined(opening.text, passage) }));
    yield* fromOpenings(asked, begun, first, onBegun);
  } else if (first !== null && openings.length > 1 && isBannable(model, openings)) {
    const all = everyOpening(first.token, first.text);
    yield* continueBanning(asked, openings, { all, text: first.text }, onBegun);
  } else {
    yield* namingTheTaken(model, passage, options, siblings, signal);
  }
}

function mayTell(model: LanguageModel): boolean {
  return fansOut(model) !== 'no';
}

interface Asked {
  model: LanguageModel;
  passage: Passage;
  options: Options;
  signal: AbortSignal;
}

/** Whether the model goes on with exactly this text. */
function goesOn({ model, passage, options }: Asked): boolean {
  const { strategy } = model.prompt(passage, options);
  return strategy === 'raw' || strategy === 'infill' || strategy === 'prefill';
}

/** The draft may have the space already with which the first word would begin. */
function joined(text: string, { before }: Passage): string {
  return endsWithSpace(before) ? text.replace(/^[ \t]+/u, '') : text;
}

async function* fromOpenings(
  asked: Asked,
  openings: readonly Opening[],
  first: FirstToken,
  onBegun: ApartOptions['onBegun'],
): AsyncGenerator<Chunk, void, undefined> {
  const dealt = Array.from({ length: asked.options.n }, (_, branch) =>
    openings.slice(branch % openings.length).slice(0, 1),
  );
  yield* interleave(
    dealt.flatMap((opening, branch) =>
      opening.map((one) => {
        onBegun?.({ branch, opening: one, instead: first.text });
        return failingAlone(branch, begin(asked, branch, one, first.token));
      }),
    ),
  );
}

/** One branch from an opening, which it begins with. The first token's alternatives are those of every opening. */
async function* begin(
  { model, passage, options, signal }: Asked,
  branch: number,
  { text, logprob, id }: Opening,
  { alternatives, tail }: Token,
): AsyncGenerator<Chunk, void, undefined> {
  const token: Token = {
    ...{ start: 0, end: text.length, logprob, alternatives, tail },
    ...(id === undefined ? {} : { id }),
  };
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
  const after = withText(passage, text, [{ text, ...(id === undefined ? {} : { id }) }]);
  for await (const chunk of model.continue(after, rest, signal)) {
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
