import { APIConnectionTimeoutError, APIError } from 'openai';
import { WireError, type WireFailure } from '../core/model/openai/wire';

/** What was thrown on the way, as plain data. */
export function wireFailure(error: unknown): WireFailure {
  const own = causes(error).find((cause) => cause instanceof WireError);
  if (own !== undefined) {
    return own.failure;
  }
  if (error instanceof APIError && typeof error.status === 'number') {
    const { status, headers } = error as APIError<number, Headers>;
    const wait = waitTold(headers, status, Date.now());
    const body: unknown = error.error ?? error.message.replace(/^\d+ /, '');
    return { kind: 'status', status, body, ...(wait === undefined ? {} : { retryAfter: wait }) };
  }
  if (error instanceof APIConnectionTimeoutError) {
    return network(error);
  }
  if (error instanceof APIError && error.error !== undefined) {
    return { kind: 'in-stream', body: error.error };
  }
  return error instanceof SyntaxError ? { kind: 'malformed' } : network(error);
}

function network(error: unknown): WireFailure {
  const chain = causes(error);
  const code = chain.map(codeOf).find((found) => found !== undefined);
  const reasons = chain.map(({ message }) => message).filter((message) => message !== '');
  return { kind: 'network', reason: reasons.at(-1) ?? 'unknown', ...(code ? { code } : {}) };
}

/** The error, its cause, the cause of that, and so on, and the errors that one gathers. */
function causes(error: unknown): Error[] {
  const found: Error[] = [];
  const queue = [error];
  while (queue.length > 0 && found.length < 20) {
    const next = queue.shift();
    if (next instanceof Error && !found.includes(next)) {
      found.push(next);
      queue.push(next.cause, ...(next instanceof AggregateError ? (next.errors as unknown[]) : []));
    }
  }
  return found;
}

function codeOf(error: Error): string | undefined {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' && code !== '' ? code : undefined;
}

/** Headers in which servers tell when a limit is lifted, the most certain first. */
const RESETS = [
  'x-ratelimit-reset-requests',
  'x-ratelimit-reset-tokens',
  'x-ratelimit-reset',
  'x-tokenlimit-reset',
];

/**
 * Seconds that a server asks to wait: by `Retry-After`, by `Retry-After-Ms`, or by when a limit that it speaks
 * of is lifted; undefined where it says nothing of it.
 * @param now milliseconds since the epoch
 */
export function waitTold(headers: Headers, status: number, now: number): number | undefined {
  const milliseconds = Number(headers.get('retry-after-ms') ?? NaN);
  const told =
    retryAfter(headers.get('retry-after'), now) ??
    (milliseconds >= 0 ? Math.ceil(milliseconds / 1000) : undefined);
  if (told !== undefined || status !== 429) {
    return told;
  }
  const resets = RESETS.flatMap((name) => untilReset(headers.get(name), now) ?? []);
  return resets.length > 0 ? Math.max(...resets) : undefined;
}

/** Seconds as `1s`, `6m0s`, `20ms` or a number; a number that is a time is one in seconds or in milliseconds. */
function untilReset(header: string | null, now: number): number | undefined {
  if (header === null) {
    return undefined;
  }
  const number = Number(header);
  if (header.trim() !== '' && Number.isFinite(number)) {
    const isTime = number > 1e9;
    const wait = isTime ? ((number > 1e12 ? number : number * 1000) - now) / 1000 : number;
    return Math.max(0, Math.ceil(wait));
  }
  const pieces = [...header.matchAll(/(\d+(?:\.\d+)?)(ms|h|m|s)/g)];
  const seconds = { h: 3600, m: 60, s: 1, ms: 0.001 } as const;
  const sum = pieces.reduce(
    (total, [, count, unit]) => total + Number(count) * seconds[unit as keyof typeof seconds],
    0,
  );
  return pieces.length > 0 ? Math.ceil(sum) : undefined;
}

/**
 * Seconds of a `Retry-After` header: a number of them, or a date; undefined when it is neither.
 * @param now milliseconds since the epoch
 */
export function retryAfter(header: string | null, now: number): number | undefined {
  if (header === null || header.trim() === '') {
    return undefined;
  }
  const seconds = Number(header);
  const date = Date.parse(header);
  const wait = Number.isFinite(seconds) ? seconds : (date - now) / 1000;
  return Number.isFinite(wait) ? Math.max(0, Math.ceil(wait)) : undefined;
}
