import type { Span } from '../text/span';

/** One thing the model could have emitted in a token's place. */
export interface Alternative {
  text: string;
  /** Natural logarithm, ≤ 0. */
  logprob: number;
  id?: number;
  bytes?: Uint8Array;
}

/**
 * Why a token has no probability:
 * `unsupported` the model gives none · `dropped` it was asked for and did not come ·
 * `floor` the server sent a stand-in such as -9999 · `gap` text that no entry covers ·
 * `first` nothing stands before it · `edited` the writer changed it · `reasoning` it was thought, not said.
 */
export type MissingReason =
  'unsupported' | 'dropped' | 'floor' | 'gap' | 'first' | 'edited' | 'reasoning';

/**
 * What the model emitted. Offsets are UTF-16 into the branch's text, lines ended by LF; the token's
 * text is that slice. Tokens tile the text: what no entry covers is a `gap` token, and a token that
 * ends inside a character has an empty slice.
 */
export interface Token extends Span {
  /** Natural logarithm, before sampling changes unless the run says otherwise; null when missing. */
  logprob: number | null;
  missing?: MissingReason;
  /** Most probable first; the emitted token is among them only if it ranked there. */
  alternatives: readonly Alternative[];
  /** Probability mass (0 to 1) of everything neither emitted nor listed; null when unknown. */
  tail: number | null;
  id?: number;
  bytes?: Uint8Array;
}

/** The tokens of one text and what their numbers mean. */
export interface Run {
  /** `raw`: the model's distribution before temperature and filters; `processed`: after them. */
  semantics: 'raw' | 'processed' | 'unknown';
  /** Whether `bytes` are the true bytes of each token. */
  bytes: 'exact' | 'lossy' | 'none';
  tokens: readonly Token[];
}

/** Confidence of an emitted token: its probability, or null when the model gave none. */
export function probability(token: Pick<Token, 'logprob'>): number | null {
  return token.logprob === null ? null : Math.exp(token.logprob);
}
