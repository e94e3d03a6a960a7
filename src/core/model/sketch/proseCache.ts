import type { Clock } from '../../platform';
import type { SketchBase } from './base';
import { Draft } from './draft';

/** The longest n-gram of the other prose: longer ones would take much room and hardly come again. */
const ORDER = 3;
/** As much of it is read, the first texts first; in UTF-16 code units. */
const MOST = 2_000_000;

/** The model of the writer's other prose: read once, in the background, then only replaced. */
export class ProseCache {
  private model: Draft | null = null;
  private latest: AbortSignal | null = null;

  constructor(private readonly clock: Clock) {}

  /** What has been read; null while nothing has. It does not change any more. */
  get current(): Draft | null {
    return this.model;
  }

  /**
   * Reads texts in place of those read before, which stay in use meanwhile. Resolves when these, or some
   * given later, are in use, or the signal ended it.
   * @param texts the most telling first: there is a bound
   */
  async read(base: SketchBase, texts: Iterable<string>, signal: AbortSignal): Promise<void> {
    this.latest = signal;
    const model = new Draft(base, null, ORDER);
    let room = MOST;
    for (const text of texts) {
      const end = await model.learn(text.slice(0, room), 0, true, this.clock, signal);
      if (end < 0 || this.latest !== signal) {
        return;
      }
      room -= text.length;
      if (room <= 0) {
        break;
      }
    }
    this.model = model.tokens === 0 ? null : model;
  }
}
