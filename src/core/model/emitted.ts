import type { EmittedToken, Passage } from './languageModel';

/** What tokens say together. */
export function textOfEmitted(emitted: readonly EmittedToken[]): string {
  return emitted.map(({ text }) => text).join('');
}

/**
 * A passage that goes on with text.
 * @param emitted the tokens that the text ends with, as far back as the model that is asked has emitted them
 */
export function withText(
  { emitted: earlier = [], ...passage }: Passage,
  text: string,
  emitted: readonly EmittedToken[],
): Passage {
  const isAll = textOfEmitted(emitted).length === text.length;
  const own = isAll ? [...earlier, ...emitted] : emitted;
  const before = passage.before + text;
  return own.length === 0 ? { ...passage, before } : { ...passage, before, emitted: own };
}

/** As many of the tokens, from the last one back, as a text of so many UTF-16 code units holds whole. */
export function emittedWithin(
  emitted: readonly EmittedToken[],
  length: number,
): readonly EmittedToken[] {
  let left = length;
  const cut = emitted.findLastIndex(({ text }) => (left -= text.length) < 0);
  return emitted.slice(cut + 1);
}
