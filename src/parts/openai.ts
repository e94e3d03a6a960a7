/** OpenAI and every server that speaks its protocol; read when such a model is first used. */
import { readStoredRecord, type StoredRecord } from '../core/model/capability/storedRecord';
import { examine, type Examination } from '../core/model/examine/examine';
import type { Step } from '../core/model/examine/examiner';
import type { LanguageModel } from '../core/model/languageModel';
import type { Endpoint } from '../core/model/openai/endpoint';
import { readModels, type ListedModel } from '../core/model/openai/listing';
import { endpointAddress } from '../core/model/openai/address';
import { OpenAiModel } from '../core/model/openai/openAiModel';
import { OriginGates } from '../core/model/openai/originGate';
import type { Clock } from '../core/platform';
import { examineSend } from '../wire/examineSend';
import { OpenAiWire } from '../wire/openaiWire';
import type { RequestWatch } from '../wire/requestWatch';

export type { Endpoint } from '../core/model/openai/endpoint';
export type { StoredRecord } from '../core/model/capability/storedRecord';
export type { Examination } from '../core/model/examine/examine';
export type { Step } from '../core/model/examine/examiner';
export { examinationReport } from '../core/model/examine/report';
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

/** What is kept of a model between two uses. */
export interface Kept {
  /** JSON that `onLearnt`, or an examination, gave once; anything else is left alone. */
  record?: unknown;
  /** Told whenever the model's answers have shown something new. */
  onLearnt?: (record: StoredRecord) => void;
}

/** @throws VariorumError `bad-request` when the base URL is not one */
export function createOpenAiModel(
  endpoint: Endpoint,
  parts: OpenAiParts,
  { record, onLearnt }: Kept = {},
): LanguageModel {
  const stored = readStoredRecord(record);
  const { clock, random, gates = new OriginGates(clock, random) } = parts;
  return new OpenAiModel(endpoint, {
    wire: makeWire(endpoint, parts),
    clock,
    gate: gates.of(endpointAddress(endpoint.baseUrl).origin),
    ...(stored ? { stored } : {}),
    ...(onLearnt ? { onLearnt } : {}),
  });
}

/**
 * Finds out what a model can do by a few cheap requests.
 * @throws VariorumError when nobody answers, or only to those who have a key
 */
export async function examineModel(
  endpoint: Endpoint,
  { fetch, clock, timeouts = TIMEOUTS }: OpenAiParts,
  signal: AbortSignal,
  onStep?: (step: Step) => void,
): Promise<Examination> {
  const { origin } = endpointAddress(endpoint.baseUrl);
  const { model, key } = endpoint;
  const send = examineSend(endpoint, { fetch, clock, timeouts });
  const who = { origin, model, hasKey: key !== undefined && key !== '' };
  const now = () => clock.now();
  return examine(endpoint, who, { send, now, signal, ...(onStep ? { onStep } : {}) });
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
