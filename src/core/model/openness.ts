/** How open a place in a text is to a human writer. */
export interface Openness {
  /** Entropy of what comes next, in bits, ≥ 0. */
  entropy: number;
  /** Rank of the token that did come, from 1; null when none was given. */
  rank: number | null;
}

/**
 * The human yardstick: what human fiction would make of this place.
 * @param context the text before it
 * @param next the text that did come; only its first token counts
 */
export type OpennessOf = (context: string, next?: string) => Openness;
