import { serverMessage } from './serverMessage';
import type { WireFailure } from './wire';

/** A wait that the server asks for is kept to by itself up to this, in seconds; and no request waits more often. */
const MAX_WAIT = 20;
const MAX_WAITS = 4;
/** Answers of a server that has too much to do, or of the one before it that did not reach it. */
const BUSY = new Set([429, 502, 503, 529]);
/** Connections that broke before anything came: kept open from before, and closed by the server meanwhile. */
const BROKEN = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']);

/**
 * Whether the same request may succeed in a while that is worth waiting for.
 * @param waits how often it was put off before
 */
export function mayPass(failure: WireFailure, waits: number): boolean {
  if (failure.kind === 'network') {
    return waits === 0 && failure.code !== undefined && BROKEN.has(failure.code);
  }
  if (failure.kind !== 'status' || !BUSY.has(failure.status) || waits >= MAX_WAITS) {
    return false;
  }
  const { code, type } = serverMessage(failure.body);
  return (failure.retryAfter ?? 0) <= MAX_WAIT && ![code, type].includes('insufficient_quota');
}
