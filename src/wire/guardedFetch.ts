import { WireError } from '../core/model/openai/wire';
import type { WirePlatform } from './platform';
import { within } from './watchedBody';

/** What goes out besides the key: nothing that tells who asks, or with what. */
const SENT = ['accept', 'content-type'];
/** Redirections that keep method and body, which are followed within the origin. */
const KEPT = new Set([307, 308]);
const MAX_REDIRECTS = 3;

/**
 * A `fetch` that sends only the headers needed, carries the key to its own origin alone and gives up
 * when no answer comes.
 */
export function guardedFetch(key: string | undefined, platform: WirePlatform): typeof fetch {
  return async (input, init) => {
    const headers = sentHeaders(new Headers(init?.headers), key);
    const late = new AbortController();
    const signal = AbortSignal.any([late.signal, ...(init?.signal ? [init.signal] : [])]);
    const request: RequestInit = {
      ...init,
      headers,
      signal,
      redirect: 'manual',
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
    };
    let url = input instanceof Request ? input.url : String(input);
    for (let hop = 0; ; hop++) {
      const { fetch } = platform;
      const answer = within(fetch(url, request), platform.timeouts.first, false, platform);
      const response = await answer.catch((error: unknown) => {
        // Nobody waits for it any more: the connection is closed.
        late.abort();
        throw error;
      });
      if (response.type !== 'opaqueredirect' && !isRedirect(response)) {
        return response;
      }
      const to = redirectTarget(response, url);
      if (
        hop === MAX_REDIRECTS ||
        to?.origin !== new URL(url).origin ||
        !isKept(response, request)
      ) {
        late.abort();
        throw new WireError({ kind: 'redirect', to: shown(to) });
      }
      await response.body?.cancel();
      url = to.href;
    }
  };
}

/** @throws WireError `bad-key` */
function sentHeaders(given: Headers, key: string | undefined): Headers {
  const headers = new Headers();
  for (const name of SENT) {
    const value = given.get(name);
    if (value !== null) {
      headers.set(name, value);
    }
  }
  try {
    if (key !== undefined && key !== '') {
      headers.set('authorization', `Bearer ${key}`);
    }
  } catch {
    throw new WireError({ kind: 'bad-key' });
  }
  return headers;
}

function isRedirect({ status, headers }: Response): boolean {
  return status >= 300 && status < 400 && headers.has('location');
}

function isKept({ status }: Response, { method = 'GET' }: RequestInit): boolean {
  return KEPT.has(status) || method.toUpperCase() === 'GET';
}

/** Without what else an address may hold: a password, or the request again. */
function shown(to: URL | null): string {
  return to === null ? 'another address' : `${to.origin}${to.pathname}`;
}

/** Browsers do not tell where a redirection leads. */
function redirectTarget({ headers }: Response, from: string): URL | null {
  try {
    const location = headers.get('location');
    return location === null ? null : new URL(location, from);
  } catch {
    return null;
  }
}
