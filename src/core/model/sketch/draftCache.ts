import type { Clock } from '../../platform';
import type { Passage } from '../languageModel';
import { shortHash } from '../../tree/hash';
import type { SketchBase } from './base';
import { Draft } from './draft';
import { alignStart } from './tokenizer';

/** At least this much text before the place is read, in UTF-16 code units, and at most half more. */
const BEFORE = 60_000;
const STEP = BEFORE / 2;
const AFTER = 10_000;
/** As much of a paragraph says which one it is. */
const BEGINNING = 64;

interface Entry {
  draft: Draft;
  base: SketchBase;
  after: string;
  /** The text before the place that has been counted. */
  counted: string;
}

/**
 * The model of the draft as last read. While the writer only adds at the same place, only what was
 * added is counted; the result is the same as counting everything again, so a seed gives the same
 * text either way.
 */
export class DraftCache {
  private entry: Entry | null = null;

  constructor(private readonly clock: Clock) {}

  /**
   * The draft around a passage, laid over the writer's other prose if there is any; null when the signal
   * ended it. The caller counts as a reader.
   */
  async read(
    base: SketchBase,
    passage: Pick<Passage, 'before' | 'after'>,
    signal: AbortSignal,
    below: Draft | null = null,
  ): Promise<Draft | null> {
    const window = passage.before.slice(startOfWindow(passage.before));
    const after = passage.after.slice(0, AFTER);
    const last = this.entry;
    const usable =
      last?.base === base &&
      last.draft.below === below &&
      last.after === after &&
      last.draft.readers === 0 &&
      window.startsWith(last.counted);
    // Nobody else may take it while it is learning.
    this.entry = null;
    const draft = usable ? last.draft : new Draft(base, below);
    draft.readers += 1;
    if (!usable && after !== '' && (await this.learn(draft, after, 0, true, signal)) < 0) {
      return null;
    }
    const from = usable ? last.counted.length : 0;
    const end = await this.learn(draft, window, from, !usable, signal);
    if (end < 0) {
      return null;
    }
    this.entry = { draft, base, after, counted: window.slice(0, end) };
    return draft;
  }

  private learn(
    draft: Draft,
    text: string,
    from: number,
    fresh: boolean,
    signal: AbortSignal,
  ): Promise<number> {
    return draft.learn(text, from, fresh, this.clock, signal);
  }
}

/**
 * Where the part of a text that is read begins: at one of the paragraphs from which on it is neither too
 * long nor too short. The one is chosen by what it says, not by where it stands, so that it stays the
 * same while the text grows at its end or is cut at its beginning.
 */
function startOfWindow(text: string): number {
  if (text.length <= BEFORE + STEP) {
    return 0;
  }
  const first = text.length - BEFORE - STEP;
  let start = alignStart(text, first);
  let least = '';
  for (let at = text.indexOf('\n\n', first); at >= 0 && at < text.length - BEFORE;) {
    const hash = shortHash(text.slice(at, at + BEGINNING));
    if (least === '' || hash < least) {
      least = hash;
      start = at;
    }
    at = text.indexOf('\n\n', at + 2);
  }
  return start;
}
