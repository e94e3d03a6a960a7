import type { Exemplar } from '../rewrite/rewriting';
import type { Span } from '../text/span';

/** For what exemplars are wanted. Texts have LF line ends. */
export interface ExemplarRequest {
  /** What is to be rewritten, or stands at the cursor. */
  source: string;
  /** The text before it that a model is shown anyway: nothing of it is chosen. */
  before: string;
  /** At most so many tokens of exemplars, estimated. */
  budget: number;
  /** Where the source stands, so that nothing of it is chosen; offsets into that file. */
  at?: Span & { path: string };
}

/**
 * Why one was chosen: the writer pinned it; or how near it is to the source in style and in content (0 to 1
 * each) and how like the likest of those chosen before it (0 to 1).
 */
export type ExemplarReason =
  { kind: 'pinned' } | { kind: 'near'; style: number; content: number; alike: number };

export interface ChosenExemplar extends Exemplar {
  why: ExemplarReason;
  /** Estimated. */
  tokens: number;
}
