import type { MissingReason, Token } from '../model/token';

/** How many tokens in a row, and why they have no probability. */
type Stretches = [number, MissingReason | null][];

export function packMissing(tokens: readonly Pick<Token, 'missing'>[]): Stretches {
  const packed: Stretches = [];
  for (const { missing = null } of tokens) {
    const last = packed.at(-1);
    if (last?.[1] === missing) {
      last[0]++;
    } else {
      packed.push([1, missing]);
    }
  }
  return packed;
}

/** The reason of each token; undefined when they are not about so many tokens. */
export function unpackMissing(
  packed: Readonly<Stretches>,
  tokens: number,
): (MissingReason | null)[] | undefined {
  const total = packed.reduce((sum, [count]) => sum + count, 0);
  // Checked first: a damaged count must not make a list of millions.
  return total === tokens
    ? packed.flatMap(([count, reason]) => Array.from({ length: count }, () => reason))
    : undefined;
}
