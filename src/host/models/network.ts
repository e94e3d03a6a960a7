import type { Answer, Get } from '../../core/model/discovery/discover';

import type { RequestWatch } from '../../parts/openai';

type Fetch = typeof fetch;

/** How long a server on this machine may take to say what it is, in milliseconds. */
const PROBE_TIME = 1500;

/** The one way out to servers. */
export class Network {
  /** @param watch told of every request to a server */
  constructor(readonly watch: RequestWatch) {}

  #substitute: Fetch | undefined;

  /** Whether requests go out from a page, which may not ask servers on plain http. */
  readonly inBrowser = 'WorkerGlobalScope' in globalThis;

  readonly fetch: Fetch = (input, init) => (this.#substitute ?? globalThis.fetch)(input, init);

  /** Asks a server on this machine what it is. No key, no cookie, no `Authorization`, no redirect. */
  readonly probe: Get = async (url, signal): Promise<Answer | null> => {
    const timeout = AbortSignal.any([signal, AbortSignal.timeout(PROBE_TIME)]);
    const since = performance.now();
    const { origin, pathname: path } = new URL(url);
    const tell = (status?: number): void =>
      this.watch.done({
        ...{ method: 'GET', origin, path, events: 0 },
        ...(status === undefined ? {} : { status }),
        end: Math.round(performance.now() - since),
        outcome: status === undefined ? 'network' : 'done',
      });
    try {
      const response = await this.fetch(url, {
        signal: timeout,
        credentials: 'omit',
        redirect: 'error',
        referrerPolicy: 'no-referrer',
      });
      const answer = { status: response.status, json: await json(response) };
      tell(response.status);
      return answer;
    } catch {
      tell();
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
