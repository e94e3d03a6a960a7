import { DEFAULT_PORTS, isRecord, kindByOwner, SIGNS, type ServerKindId } from './serverKinds';

/** What a server answered; `json` is undefined when it was something else. */
export interface Answer {
  status: number;
  json: unknown;
}

/** Asks for an address with no key and no cookie; null when nobody answers, or not in time. */
export type Get = (url: string, signal: AbortSignal) => Promise<Answer | null>;

/** A server for models on this machine. */
export interface LocalServer {
  baseUrl: string;
  /** Undefined when it is none that we know. */
  kind: ServerKindId | undefined;
  /** Ids of its models; empty when it shows them only to those who have a key. */
  models: readonly string[];
  needsKey: boolean;
}

export interface Discovery {
  get: Get;
  signal: AbortSignal;
  /** Told of each server as it is found. */
  onFound: (server: LocalServer) => void;
  /** Where to look on 127.0.0.1; the default ports of all known servers when absent. */
  ports?: readonly number[];
}

/**
 * Looks for servers on this machine, on all ports at once. What a server is, it must say itself: a port
 * proves nothing. Resolves when all have answered or not.
 */
export async function discover(discovery: Discovery): Promise<void> {
  const { onFound, signal, ports = DEFAULT_PORTS } = discovery;
  await Promise.all(
    ports.map(async (port) => {
      const server = await lookAt(`http://127.0.0.1:${port}`, discovery);
      if (server !== undefined && !signal.aborted) {
        onFound(server);
      }
    }),
  );
}

async function lookAt(
  origin: string,
  { get, signal }: Discovery,
): Promise<LocalServer | undefined> {
  const baseUrl = `${origin}/v1`;
  const answer = await get(`${baseUrl}/models`, signal);
  if (answer === null) {
    return undefined;
  }
  const listed = answer.status === 200 ? listedModels(answer.json) : undefined;
  const needsKey = answer.status === 401 || answer.status === 403;
  if (listed === undefined && !needsKey) {
    return undefined;
  }
  const kind = kindByOwner(listed?.[0]?.owner) ?? (await kindBySign(origin, get, signal));
  // Anything may answer 401 on these ports.
  if (needsKey && kind === undefined) {
    return undefined;
  }
  return { baseUrl, kind, models: listed?.map(({ id }) => id) ?? [], needsKey };
}

async function kindBySign(
  origin: string,
  get: Get,
  signal: AbortSignal,
): Promise<ServerKindId | undefined> {
  const shown = await Promise.all(
    SIGNS.map(async ({ path, fits }) => {
      const answer = await get(`${origin}${path}`, signal);
      return answer?.status === 200 && fits(answer.json);
    }),
  );
  return SIGNS.find((_, index) => shown[index])?.kind;
}

/** The models of an OpenAI-like list; undefined when it is none. */
function listedModels(json: unknown): { id: string; owner?: string }[] | undefined {
  const data = isRecord(json) ? json['data'] : undefined;
  if (!Array.isArray(data)) {
    return undefined;
  }
  return data.flatMap((item: unknown) => {
    if (!isRecord(item) || typeof item['id'] !== 'string' || item['id'] === '') {
      return [];
    }
    const owner = item['owned_by'];
    return [{ id: item['id'], ...(typeof owner === 'string' ? { owner } : {}) }];
  });
}
