import { VariorumError } from '../error';
import { endpointAddress } from './address';
import type { Endpoint } from './endpoint';
import { countOf, isRecord, listOf, stringOf, type JsonRecord } from './json';
import type { Price } from '../price';
import { modelError } from './modelError';
import { WireError, type Wire } from './wire';

/** A model that a server offers. */
export interface ListedModel {
  id: string;
  /** Tokens it takes at most, where the server says so. */
  contextLength?: number;
  /** What its tokens cost, where the server says so. */
  price?: Price;
}

/** How servers call the length of the context. */
const LENGTH_FIELDS = [
  'context_length',
  'max_model_len',
  'max_context_length',
  'context_window',
  'n_ctx',
  'n_ctx_train',
  'max_seq_len',
];

/**
 * The models of an endpoint, in the server's order, each once.
 * @throws VariorumError
 */
export async function readModels(
  { baseUrl, key }: Omit<Endpoint, 'model'>,
  wire: Wire,
  signal: AbortSignal,
): Promise<readonly ListedModel[]> {
  const { origin } = endpointAddress(baseUrl);
  const answer = await wire.models(signal).catch((error: unknown) => {
    if (!(error instanceof WireError)) {
      throw error;
    }
    const who = { origin, model: 'list', hasKey: key !== undefined && key !== '' };
    throw new VariorumError(listError(modelError(error.failure, who, false), origin));
  });
  const models = modelList(answer);
  if (models === undefined) {
    const failure = { kind: 'not-a-stream', contentType: '', beginning: '' } as const;
    throw new VariorumError(modelError(failure, { origin, model: '', hasKey: false }, false));
  }
  return models;
}

function listError<E extends { code: string; message: string }>(error: E, origin: string): E {
  return error.code === 'not-found'
    ? { ...error, message: `${origin} has no list of models at this address.` }
    : error;
}

/** OpenAI wraps the list in `data`, some servers in `models`, some not at all. */
export function modelList(answer: unknown): ListedModel[] | undefined {
  const list =
    listOf(answer) ??
    (isRecord(answer) ? (listOf(answer['data']) ?? listOf(answer['models'])) : undefined);
  if (list === undefined) {
    return undefined;
  }
  const models = new Map<string, ListedModel>();
  for (const item of list.filter(isRecord)) {
    const id = stringOf(item['id']) ?? stringOf(item['name']);
    if (id !== undefined && id !== '' && !models.has(id)) {
      const contextLength = lengthOf(item);
      const price = pricingOf(item['pricing']);
      models.set(id, {
        id,
        ...(contextLength === undefined ? {} : { contextLength }),
        ...(price ? { price } : {}),
      });
    }
  }
  return [...models.values()];
}

/** `{prompt: '0.0000025', completion: '0.00001'}`: dollars for one token, in text. */
function pricingOf(pricing: unknown): Price | undefined {
  if (!isRecord(pricing)) {
    return undefined;
  }
  const [input, output] = [pricing['prompt'], pricing['completion']].map((amount) =>
    typeof amount === 'string' && amount.trim() === '' ? NaN : 1_000_000 * Number(amount ?? NaN),
  );
  return input !== undefined && output !== undefined && input >= 0 && output >= 0
    ? { input: rounded(input), output: rounded(output) }
    : undefined;
}

/** A millionth of a dollar and less is noise of the arithmetic. */
function rounded(dollars: number): number {
  return Math.round(1_000_000 * dollars) / 1_000_000;
}

function lengthOf(item: JsonRecord): number | undefined {
  const places = [item, item['meta'], item['parameters'], item['top_provider']].filter(isRecord);
  const lengths = places.flatMap((place) => LENGTH_FIELDS.map((field) => countOf(place[field])));
  return lengths.find((length) => length !== undefined && length > 0);
}
