import { readEvent } from '../openai/choices';
import { serverMessage } from '../openai/serverMessage';
import type { RequestBody, WireFailure } from '../openai/wire';

/** One request of an examination. */
export interface Asked {
  /** Below the base URL, such as `/models`; below the origin where `atRoot`. */
  path: string;
  atRoot?: boolean;
  /** Posted as JSON; without one it is a GET. */
  body?: RequestBody;
}

/** What came of it. */
export interface Reply {
  /** Why there is no answer of the server's own; then `status` is 0. */
  failure?: Exclude<WireFailure, { kind: 'status' }>;
  status: number;
  /** The JSON of the answer: one, or that of each event of a stream; empty where it is none. */
  events: readonly unknown[];
  /** Whether it came as a stream of events. */
  streamed: boolean;
}

/** Makes one request, once: never rejects but with defects of ours. */
export type Send = (asked: Asked, signal: AbortSignal) => Promise<Reply>;

/** What an answer says of what was asked for. */
export type Verdict =
  /** It was taken. */
  | 'taken'
  /** It was refused for what it is. */
  | 'refused'
  /** It says nothing of the request: no connection, no key, too many requests, not ready. */
  | 'silent';

/** Answers that are about the request; all other failures say nothing of it. */
const REFUSALS = new Set([400, 404, 405, 410, 413, 415, 422, 500, 501]);

export function verdictOf({ status, events }: Reply): Verdict {
  if (status >= 200 && status < 300) {
    return events.some(isError) ? 'refused' : events.length === 0 ? 'silent' : 'taken';
  }
  return REFUSALS.has(status) ? 'refused' : 'silent';
}

/** An error inside an answer that began well, with nothing written beside it. */
function isError(value: unknown): boolean {
  const hasError = typeof value === 'object' && value !== null && 'error' in value;
  return hasError && value.error !== null && readEvent(value).choices.length === 0;
}

/** What a refusal says, as the end of a sentence. */
export function refusalOf({ status, events }: Reply): string {
  const { text } = serverMessage(events[0]);
  return `The server answered ${status}${text === '' ? '.' : `: ${text}`}`;
}
