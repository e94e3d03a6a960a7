import { MODEL_ERROR_CODES } from '../model/error';
import type { EventName, JournalEvent } from './event';
import { MAX_ID } from './eventSchema';
import type { Asked } from './node';
import { WRITER_PATTERN } from './segmentFile';

type Fields = Record<string, unknown>;

const finishes: ReadonlySet<unknown> = new Set(['stop', 'length', 'cancelled', 'filtered']);
const endStatuses: ReadonlySet<unknown> = new Set(['done', 'stopped', 'failed']);
const semantics: ReadonlySet<unknown> = new Set(['raw', 'processed', 'unknown']);
const byteKinds: ReadonlySet<unknown> = new Set(['exact', 'lossy', 'none']);
const errorCodes: ReadonlySet<unknown> = new Set(MODEL_ERROR_CODES);

const checks: Record<EventName, (data: Fields) => boolean> = {
  node: (data) =>
    isId(data['id']) &&
    (data['parent'] === null || isId(data['parent'])) &&
    isCount(data['at']) &&
    isOptionalString(data['text']) &&
    (data['status'] === undefined || endStatuses.has(data['status'])) &&
    isSource(data['source']) &&
    isId(data['batch']) &&
    isCount(data['index']) &&
    isTime(data['created']) &&
    (data['asked'] === undefined || isAsked(data['asked'])) &&
    isEnding(data),
  text: (data) => isId(data['node']) && typeof data['text'] === 'string',
  end: (data) =>
    isId(data['node']) &&
    isOptionalString(data['text']) &&
    endStatuses.has(data['status']) &&
    isEnding(data),
  place: (data) =>
    isId(data['node']) &&
    isCount(data['from']) &&
    isCount(data['start']) &&
    isCount(data['end']) &&
    data['end'] >= data['start'],
  mark: (data) =>
    isId(data['node']) &&
    isId(data['mark']) &&
    (data['value'] === null || typeof data['value'] === 'string'),
  prune: (data) => isId(data['node']) && typeof data['pruned'] === 'boolean',
};

/**
 * Whether a parsed line is a sound event of this version: the fast path of `checkEvent`, for journals
 * of hundreds of thousands of lines. It never says yes where the schema says no; a no means that the
 * schema has to be asked. Only for values that come from `JSON.parse`.
 */
export function isKnownEvent(value: unknown): value is JournalEvent {
  if (!isFields(value)) {
    return false;
  }
  const { v, writer, seq, time, event, data } = value;
  return (
    v === 1 &&
    typeof writer === 'string' &&
    WRITER_PATTERN.test(writer) &&
    isCount(seq) &&
    isTime(time) &&
    typeof event === 'string' &&
    Object.hasOwn(checks, event) &&
    isFields(data) &&
    checks[event as EventName](data)
  );
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isId(value: unknown): boolean {
  return typeof value === 'string' && value.length > 0 && value.length <= MAX_ID;
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isTime(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

function isOptionalString(value: unknown): boolean {
  return value === undefined || typeof value === 'string';
}

function isSource(value: unknown): boolean {
  if (Array.isArray(value)) {
    return value.length === 3 && value.every((each) => typeof each === 'string');
  }
  if (!isFields(value)) {
    return false;
  }
  switch (value['kind']) {
    case 'human':
    case 'unknown':
      return true;
    case 'model':
      return (
        typeof value['model'] === 'string' &&
        typeof value['strategy'] === 'string' &&
        typeof value['prompt'] === 'string'
      );
    default:
      return false;
  }
}

const askedChecks: Record<keyof Asked, (value: unknown) => boolean> = {
  n: isCount,
  maxTokens: isCount,
  temperature: isAmount,
  topP: isAmount,
  minP: isAmount,
  samplers: (value) =>
    value === undefined || (isFields(value) && Object.values(value).every(Number.isFinite)),
  seed: (value) => value === undefined || Number.isFinite(value),
  reach: isOptionalString,
  spread: isOptionalString,
  instruction: isOptionalString,
  before: isCount,
  after: (value) => value === undefined || isCount(value),
  notes: isOptionalString,
  earlier: isOptionalString,
};
const askedFields = Object.entries(askedChecks);

function isAsked(value: unknown): boolean {
  return isFields(value) && askedFields.every(([name, isSound]) => isSound(value[name]));
}

function isEnding(data: Fields): boolean {
  const { finish, error, run, seconds, usage } = data;
  return (
    (finish === undefined || finishes.has(finish)) &&
    (error === undefined || isError(error)) &&
    isOptionalAmount(seconds) &&
    (usage === undefined || isUsage(usage)) &&
    (run === undefined ||
      (isFields(run) && semantics.has(run['semantics']) && byteKinds.has(run['bytes'])))
  );
}

function isUsage(value: unknown): boolean {
  return (
    isFields(value) &&
    isAmount(value['promptTokens']) &&
    isAmount(value['completionTokens']) &&
    isOptionalAmount(value['cost'])
  );
}

function isAmount(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

function isOptionalAmount(value: unknown): boolean {
  return value === undefined || isAmount(value);
}

function isError(value: unknown): boolean {
  return (
    isFields(value) &&
    errorCodes.has(value['code']) &&
    typeof value['message'] === 'string' &&
    typeof value['action'] === 'string' &&
    typeof value['retryable'] === 'boolean'
  );
}
