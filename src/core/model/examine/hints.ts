import { isRecord, listOf, numberOf, stringOf, type JsonRecord } from '../openai/json';
import { modelList } from '../openai/listing';
import type { Examiner } from './examiner';
import { refusalOf, verdictOf, type Reply } from './send';

/** What a server says of itself: told to people, and nothing is decided by it. */
export interface Hints {
  /** Ids of its models, sorted; absent where it gives no list. */
  models?: readonly string[];
  owner?: string;
  contextLength?: number;
  /** Parameters that its list says the model takes. */
  supported?: readonly string[];
  /** Its version, or that of its build. */
  version?: string;
  /** The file that the model was read from. */
  file?: string;
  /** Requests that it works on at once. */
  slots?: number;
  /** Names of samplers among its settings. */
  samplers?: readonly string[];
}

/** The list of models, and what it says of this one. */
export async function readList(examiner: Examiner): Promise<Hints> {
  const reply = await examiner.ask('list', { path: '/models' });
  if (reply === undefined) {
    return {};
  }
  if (reply.status === 401 || reply.status === 403) {
    examiner.note('key', 'server', 'yes', refusalOf(reply));
  }
  const [json] = reply.events;
  const listed = verdictOf(reply) === 'taken' ? modelList(json) : undefined;
  if (listed === undefined) {
    const value = verdictOf(reply) === 'silent' ? 'unknown' : 'no';
    examiner.note(
      'list',
      'server',
      value,
      reply.status === 0 ? 'Nobody answered.' : refusalOf(reply),
    );
    return {};
  }
  examiner.note('list', 'server', 'yes', `Models in its list: ${listed.length}.`);
  const { model } = examiner.parts;
  const own = itemsOf(json).find((item) => (item['id'] ?? item['name']) === model);
  const owner = stringOf(own?.['owned_by']);
  const length = listed.find(({ id }) => id === model)?.contextLength;
  const supported = listOf(own?.['supported_parameters'])?.flatMap((name) => stringOf(name) ?? []);
  return {
    models: listed.map(({ id }) => id).sort(),
    ...(owner === undefined ? {} : { owner }),
    ...(length === undefined ? {} : { contextLength: length }),
    ...(supported === undefined ? {} : { supported }),
  };
}

function itemsOf(json: unknown): JsonRecord[] {
  const list =
    listOf(json) ?? (isRecord(json) ? (listOf(json['data']) ?? listOf(json['models'])) : []);
  return (list ?? []).filter(isRecord);
}

/** What servers of some kinds tell without being asked for text. */
export async function readProps(examiner: Examiner): Promise<Hints> {
  const props = await jsonAt(examiner, '/props');
  return props === undefined ? {} : hintsOfProps(props);
}

/** The version, where a server has an address for that alone. */
export async function readVersion(examiner: Examiner): Promise<Hints> {
  const version = stringOf((await jsonAt(examiner, '/api/version'))?.['version']);
  return version === undefined ? {} : { version };
}

async function jsonAt(examiner: Examiner, path: string): Promise<JsonRecord | undefined> {
  const reply: Reply | undefined = await examiner.ask('hints', { path, atRoot: true });
  const [json] = reply?.status === 200 ? reply.events : [];
  return isRecord(json) ? json : undefined;
}

function hintsOfProps(props: JsonRecord): Hints {
  const settings = props['default_generation_settings'];
  const params = isRecord(settings) ? settings['params'] : undefined;
  const samplers = isRecord(params) ? listOf(params['samplers']) : undefined;
  const version = stringOf(props['build_info']);
  const file = stringOf(props['model_path']);
  const slots = numberOf(props['total_slots']);
  return {
    ...(version === undefined ? {} : { version }),
    ...(file === undefined ? {} : { file: file.replace(/^.*[/\\]/u, '') }),
    ...(slots === undefined ? {} : { slots }),
    ...(samplers ? { samplers: samplers.flatMap((name) => stringOf(name) ?? []) } : {}),
  };
}
