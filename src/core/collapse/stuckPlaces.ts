import { isInsideWord, needsYardstick, readToken } from '../model/certainty';
import { OPEN_BITS } from '../model/openBits';
import type { Token } from '../model/token';
import type { Subject } from './subject';

/** Context handed to the yardstick, in UTF-16 units: it looks back a few words only. */
export const CONTEXT = 400;

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
  const index = tokens.findIndex(
    (token) =>
      token.start >= from &&
      needsYardstick(text, token) &&
      readToken(text, token, bitsAt(subject, token)).certainty === 'stuck',
  );
  const token = tokens[index];
  return token && { index, start: token.start, bits: bitsAt(subject, token) };
}

/** Whether a token stands where human text has a choice; with no yardstick, wherever a word may begin. */
export function isOpenPlace(
  subject: Pick<Subject, 'text' | 'before' | 'openness'>,
  token: Token,
): boolean {
  return !isInsideWord(subject.text, token) && bitsAt(subject, token) >= OPEN_BITS;
}

/** Without a yardstick, any place may be open. */
function bitsAt(
  { text, before = '', openness }: Pick<Subject, 'text' | 'before' | 'openness'>,
  { start, end }: Token,
): number {
  const near = openness?.(contextAt(text, before, start), text.slice(start, end));
  return near?.entropy ?? Infinity;
}

/** What the yardstick is handed for a place of a text that goes on from `before`. */
function contextAt(text: string, before: string, at: number): string {
  return at >= CONTEXT
    ? text.slice(at - CONTEXT, at)
    : before.slice(at - CONTEXT) + text.slice(0, at);
}
