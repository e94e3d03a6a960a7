import type { Clock } from '../../platform';
import type { Passage } from '../languageModel';
import type { SketchBase } from './base';
import { Draft } from './draft';
import { alignStart } from './tokenizer';

/** At least this much text before the place is read, in UTF-16 code units, and at most half more… */
const BEFORE = 60_000;
/** …because the start of what is read moves in steps, so that most edits leave it where it is. */
const STEP = BEFORE / 2;
const AFTER = 10_000;

interface Entry {
  draft: Draft;
  base: SketchBase;
  start: number;
  after: string;
  /** The text before the place that has been counted, from `start`. */
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

  /** The draft around a passage; null when the signal ended it. The caller counts as a reader. */
  async read(base: SketchBase, passage: Passage, signal: AbortSignal): Promise<Draft | null> {
    const { before } = passage;
    const steps = Math.max(0, Math.floor((before.length - BEFORE) / STEP));
    const start = alignStart(before, steps * STEP);
    const window = before.slice(start);
    const after = passage.after.slice(0, AFTER);
    const last = this.entry;
    const usable =
      last?.base === base &&
      last.start === start &&
      last.after === after &&
      last.draft.readers === 0 &&
      window.startsWith(last.counted);
    // Nobody else may take it while it is learning.
    this.entry = null;
    const draft = usable ? last.draft : new Draft(base);
    draft.readers += 1;
    if (!usable && after !== '' && (await this.learn(draft, after, 0, true, signal)) < 0) {
      return null;
    }
    const from = usable ? last.counted.length : 0;
    const end = await this.learn(draft, window, from, !usable, signal);
    if (end < 0) {
      return null;
    }
    this.entry = { draft, base, start, after, counted: window.slice(0, end) };
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
