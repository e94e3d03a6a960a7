import type { Alternative, Token } from '../model/token';
import { unlikeness } from './escapes';

/** A first token to start a branch from, as the model would have emitted it. */
export type Opening = Pick<Alternative, 'text' | 'logprob' | 'id'>;

/** Which first tokens are chosen: the most probable ones, or the ones most unlike each other. */
export type OpeningChoice = 'likely' | 'different';

/** An opening less probable than this is never chosen for being different. */
const LEAST = 0.002;

/**
 * First tokens that begin differently from each other and from what is there already.
 *
 * `likely` takes the most probable ones. `different` begins with the most probable one; each further one is
 * that with the greatest p^¼ · d, where d is how unlike it is to the nearest chosen one (`unlikeness`): maximal
 * marginal relevance as a product (after Carbonell & Goldstein 1998).
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
  choice: OpeningChoice = 'likely',
): Opening[] {
  const candidates = waysToBegin(first, text, taken);
  return choice === 'likely' ? candidates.slice(0, n) : mostDifferent(candidates, n);
}

/** The first token as emitted and its alternatives, most probable first; servers may leave the former out. */
export function everyOpening(
  { logprob, alternatives, id }: Pick<Token, 'logprob' | 'alternatives' | 'id'>,
  text: string,
): Opening[] {
  const isListed = alternatives.some((other) => other.text === text);
  const emitted =
    logprob === null || isListed ? [] : [{ text, logprob, ...(id === undefined ? {} : { id }) }];
  return [...emitted, ...alternatives].sort((a, b) => b.logprob - a.logprob);
}

/** What makes an opening: its first word, however it is written, with the quotation mark if it is said. */
export function beginningOf(text: string): string {
  const trimmed = text.trimStart();
  const word = /^["'“‘«(]*[\p{L}\p{N}]+/u.exec(trimmed)?.[0] ?? trimmed.slice(0, 1);
  return word.toLowerCase();
}

/** Each way to begin once, in its most probable spelling. */
function waysToBegin(first: Token, text: string, taken: readonly string[]): Opening[] {
  const seen = new Set(taken.map((sibling) => beginningOf(sibling)));
  return everyOpening(first, text)
    .filter(isWhole)
    .filter(({ text: opening }) => {
      const key = beginningOf(opening);
      const isNew = !seen.has(key);
      seen.add(key);
      return isNew;
    });
}

function mostDifferent(candidates: readonly Opening[], n: number): Opening[] {
  const [best, ...others] = candidates;
  const chosen = best === undefined ? [] : [best];
  const left = others.filter(({ logprob }) => Math.exp(logprob) >= LEAST);
  while (chosen.length > 0 && chosen.length < n && left.length > 0) {
    const worth = left.map(
      ({ text, logprob }) =>
        Math.exp(logprob / 4) * Math.min(...chosen.map((other) => unlikeness(text, other.text))),
    );
    chosen.push(...left.splice(worth.indexOf(Math.max(...worth)), 1));
  }
  return chosen;
}

/** Half a character cannot be sent as text, and white space alone opens nothing. */
function isWhole({ text }: Opening): boolean {
  return text.trim() !== '' && !text.includes('\uFFFD');
}
