import type { Answer, Get } from '../../core/model/discovery/discover';

type Fetch = typeof fetch;

/** How long a server on this machine may take to say what it is, in milliseconds. */
const PROBE_TIME = 1500;

/** The one way out to servers. */
export class Network {
  #substitute: Fetch | undefined;

  /** Whether requests go out from a page, which may not ask servers on plain http. */
  readonly inBrowser = 'WorkerGlobalScope' in globalThis;

  readonly fetch: Fetch = (input, init) => (this.#substitute ?? globalThis.fetch)(input, init);

  /** Asks a server on this machine what it is. No key, no cookie, no `Authorization`, no redirect. */
  readonly probe: Get = async (url, signal): Promise<Answer | null> => {
    const timeout = AbortSignal.any([signal, AbortSignal.timeout(PROBE_TIME)]);
    try {
      const response = await this.fetch(url, {
        signal: timeout,
        credentials: 'omit',
        redirect: 'error',
        referrerPolicy: 'no-referrer',
      });
      return { status: response.status, json: await json(response) };
    } catch {
      // Nobody there, too slow, or no server of the kind that is looked for.
      return null;
    }
  };

  /** Puts another way out in place of the real one, for tests; undefined takes it away again. */
  substitute(fetch: Fetch | undefined): void {
    this.#substitute = fetch;
  }
}

async function json(response: Response): Promise<unknown> {
  const text = await response.text();
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
