import type { Token } from '../model/token';
import { CERTAIN, contextAt, isInsideWord, OPEN_BITS } from './stuckRun';
import type { Subject } from './subject';

/** A place at which the model was certain although human text is open there. */
export interface StuckPlace {
  /** Which of the tokens. */
  index: number;
  /** Its offset in the text, UTF-16. */
  start: number;
  /** How open it is to a human writer, in bits. */
  bits: number;
}

/**
 * The first stuck open place of a text: tokens inside a word and places that leave human text no choice either
 * (fixed expressions) are given, and passed over. Needs tokens and the yardstick.
 * @param from UTF-16 offset to begin at
 */
export function firstStuckPlace(subject: Subject, from = 0): StuckPlace | undefined {
  const { text, tokens = [] } = subject;
  const index = tokens.findIndex((token) => {
    const isCertain = token.logprob !== null && token.logprob >= CERTAIN;
    return token.start >= from && isCertain && isOpenPlace(subject, token);
  });
  const token = tokens[index];
  return token && { index, start: token.start, bits: bitsAt(subject, token, text) };
}

/** Whether a token stands where human text has a choice; with no yardstick, wherever a word may begin. */
export function isOpenPlace(
  subject: Pick<Subject, 'text' | 'before' | 'openness'>,
  token: Token,
): boolean {
  const { text, openness } = subject;
  if (isInsideWord(text, token)) {
    return false;
  }
  return openness === undefined || bitsAt(subject, token, text) >= OPEN_BITS;
}

function bitsAt(
  { before = '', openness }: Pick<Subject, 'before' | 'openness'>,
  { start, end }: Token,
  text: string,
): number {
  return openness?.(contextAt(text, before, start), text.slice(start, end)).entropy ?? 0;
}
