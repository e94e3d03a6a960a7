/** OpenAI and every server that speaks its protocol; read when such a model is first used. */
import type { LanguageModel } from '../core/model/languageModel';
import type { Endpoint } from '../core/model/openai/endpoint';
import { readModels, type ListedModel } from '../core/model/openai/listing';
import { endpointAddress } from '../core/model/openai/address';
import { OpenAiModel } from '../core/model/openai/openAiModel';
import { OriginGates } from '../core/model/openai/originGate';
import type { Clock } from '../core/platform';
import { OpenAiWire } from '../wire/openaiWire';
import type { RequestWatch } from '../wire/requestWatch';

export type { Endpoint } from '../core/model/openai/endpoint';
export { OriginGates } from '../core/model/openai/originGate';
export type { ListedModel } from '../core/model/openai/listing';
export type { RequestRecord, RequestText, RequestWatch } from '../wire/requestWatch';

/** What the backend is handed of its platform. */
export interface OpenAiParts {
  fetch: typeof fetch;
  clock: Clock;
  /** A random number, 0 ≤ x < 1. */
  random: () => number;
  /** Milliseconds without a byte after which a request is given up: to the first one, and between two. */
  timeouts?: { first: number; next: number };
  /** Told of every request. */
  watch?: RequestWatch;
  /** Shared by models whose requests count together; each model has its own when absent. */
  gates?: OriginGates;
}

const TIMEOUTS = { first: 60_000, next: 60_000 };

/** @throws VariorumError `bad-request` when the base URL is not one */
export function createOpenAiModel(endpoint: Endpoint, parts: OpenAiParts): LanguageModel {
  const { clock, random, gates = new OriginGates(clock, random) } = parts;
  const wire = makeWire(endpoint, parts);
  const gate = gates.of(endpointAddress(endpoint.baseUrl).origin);
  return new OpenAiModel(endpoint, { wire, clock, gate });
}

/**
 * The models a server offers, in its order.
 * @throws VariorumError
 */
export async function listModels(
  endpoint: Omit<Endpoint, 'model'>,
  parts: OpenAiParts,
  signal: AbortSignal,
): Promise<readonly ListedModel[]> {
  return readModels(endpoint, makeWire(endpoint, parts), signal);
}

function makeWire(
  endpoint: Omit<Endpoint, 'model'>,
  { fetch, clock, timeouts = TIMEOUTS, watch }: OpenAiParts,
): OpenAiWire {
  return new OpenAiWire(endpoint, { fetch, clock, timeouts, ...(watch ? { watch } : {}) });
}
