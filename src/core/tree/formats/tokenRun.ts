import type { Alternative, Run, Token } from '../../model/token';

/** A token as foreign files have it: its text and its numbers. */
export interface ForeignToken {
  text: string;
  /** Natural logarithm; null where there is none. */
  logprob: number | null;
  alternatives: readonly Pick<Alternative, 'text' | 'logprob'>[];
}

/** A run of such tokens; undefined when they do not add up to the text. */
export function runOf(tokens: readonly ForeignToken[], text: string): Run | undefined {
  let start = 0;
  const own = tokens.map(({ text: part, logprob, alternatives }): Token => {
    const end = start + part.length;
    const sorted = [...alternatives].sort((a, b) => b.logprob - a.logprob);
    const token = { start, end, logprob, alternatives: sorted, tail: null };
    start = end;
    return logprob === null ? { ...token, missing: 'dropped' } : token;
  });
  const isWhole = tokens.length > 0 && tokens.map((token) => token.text).join('') === text;
  return isWhole ? { semantics: 'unknown', bytes: 'none', tokens: own } : undefined;
}

/** A logprob that can be one: a number ≤ 0. */
export function logprobIn(value: unknown): number | null {
  return typeof value === 'number' && value <= 0 && Number.isFinite(value) ? value : null;
}
