/** OpenAI and every server that speaks its protocol; read when such a model is first used. */
import type { LanguageModel } from '../core/model/languageModel';
import type { Endpoint } from '../core/model/openai/endpoint';
import { readModels, type ListedModel } from '../core/model/openai/listing';
import { OpenAiModel } from '../core/model/openai/openAiModel';
import type { Clock } from '../core/platform';
import { OpenAiWire } from '../wire/openaiWire';

export type { Endpoint } from '../core/model/openai/endpoint';
export type { ListedModel } from '../core/model/openai/listing';

/** What the backend is handed of its platform. */
export interface OpenAiParts {
  fetch: typeof fetch;
  clock: Clock;
  /** A random number, 0 ≤ x < 1. */
  random: () => number;
  /** Milliseconds without a byte after which a request is given up: to the first one, and between two. */
  timeouts?: { first: number; next: number };
}

const TIMEOUTS = { first: 60_000, next: 60_000 };

/** @throws VariorumError `bad-request` when the base URL is not one */
export function createOpenAiModel(endpoint: Endpoint, parts: OpenAiParts): LanguageModel {
  return new OpenAiModel(endpoint, { wire: makeWire(endpoint, parts), clock: parts.clock });
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
  { fetch, clock, timeouts = TIMEOUTS }: OpenAiParts,
): OpenAiWire {
  return new OpenAiWire(endpoint, { fetch, clock, timeouts });
}
