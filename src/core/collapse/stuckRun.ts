import { isInsideWord, readToken } from '../model/certainty';
import { confidenceStep } from '../model/confidence';
import type { Token } from '../model/token';
import { finish, type Steps } from '../steps';
import type { Subject } from './subject';
import type { Flag } from './flag';

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
  const context = (at: number) =>
    at >= CONTEXT ? text.slice(at - CONTEXT, at) : before.slice(at - CONTEXT) + text.slice(0, at);
  const flags: Flag<'stuck-run'>[] = [];
  for (const run of certainRuns(text, tokens)) {
    const open: { token: Token; bits: number }[] = [];
    for (const token of run) {
      const { start, end } = token;
      const bits = openness(context(start), text.slice(start, end)).entropy;
      if (readToken(text, token, bits).certainty === 'stuck') {
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

/** Whether there is a run of certain tokens at all: without one, no yardstick is needed. */
export function mayBeStuck(text: string, tokens: readonly Token[]): boolean {
  return certainRuns(text, tokens).length > 0;
}

/** Runs of certain tokens, those inside a word left out; the yardstick is slow, so only long ones are kept. */
function certainRuns(text: string, tokens: readonly Token[]): Token[][] {
  const runs: Token[][] = [];
  let run: Token[] = [];
  for (const token of tokens) {
    if (!isCertain(token)) {
      runs.push(run);
      run = [];
    } else if (!isInsideWord(text, token)) {
      run.push(token);
    }
  }
  return [...runs, run].filter(({ length }) => length >= FEWEST);
}

/** From p ≥ .99 on. */
function isCertain({ logprob }: Token): boolean {
  return ['surer', 'surest'].includes(confidenceStep(logprob));
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
