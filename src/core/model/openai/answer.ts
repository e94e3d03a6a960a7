import type { ModelError } from '../error';
import type { Chunk, Finish, Usage } from '../languageModel';
import type { TokenText } from '../heldText';
import type { BranchReader } from './branchReader';
import { readEvent, type ChoicePart } from './choices';
import { refusedToWrite, thoughtTooLong } from './modelError';
import { cutShort } from './networkError';
import { Overrun } from './overrun';

const FINISHES: Readonly<Record<string, Finish>> = {
  length: 'length',
  max_tokens: 'length',
  model_length: 'length',
  content_filter: 'filtered',
};
/** Reasons that are failures: the engine gave up. */
const FAILURES = new Set(['error', 'abort', 'aborted']);

/** So many events in a row may say nothing to any branch. */
const MOST_IDLE = 20_000;

/** What has come of one choice. */
interface Course {
  branch: number;
  reader: BranchReader;
  overrun: Overrun;
  begun: boolean;
  ended: boolean;
}

/**
 * The answer to one request for several branches: turns its events into chunks. The usage that a server
 * tells comes last and counts all choices together, so the last branch to end waits for it and carries it.
 */
export class Answer {
  readonly #courses: readonly Course[];
  #waiting: (Chunk & { kind: 'end' }) | null = null;
  #usage: Usage | undefined;
  #overran = false;
  #idle = 0;

  /**
   * @param branches the number of each branch, by the index of its choice
   * @param maxTokens tokens asked for, a branch: one that goes far beyond is ended
   */
  constructor(branches: readonly number[], makeReader: () => BranchReader, maxTokens = Infinity) {
    this.#courses = branches.map((branch) => ({
      branch,
      reader: makeReader(),
      overrun: new Overrun(maxTokens),
      begun: false,
      ended: false,
    }));
  }

  /** Whether anything has come for any branch. */
  get begun(): boolean {
    return this.#courses.some(({ begun }) => begun);
  }

  /** Whether every branch has ended. */
  get complete(): boolean {
    return this.#courses.every(({ ended }) => ended);
  }

  /** Whether a branch went far beyond its bound and no other is being written: what still comes is of no use. */
  get overran(): boolean {
    return this.#overran && this.#courses.every(({ begun, ended }) => ended || !begun);
  }

  /** Whether events come and come, and say nothing to any branch. */
  get isIdle(): boolean {
    return this.#idle > MOST_IDLE;
  }

  /** Whether tokens came with probabilities; null while no text has come. */
  get sawEntries(): boolean | null {
    const seen = this.#courses.map(({ reader }) => reader.sawEntries);
    return seen.includes(true) ? true : seen.includes(false) ? false : null;
  }

  /** Whether a branch went on with the message that was begun for it. */
  get repeated(): boolean {
    return this.#courses.some(({ reader }) => reader.repeated);
  }

  /** Takes one event, any JSON; choices that nobody asked for are ignored. */
  take(value: unknown): Chunk[] {
    const { choices, usage } = readEvent(value);
    this.#usage = usage ?? this.#usage;
    const chunks: Chunk[] = [];
    this.#idle += 1;
    for (const part of choices) {
      const course = this.#courses[part.index];
      if (course && !course.ended) {
        this.#idle = saysSomething(part) ? 0 : this.#idle;
        this.#take(course, part, chunks);
      }
    }
    return this.#usage ? [...chunks, ...this.#release()] : chunks;
  }

  /**
   * The stream is over: if a branch had not finished it was cut short, for those not begun, too.
   * @returns `missing`: branches that a server that finished in good order did not write
   */
  end(): { chunks: Chunk[]; missing: readonly number[] } {
    if (this.#courses.some(({ begun, ended }) => begun && !ended)) {
      return { chunks: this.fail(cutShort()), missing: [] };
    }
    const missing = this.#courses.filter(({ begun }) => !begun).map(({ branch }) => branch);
    return { chunks: this.#release(), missing };
  }

  /** The request or its stream failed: every branch that was not finished did. */
  fail(error: ModelError): Chunk[] {
    const chunks: Chunk[] = [];
    for (const course of this.#courses.filter(({ ended }) => !ended)) {
      this.#fail(course, error, chunks);
    }
    return [...chunks, ...this.#release()];
  }

  #take(course: Course, part: ChoicePart, chunks: Chunk[]): void {
    course.begun = true;
    addDeltas(course, course.reader.add(part), chunks);
    const overran = course.overrun.add(part);
    this.#overran ||= overran;
    const finishReason = overran ? 'length' : part.finish;
    if (finishReason === undefined) {
      return;
    }
    const { refusal } = course.reader;
    if (refusal !== '' || FAILURES.has(finishReason)) {
      this.#fail(course, refusal === '' ? cutShort() : refusedToWrite(refusal), chunks);
      return;
    }
    addDeltas(course, course.reader.end(), chunks);
    const finish = FINISHES[finishReason] ?? 'stop';
    if (finish === 'length' && course.reader.onlyThought) {
      this.#fail(course, thoughtTooLong(), chunks);
      return;
    }
    course.ended = true;
    const end = { branch: course.branch, kind: 'end', finish } as const;
    if (this.complete) {
      this.#waiting = end;
    } else {
      chunks.push(end);
    }
  }

  #fail(course: Course, error: ModelError, chunks: Chunk[]): void {
    addDeltas(course, course.reader.end(), chunks);
    course.ended = true;
    chunks.push({ branch: course.branch, kind: 'error', error });
  }

  #release(): Chunk[] {
    const end = this.#waiting;
    this.#waiting = null;
    return end === null ? [] : [{ ...end, ...(this.#usage ? { usage: this.#usage } : {}) }];
  }
}

function addDeltas({ branch }: Course, pieces: readonly TokenText[], chunks: Chunk[]): void {
  for (const { text, tokens } of pieces) {
    if (text !== '' || tokens.length > 0) {
      chunks.push({ branch, kind: 'delta', text, tokens });
    }
  }
}

function saysSomething({ text, refusal, entries, thinks, finish }: ChoicePart): boolean {
  return text !== '' || refusal !== '' || entries.length > 0 || thinks || finish !== undefined;
}
