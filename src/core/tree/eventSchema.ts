import * as v from 'valibot';
import { MODEL_ERROR_CODES } from '../model/error';
import type { JournalEvent, UnknownEvent } from './event';
import { WRITER_PATTERN } from './segmentFile';

/** What one parsed line of a journal is. */
export type CheckedEvent =
  | { kind: 'known'; event: JournalEvent }
  | { kind: 'unknown'; event: UnknownEvent }
  /** Of a later version of the format; `event` when its frame can still be read. */
  | { kind: 'newer'; version: number; event?: UnknownEvent }
  | { kind: 'bad'; reason: string };

/** Longest id and mark, UTF-16 code units. */
export const MAX_ID = 128;

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_ID));
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const time = v.pipe(v.number(), v.finite(), v.minValue(0));
const finish = v.picklist(['stop', 'length', 'cancelled', 'filtered']);
const endStatus = v.picklist(['done', 'stopped', 'failed']);
const run = v.looseObject({
  semantics: v.picklist(['raw', 'processed', 'unknown']),
  bytes: v.picklist(['exact', 'lossy', 'none']),
});
const error = v.looseObject({
  // A later version may know more kinds of failure; the message is what counts.
  code: v.fallback(v.picklist(MODEL_ERROR_CODES), 'internal'),
  message: v.string(),
  action: v.string(),
  retryable: v.boolean(),
});
const sourceKinds = v.variant('kind', [
  v.looseObject({ kind: v.literal('human') }),
  v.looseObject({ kind: v.literal('unknown') }),
  v.looseObject({
    kind: v.literal('model'),
    model: v.string(),
    strategy: v.string(),
    prompt: v.string(),
  }),
]);
/** Model, strategy and prompt, or an object that says who wrote it. */
const sourceList = v.strictTuple([v.string(), v.string(), v.string()]);
const source = v.lazy((value) => (Array.isArray(value) ? sourceList : sourceKinds));
const amount = v.pipe(v.number(), v.finite(), v.minValue(0));
const numbers = v.record(v.string(), v.pipe(v.number(), v.finite()));
/** A list would count as a record of its members. */
const samplers = v.lazy((value) => (Array.isArray(value) ? v.never() : numbers));
/** What later versions may have more kinds of is any string. */
const asked = v.looseObject({
  n: count,
  maxTokens: count,
  temperature: amount,
  topP: amount,
  minP: amount,
  samplers: v.exactOptional(samplers),
  seed: v.exactOptional(v.pipe(v.number(), v.finite())),
  reach: v.exactOptional(v.string()),
  spread: v.exactOptional(v.string()),
  instruction: v.exactOptional(v.string()),
  before: count,
  after: v.exactOptional(count),
  notes: v.exactOptional(v.string()),
  earlier: v.exactOptional(v.string()),
});
const ending = {
  finish: v.exactOptional(finish),
  error: v.exactOptional(error),
  run: v.exactOptional(run),
  seconds: v.exactOptional(amount),
  usage: v.exactOptional(
    v.looseObject({
      promptTokens: amount,
      completionTokens: amount,
      cost: v.exactOptional(amount),
    }),
  ),
};

/** The data of every known event. Fields that are not named here are allowed and kept. */
const dataSchemas = {
  node: v.looseObject({
    id,
    parent: v.nullable(id),
    at: count,
    text: v.exactOptional(v.string()),
    status: v.exactOptional(endStatus),
    source,
    batch: id,
    index: count,
    asked: v.exactOptional(asked),
    created: time,
    ...ending,
  }),
  text: v.looseObject({ node: id, text: v.string() }),
  end: v.looseObject({
    node: id,
    text: v.exactOptional(v.string()),
    status: endStatus,
    ...ending,
  }),
  place: v.pipe(
    v.looseObject({ node: id, from: count, start: count, end: count }),
    v.check(({ start, end }) => end >= start, 'end lies before start'),
  ),
  mark: v.looseObject({ node: id, mark: id, value: v.nullable(v.string()) }),
  prune: v.looseObject({ node: id, pruned: v.boolean() }),
};

const frame = { writer: v.pipe(v.string(), v.regex(WRITER_PATTERN)), seq: count, time };
const known = <E extends keyof typeof dataSchemas>(event: E) =>
  v.looseObject({ v: v.literal(1), ...frame, event: v.literal(event), data: dataSchemas[event] });
const knownSchema = v.variant('event', [
  known('node'),
  known('text'),
  known('end'),
  known('place'),
  known('mark'),
  known('prune'),
]);
const unknownSchema = v.looseObject({
  v: count,
  ...frame,
  event: v.pipe(v.string(), v.minLength(1)),
  data: v.unknown(),
});

/** Names every event this version knows. */
export const EVENT_NAMES = Object.keys(dataSchemas) as readonly (keyof typeof dataSchemas)[];

/**
 * Says what a parsed line is, and of a bad one why. It is thorough and slow: `isKnownEvent` says the
 * same of sound events in a hundredth of the time.
 */
export function checkEvent(value: unknown): CheckedEvent {
  const version = versionOf(value);
  if (version !== undefined && version > 1) {
    const newer = v.safeParse(unknownSchema, value);
    return { kind: 'newer', version, ...(newer.success ? { event: newer.output } : {}) };
  }
  const framed = v.safeParse(unknownSchema, value);
  if (!framed.success) {
    return bad(framed.issues);
  }
  if (framed.output.v !== 1) {
    return { kind: 'bad', reason: 'v: there is no version 0' };
  }
  if (!(EVENT_NAMES as readonly string[]).includes(framed.output.event)) {
    return { kind: 'unknown', event: framed.output };
  }
  const event = v.safeParse(knownSchema, value);
  return event.success ? { kind: 'known', event: event.output } : bad(event.issues);
}

function versionOf(value: unknown): number | undefined {
  if (typeof value !== 'object' || value === null || !('v' in value)) {
    return undefined;
  }
  return typeof value.v === 'number' && Number.isSafeInteger(value.v) ? value.v : undefined;
}

/** The first issue, as "field: what is wrong". */
function bad(issues: readonly [v.BaseIssue<unknown>, ...v.BaseIssue<unknown>[]]): CheckedEvent {
  const [issue] = issues;
  return { kind: 'bad', reason: `${v.getDotPath(issue) ?? 'line'}: ${issue.message}` };
}
