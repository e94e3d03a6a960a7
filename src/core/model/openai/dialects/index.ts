import { kindByOwner, SIGNS, type ServerKindId } from '../../discovery/serverKinds';
import { isRecord, listOf, stringOf, type JsonRecord } from '../json';
import { deepSeek } from './deepSeek';
import type { Dialect } from './dialect';
import { generic } from './generic';
import { DIALECT_IDS, type DialectId } from './ids';
import { koboldCpp } from './koboldCpp';
import { llamaCpp } from './llamaCpp';
import { lmStudio } from './lmStudio';
import { ollama } from './ollama';
import { openai } from './openai';
import { openRouter } from './openRouter';
import { textGenerationWebui } from './textGenerationWebui';
import { together } from './together';
import { vllm } from './vllm';

export { generic };
export type { Dialect } from './dialect';

const BY_ID: Readonly<Record<DialectId, Dialect>> = {
  koboldcpp: koboldCpp,
  'llama.cpp': llamaCpp,
  ollama,
  'lm-studio': lmStudio,
  openrouter: openRouter,
  deepseek: deepSeek,
  together,
  'text-generation-webui': textGenerationWebui,
  vllm,
  openai,
  generic,
};

/** Every dialect, in the order in which their signs are believed; the one for all others last. */
export const DIALECTS: readonly Dialect[] = DIALECT_IDS.map((id) => BY_ID[id]);

/** What an answer gives away of who sent it. */
export interface Clues {
  /** Its headers, their names in lower case. */
  headers?: Readonly<Record<string, string>>;
  /** The JSON of an event, of a whole answer, or of a list of models. */
  answer?: unknown;
}

/** The dialect of that id; undefined when there is none. */
export function dialectById(id: string): Dialect | undefined {
  return DIALECTS.find((dialect) => dialect.id === id);
}

/** The dialect of a kind of server; undefined where it has none of its own. */
export function dialectOfKind(kind: ServerKindId): Dialect | undefined {
  return DIALECTS.find(({ signs }) => signs.kind === kind);
}

/** The first dialect that an answer gives away; undefined when it could be anyone's. */
export function recognise({ headers = {}, answer }: Clues): Dialect | undefined {
  const event = isRecord(answer) ? answer : undefined;
  const kinds = event === undefined ? [] : kindsIn(event);
  return DIALECTS.find(
    ({ signs: { kind, headers: own = {}, answer: fits } }) =>
      Object.entries(own).some(([name, value]) => value.test(headers[name] ?? '')) ||
      (kind !== undefined && kinds.includes(kind)) ||
      (event !== undefined && fits?.(event) === true),
  );
}

/**
 * The dialect of a server by addresses that only one kind answers, asked without a key.
 * @param get the JSON at a path of the server, in relation to its origin; undefined when there is none
 */
export async function recogniseBySigns(
  get: (path: string) => Promise<unknown>,
): Promise<Dialect | undefined> {
  const shown = await Promise.all(SIGNS.map(async ({ path, fits }) => fits(await get(path))));
  const kind = SIGNS.find((_, index) => shown[index])?.kind;
  return kind && dialectOfKind(kind);
}

/** Whose models a list says that they are. */
function kindsIn(event: JsonRecord): (ServerKindId | undefined)[] {
  const models = (listOf(event['data']) ?? []).filter(isRecord);
  return models.map((model) => kindByOwner(stringOf(model['owned_by'])));
}
