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

/** Headers that say when more is allowed, of what is counted beside each. */
const RESETS: readonly { left: string; reset: string }[] = [
  { left: 'x-ratelimit-remaining-requests', reset: 'x-ratelimit-reset-requests' },
  { left: 'x-ratelimit-remaining-tokens', reset: 'x-ratelimit-reset-tokens' },
  { left: 'anthropic-ratelimit-requests-remaining', reset: 'anthropic-ratelimit-requests-reset' },
  { left: 'anthropic-ratelimit-tokens-remaining', reset: 'anthropic-ratelimit-tokens-reset' },
  { left: 'x-ratelimit-remaining', reset: 'x-ratelimit-reset' },
  { left: 'x-tokenlimit-remaining', reset: 'x-tokenlimit-reset' },
  { left: 'ratelimit-remaining', reset: 'ratelimit-reset' },
];

/**
 * Seconds that a refusal asks to wait: by `Retry-After`, else until what is used up is there again.
 * @param now milliseconds since the epoch
 */
export function waitTold(headers: Headers, status: number, now: number): number | undefined {
  const milliseconds = Number(headers.get('retry-after-ms') ?? NaN);
  if (Number.isFinite(milliseconds)) {
    return Math.max(0, Math.ceil(milliseconds / 1000));
  }
  const asked = retryAfter(headers.get('retry-after'), now);
  if (asked !== undefined || status !== 429) {
    return asked;
  }
  // Where a limit says what is left of it, and that is something, it is not why.
  const waits = RESETS.filter(({ left }) => (headers.get(left)?.trim() ?? '0') === '0').flatMap(
    ({ reset }) => resetAfter(headers.get(reset), now) ?? [],
  );
  return waits.length > 0 ? Math.max(...waits) : undefined;
}

/** Numbers above these are moments, not durations: seconds and milliseconds since the epoch. */
const MOMENT = { seconds: 1e9, milliseconds: 1e12 };
const UNITS: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400 };

/** Seconds until a limit is reset: `6m0s`, `20ms`, `1.5`, a moment in numbers, or a date. */
function resetAfter(header: string | null, now: number): number | undefined {
  const text = header?.trim() ?? '';
  if (/^(\d+(\.\d+)?(ms|s|m|h|d))+$/.test(text)) {
    const parts = Array.from(text.matchAll(/([\d.]+)(ms|[smhd])/g));
    return Math.ceil(
      parts.reduce((sum, [, count, unit]) => sum + Number(count) * (UNITS[unit ?? 's'] ?? 1), 0),
    );
  }
  const number = Number(text === '' ? NaN : text);
  if (number > MOMENT.seconds) {
    const moment = number > MOMENT.milliseconds ? number : 1000 * number;
    return Math.max(0, Math.ceil((moment - now) / 1000));
  }
  return retryAfter(header, now);
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
