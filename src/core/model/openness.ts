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

/**
 * The same for many places of one text at once.
 * @param places UTF-16 offsets, ascending; what follows each in the text is what did come
 */
export type OpennessOver = (text: string, places: readonly number[]) => readonly Openness[];
