import type { Span } from '../text/span';
import type { NodeId } from '../tree/node';

/** What each detector found, as numbers and quotations; `describe` makes the sentence. */
export interface Evidence {
  'forced-rhyme': { scheme: readonly number[]; pairs: readonly (readonly [number, number])[] };
  'hackneyed-rhyme': { words: readonly [string, string] };
  'stanza-lock': { stanzas: number; linesPerStanza: number };
  /** `ratio`: how much more frequent than in human text. */
  'canned-phrase': { phrase: string; ratio: number };
  'stock-ending': { sentence: string };
  moralising: { sentence: string };
  'early-exit': { marker: string };
  'essay-form': { paragraphs: number };
  /** `share`: part of the text (0 to 1) repeated from the passage. */
  echo: { share: number };
  /** `tokens`: length of the run; `entropy`: what human text has there, in bits. */
  'stuck-run': { tokens: number; entropy: number };
  template: { skeleton: string; siblings: number };
  'one-mode': { siblings: number; effectiveNumber: number };
  attractor: { phrase: string; passages: number };
  derailed: { reason: 'loop' | 'salad' | 'script' };
  /** `distance`: standard deviations from the writer's own prose. */
  'voice-drift': { feature: string; distance: number };
}

export type FlagCode = keyof Evidence;

/** A finding of a detector on the text that `start` and `end` (UTF-16) lie in. */
export interface Flag<C extends FlagCode = FlagCode> extends Span {
  code: C;
  severity: 'note' | 'warning' | 'error';
  /** Calibrated, 0 to 1. */
  score: number;
  evidence: Evidence[C];
  related?: readonly { node?: NodeId; start: number; end: number }[];
}
