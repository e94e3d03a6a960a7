import { confidenceStep } from './confidence';
import type { Token } from './token';

/** Under this probability of the token that was chosen, the text could as well have gone elsewhere. */
export const FORK_UNDER = 0.7;
/** Two tokens are close when the second has at least this share of the first one's probability. */
export const CLOSE = 1 / 3;

type Seen = Pick<Token, 'logprob'> & { alternatives: readonly Pick<Token, 'logprob'>[] };

/** Whether the text forks at a token: it had p < .7, or the two most probable ones are close. */
export function isFork(token: Seen): boolean {
  const { logprob } = token;
  if (logprob === null) {
    return false;
  }
  return logprob < Math.log(FORK_UNDER) || isClose(token);
}

/** Whether a token is marked as unlikely wherever confidence is shown. */
export function isUncertain({ logprob }: Pick<Token, 'logprob'>): boolean {
  return confidenceStep(logprob) === 'low';
}

function isClose({ logprob, alternatives }: Seen): boolean {
  const listed = alternatives.flatMap((other) => other.logprob ?? []);
  // The emitted token is among the alternatives where it ranked there.
  const all = logprob === null || listed.includes(logprob) ? listed : [...listed, logprob];
  const [first, second] = all.sort((a, b) => b - a);
  return first !== undefined && second !== undefined && second - first >= Math.log(CLOSE);
}

/** What a writer can go to from one place of a text to the next. */
export type LandmarkKind = 'fork' | 'uncertain' | 'stuck';

/**
 * The place after an offset, or before it.
 * @param places ascending offsets
 * @returns undefined when there is none on that side
 */
export function nextPlace(
  places: readonly number[],
  from: number,
  to: 'next' | 'previous',
): number | undefined {
  return to === 'next'
    ? places.find((place) => place > from)
    : places.findLast((place) => place < from);
}
