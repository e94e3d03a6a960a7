import type { Chunk, LanguageModel, Options, Passage } from '../model/languageModel';
import { failingAlone, interleave } from '../model/interleave';
import type { Begun } from './continueApart';
import { beginningOf, type Opening } from './openings';

/** Whether the model can be kept from beginning like this: by their text, or by ids that are all known. */
export function isBannable(
  { capabilities: { ban } }: LanguageModel,
  openings: readonly Opening[],
): boolean {
  return (
    ban !== undefined &&
    ban.value !== 'no' &&
    (ban.by === 'text' || openings.every(({ id }) => id !== undefined))
  );
}

/** What the model would have begun with. */
interface Beginnings {
  /** All first tokens that it told, with their probabilities. */
  all: readonly Opening[];
  /** The one that it emitted. */
  text: string;
}

/**
 * Each branch is kept from the first words of those before it, in every spelling that the model told; the
 * words are then forbidden in all of the branch, since a server takes such a list for a whole reply. For
 * models that cannot be made to go on with a word.
 * @param openings what the branches are kept from, most probable first
 */
export async function* continueBanning(
  asked: { model: LanguageModel; passage: Passage; options: Options; signal: AbortSignal },
  openings: readonly Opening[],
  told: Beginnings,
  onBegun: ((begun: Begun) => void) | undefined,
): AsyncGenerator<Chunk, void, undefined> {
  const { model, passage, options, signal } = asked;
  const { seed } = options;
  yield* interleave(
    Array.from({ length: options.n }, (_, branch) => {
      const words = new Set(
        openings.slice(0, branch % openings.length).map(({ text }) => beginningOf(text)),
      );
      const ban = told.all.filter(
        ({ text, id }) =>
          words.has(beginningOf(text)) &&
          (model.capabilities.ban?.by === 'text' || id !== undefined),
      );
      const one: Options = {
        ...options,
        n: 1,
        ...(ban.length > 0 ? { ban } : {}),
        ...(seed === undefined ? {} : { seed: seed + branch }),
      };
      const stream = model.continue(passage, one, signal);
      return failingAlone(branch, watched(stream, branch, told, onBegun));
    }),
  );
}

async function* watched(
  stream: AsyncIterable<Chunk>,
  branch: number,
  told: Beginnings,
  onBegun: ((begun: Begun) => void) | undefined,
): AsyncGenerator<Chunk, void, undefined> {
  let hasBegun = false;
  for await (const chunk of stream) {
    const token = chunk.kind === 'delta' ? chunk.tokens?.[0] : undefined;
    if (!hasBegun && token && chunk.kind === 'delta') {
      hasBegun = true;
      const text = chunk.text.slice(token.start, token.end);
      // Its own number may be that of a model that is forbidden the others.
      const logprob = told.all.find((other) => other.text.trim() === text.trim())?.logprob;
      if (logprob !== undefined) {
        onBegun?.({ branch, opening: { text, logprob }, instead: told.text });
      }
    }
    yield { ...chunk, branch };
  }
}
