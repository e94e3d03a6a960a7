import type { Token } from '../model/token';
import { finish, type Steps } from '../steps';
import type { Subject } from './subject';
import type { Flag } from './flag';

/** Certain: the probability from which a token counts as stuck. */
export const CERTAIN = Math.log(0.99);

/**
 * A place is open where human text has at least so many bits of choice. By Sketch, four fifths of the places
 * in human novels have more (half of them 6.9 or more), and fixed expressions (*once upon a*, *shook his*)
 * have 1.2 to 3.4.
 */
export const OPEN_BITS = 4;

/** Open places in one run before it is worth a word. */
const FEWEST = 4;

/** Context handed to the yardstick, in UTF-16 units: it looks back a few words only. */
const CONTEXT = 400;

/**
 * Runs of tokens at which the model was certain although human text is open there. Tokens inside a word
 * and at places that human text leaves no choice either (fixed expressions) are given: they neither end
 * a run nor count. Tokens without a probability end it. Says nothing without tokens or without a yardstick.
 */
export function findStuckRuns(subject: Subject): Flag<'stuck-run'>[] {
  return finish(stuckRuns(subject));
}

/** `findStuckRuns` with a pause after each look at the yardstick, which may be slow. */
export function* stuckRuns({
  text,
  before = '',
  tokens,
  openness,
}: Subject): Steps<Flag<'stuck-run'>[]> {
  if (tokens === undefined || openness === undefined) {
    return [];
  }
  const flags: Flag<'stuck-run'>[] = [];
  for (const run of certainRuns(text, tokens)) {
    const open: { token: Token; bits: number }[] = [];
    for (const token of run) {
      const { start, end } = token;
      const bits = openness(contextAt(text, before, start), text.slice(start, end)).entropy;
      if (bits >= OPEN_BITS) {
        open.push({ token, bits });
      }
      yield;
    }
    const [first, last] = [open[0], open.at(-1)];
    if (first !== undefined && last !== undefined && open.length >= FEWEST) {
      const entropy = open.reduce((sum, { bits }) => sum + bits, 0) / open.length;
      flags.push(stuckFlag(first.token.start, last.token.end, open.length, entropy));
    }
  }
  return flags;
}

/** What the yardstick is handed for a place of a text that goes on from `before`. */
export function contextAt(text: string, before: string, at: number): string {
  return at >= CONTEXT
    ? text.slice(at - CONTEXT, at)
    : before.slice(at - CONTEXT) + text.slice(0, at);
}

/** Whether there is a run of certain tokens at all: without one, no yardstick is needed. */
export function mayBeStuck(text: string, tokens: readonly Token[]): boolean {
  return certainRuns(text, tokens).length > 0;
}

/** Runs of certain tokens, those inside a word left out; the yardstick is slow, so only long ones are kept. */
function certainRuns(text: string, tokens: readonly Token[]): Token[][] {
  const runs: Token[][] = [];
  let run: Token[] = [];
  for (const token of tokens) {
    if (token.logprob === null || token.logprob < CERTAIN) {
      runs.push(run);
      run = [];
    } else if (!isInsideWord(text, token)) {
      run.push(token);
    }
  }
  return [...runs, run].filter(({ length }) => length >= FEWEST);
}

function stuckFlag(start: number, end: number, tokens: number, entropy: number): Flag<'stuck-run'> {
  return {
    start,
    end,
    code: 'stuck-run',
    severity: tokens >= 3 * FEWEST ? 'warning' : 'note',
    // Each further open place at p ≥ .99 is more surprising: one in e^-4 at four, next to none at twelve.
    score: 1 - Math.exp(-tokens / FEWEST),
    evidence: { tokens, entropy },
  };
}

const WORD = /[\p{L}\p{N}\p{M}]/u;

/** True when a token has no text, or goes on with a word that began before it. */
export function isInsideWord(text: string, { start, end }: Token): boolean {
  if (start === end) {
    return true;
  }
  const first = text.charAt(start);
  const isPart = WORD.test(first) || first === "'" || first === '’';
  return start > 0 && isPart && WORD.test(text.charAt(start - 1));
}
