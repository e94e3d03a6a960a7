import type { Alternative, Token } from '../model/token';

/** A first token to start a branch from, as the model would have emitted it. */
export type Opening = Pick<Alternative, 'text' | 'logprob'>;

/**
 * The most probable first tokens that begin differently from each other and from what is there already.
 * @param first the token that the model emitted, with its alternatives
 * @param text its text
 * @param taken texts of the siblings
 * @param n how many are wanted; fewer come back where the model sees no more ways
 */
export function chooseOpenings(
  first: Token,
  text: string,
  taken: readonly string[],
  n: number,
): Opening[] {
  const { logprob } = first;
  const emitted = logprob === null ? [] : [{ text, logprob }];
  const candidates = [...emitted, ...first.alternatives].filter(isWhole);
  candidates.sort((a, b) => b.logprob - a.logprob);
  const seen = new Set(taken.map((sibling) => beginning(sibling)));
  const openings: Opening[] = [];
  for (const { text: opening, logprob: probability } of candidates) {
    const key = beginning(opening);
    if (openings.length < n && !seen.has(key)) {
      seen.add(key);
      openings.push({ text: opening, logprob: probability });
    }
  }
  return openings;
}

/** Half a character cannot be sent as text, and white space alone opens nothing. */
function isWhole({ text }: Alternative): boolean {
  return text.trim() !== '' && !text.includes('\uFFFD');
}

/** What makes an opening: its first word, however it is written, with the quotation mark if it is said. */
function beginning(text: string): string {
  const trimmed = text.trimStart();
  const word = /^["'“‘«(]*[\p{L}\p{N}]+/u.exec(trimmed)?.[0] ?? trimmed.slice(0, 1);
  return word.toLowerCase();
}
