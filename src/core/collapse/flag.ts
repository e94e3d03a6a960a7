import type { Span } from '../text/span';
import type { NodeId } from '../tree/node';
import type { FeatureDistance } from '../voice/voiceProfile';

/** What each detector found, as numbers and quotations; `describe` makes the sentence. */
export interface Evidence {
  'forced-rhyme': { scheme: readonly number[]; pairs: readonly (readonly [number, number])[] };
  'hackneyed-rhyme': { words: readonly [string, string] };
  'stanza-lock': { stanzas: number; linesPerStanza: number };
  /**
   * `phrase`: as written. `ratio`: how many times more frequent than in human text, at least; 0 where it is
   * not known. `kind`: a phrase of the lexicon, a turn of phrase such as *not X but Y*, a sentence with
   * next to nothing in it but overused and function words, or a phrase of the list `list`.
   */
  'canned-phrase': {
    phrase: string;
    ratio: number;
    kind: 'phrase' | 'pattern' | 'worn' | 'list';
    list?: string;
  };
  /** `kind`: an uplifting or summing-up ending, or one that hedges that there is no one answer. */
  'stock-ending': { sentence: string; kind: 'uplift' | 'hedge' };
  moralising: { sentence: string };
  /** `words`: how many came before it. `marker`: the line that ends the scene, as written. */
  'early-exit': { marker: string; words: number };
  'essay-form': { paragraphs: number };
  /** `share`: part of the text's words (0 to 1) repeated from the passage; `skeleton`: with other fillings. */
  echo: { share: number; skeleton: boolean };
  /**
   * `tokens`: open places in the run; `entropy`: what human text has there, in bits; `agreement`: share of the
   * siblings (0 to 1) that write the same there, where there are any.
   */
  'stuck-run': { tokens: number; entropy: number; agreement?: number };
  /** `skeleton`: its words, slots as "___"; `fillings`: what this text puts there; `siblings`: how many share it. */
  template: {
    part: 'opening' | 'ending' | 'skeleton';
    skeleton: string;
    fillings: readonly string[];
    siblings: number;
  };
  /** `siblings`: all there are; `alike`: those that say the same as this one, it included; `label`: what. */
  'one-mode': { siblings: number; alike: number; label: string; effectiveNumber: number };
  /** `passages`: different ones in which it came; `of`: how many there were; `last`: when before, in ms. */
  attractor: {
    kind: 'name' | 'phrase' | 'thing' | 'ending';
    phrase: string;
    passages: number;
    of: number;
    last: number;
  };
  derailed: { reason: 'loop' | 'salad' | 'script' | 'fragments' };
  /**
   * `features`: at most three, those first that say most, each with what it is here and in the writer's own
   * prose (`shown` in core/voice/voiceFeatures.ts) and the distance in standard deviations. `words` of the text,
   * and `own` of the prose that it was compared with.
   */
  'voice-drift': { features: readonly FeatureDistance[]; words: number; own: number };
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

/** Tells which detector's a finding is, and so what its evidence holds. */
export function hasCode<C extends FlagCode>(flag: Flag, code: C): flag is Flag<C> {
  return flag.code === code;
}

/** The same finding where its text stands `by` further on; places in other branches stay where they are. */
export function movedFlag(flag: Flag, by: number): Flag {
  const moved = <S extends Span>(span: S): S => ({
    ...span,
    start: span.start + by,
    end: span.end + by,
  });
  const related = flag.related?.map((place) => (place.node === undefined ? moved(place) : place));
  return { ...moved(flag), ...(related && { related }) };
}
