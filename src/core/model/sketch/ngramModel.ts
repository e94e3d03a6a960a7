/** What Sketch asks of an n-gram model, counted at load time or read from a trained file. */
export interface NgramModel {
  /** The state at the start of a text. */
  readonly start: number;
  /** The state that knows nothing of what stands before. */
  readonly blank: number;
  readonly unigrams: Unigrams;
  /** Whether the token is in this model's vocabulary. */
  knows(token: number): boolean;
  /** The state after one more token; a token that the model does not know leads to `blank`. */
  next(state: number, token: number): number;
  /** P(token | state); 0 for a token that the model does not know. */
  probability(state: number, token: number): number;
  /** P(any token that the model does not know | state). With all `probability`, 1. */
  unseen(state: number): number;
  /**
   * Adds weight × P(token | state), less its unigram part, for every token where there is more.
   * @param most about as many of the likeliest tokens after each context as are wanted
   * @returns the weight left for the unigrams, those unseen included
   */
  scatter(state: number, weight: number, sink: Sink, most: number): number;
  /** Whether the token was seen after so long a context that writing on like this is reciting. */
  recites(state: number, token: number): boolean;
}

export interface Sink {
  /** @param length of the context after which the token has this mass, in tokens, ≥ 1 */
  add(token: number, mass: number, length: number): void;
  /** Says that after one context tokens were left out, none of which has more mass there. */
  omit(mass: number): void;
}

/** P(token) with no context at all, most probable first. */
export interface Unigrams {
  /** Token ids, most probable first. */
  readonly tokens: Int32Array;
  /** Their probabilities, in the same order. */
  readonly masses: Float64Array;
  /** The probability of a token that is not in the vocabulary: with all masses, 1. */
  readonly unseen: number;
}
