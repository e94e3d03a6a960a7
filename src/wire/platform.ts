import type { Clock } from '../core/platform';
import type { RequestWatch } from './requestWatch';

/** What the wire is handed of its platform. */
export interface WirePlatform {
  fetch: typeof fetch;
  clock: Clock;
  /** Milliseconds without a byte after which a request is given up. */
  timeouts: { first: number; next: number };
  /** Told of every request. */
  watch?: RequestWatch;
}
