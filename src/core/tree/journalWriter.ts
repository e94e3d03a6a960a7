import type { Clock } from '../platform';
import type { EventData, EventName, JournalEvent } from './event';
import { isKnownEvent } from './eventGuard';
import { toSourceList } from './sourceList';
import { SegmentWriter, type SegmentOptions } from './segmentWriter';

/** An event before it has its writer, number and time. */
export type EventDraft = { [K in EventName]: { event: K; data: EventData[K] } }[EventName];

export interface Appended {
  /** As they are in the journal. */
  events: readonly JournalEvent[];
  /**
   * Resolves when they are written: acknowledged, never to be lost.
   * Rejects with a VariorumError `storage`; they stay queued then and go out with the next try.
   */
  written: Promise<void>;
}

/**
 * Writes one writer's events. There must be one instance for each writer id and folder, ever: it
 * starts at event 0 of segment 0.
 */
export class JournalWriter {
  readonly #segments: SegmentWriter;
  readonly #writer: string;
  readonly #clock: Pick<Clock, 'now'>;
  #seq = 0;

  constructor(options: SegmentOptions & { clock: Pick<Clock, 'now'> }) {
    this.#segments = new SegmentWriter(options);
    this.#writer = options.writer;
    this.#clock = options.clock;
  }

  /** Events not yet acknowledged. */
  get pending(): number {
    return this.#segments.pending;
  }

  /** @throws TypeError when a draft is not sound, before anything is queued: readers would drop it */
  append(drafts: readonly EventDraft[]): Appended {
    const time = this.#clock.now();
    const events = drafts.map((draft, i): JournalEvent => {
      const event = { v: 1, writer: this.#writer, seq: this.#seq + i, time, ...draft } as const;
      if (!isKnownEvent(event)) {
        throw new TypeError(`Not a sound event: ${JSON.stringify(event)}`);
      }
      return event;
    });
    this.#seq += events.length;
    return { events, written: this.#segments.append(events.map(lineOf)) };
  }

  /** Tries to write what is pending. Rejects as `append` does. */
  flush(): Promise<void> {
    return this.#segments.flush();
  }
}

/** A branch says its source in short: a day of drafting has a thousand. */
function lineOf(event: JournalEvent): string {
  if (event.event !== 'node') {
    return JSON.stringify(event);
  }
  const { data } = event;
  return JSON.stringify({ ...event, data: { ...data, source: toSourceList(data.source) } });
}
