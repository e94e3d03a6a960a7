import type { ProvenanceStretch } from './stretches';

/** How much of a text came from where, 0 to 1 each; 1 together, or all 0 where there is no text. */
export type Share = Record<ProvenanceStretch['kind'], number>;

const WHITE = /\s/u;

/**
 * Shares of the characters, white space left out.
 * @param text what the stretches' offsets count in
 */
export function share(text: string, stretches: readonly ProvenanceStretch[]): Share {
  const counts: Share = { human: 0, model: 0, unknown: 0 };
  let all = 0;
  for (const { start, end, kind } of stretches) {
    const count = charactersIn(text, start, end);
    counts[kind] += count;
    all += count;
  }
  return all === 0
    ? counts
    : { human: counts.human / all, model: counts.model / all, unknown: counts.unknown / all };
}

function charactersIn(text: string, start: number, end: number): number {
  let count = 0;
  for (let i = start; i < end; i++) {
    const unit = text.charCodeAt(i);
    const isWhite = unit <= 0x20 || (unit >= 0x85 && WHITE.test(text.charAt(i)));
    const isSecondHalf = unit >= 0xdc00 && unit <= 0xdfff;
    count += isWhite || isSecondHalf ? 0 : 1;
  }
  return count;
}
