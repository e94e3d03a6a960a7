/**
 * `npm run bench -- openapi FILE`: every request that can go out, against OpenAI's own description of its API
 * (`openapi.json` of github.com/openai/openai-openapi, which is not in the project).
 */
import { readFile } from 'node:fs/promises';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import type { Measure } from '../../scripts/bench/measure';
import type { RequestBody } from '../../src/core/model/openai/wire';
import { requests, type Built } from '../unit/conformance/requests';

const SCHEMAS = {
  chat: 'CreateChatCompletionRequest',
  completions: 'CreateCompletionRequest',
  responses: 'CreateResponse',
} as const;
type Published = keyof typeof SCHEMAS;

const SEED = 20_261_121;
const COUNT = 2000;
const SHOWN = 5;
const WHAT = 'requests that OpenAI’s description allows';

type Json = Readonly<Record<string, unknown>>;

/** What is allowed by one schema, and the keys that it knows. */
interface Rule {
  validate: ValidateFunction;
  keys: ReadonlySet<string>;
}

export async function openapiBench(): Promise<Measure[]> {
  const [, , , file] = process.argv;
  if (file === undefined) {
    const measured = 'not measured: give the path of openapi.json';
    return [{ what: WHAT, budget: 'all', measured, ok: true }];
  }
  const description = JSON.parse(await readFile(file, 'utf8')) as Json;
  const rules = rulesOf(description);
  const sample = fc.sample(requests, { numRuns: COUNT, seed: SEED });
  const checked = sample.flatMap((built) => {
    const rule = built.api === 'generate' ? undefined : rules[built.api];
    return rule === undefined ? [] : [{ built, rule, said: problem(rule, built, built.body) }];
  });
  const bad = checked.filter(({ said }) => said !== undefined);
  for (const { built, said } of bad.slice(0, SHOWN)) {
    console.error(`${built.dialect.id}, ${built.api}: ${said}`);
  }
  const wrong = checked.flatMap(({ built, rule }) =>
    [{ temperature: 'warm' }, { toplogprobs: 5 }].map((fault) =>
      problem(rule, built, { ...built.body, ...fault }),
    ),
  );
  const found = wrong.filter((said) => said !== undefined).length;
  return [
    {
      what: WHAT,
      budget: 'all',
      measured: `${checked.length - bad.length} of ${checked.length}`,
      ok: checked.length > 0 && bad.length === 0,
    },
    {
      what: 'deliberately wrong requests that it finds',
      budget: 'all',
      measured: `${found} of ${wrong.length}`,
      ok: wrong.length > 0 && found === wrong.length,
    },
  ];
}

function rulesOf(description: Json): Partial<Record<Published, Rule>> {
  const ajv = new Ajv2020({ strict: false, allErrors: false });
  addFormats(ajv);
  const id = 'openai';
  const document = withoutNullable(description) as Json;
  ajv.addSchema({ ...document, $id: id });
  const entries = Object.entries(SCHEMAS).flatMap(([api, name]) => {
    const validate = ajv.getSchema(`${id}#/components/schemas/${name}`);
    const keys = new Set(keysOf(document, name));
    return validate && keys.size > 0 ? [[api, { validate, keys }] as const] : [];
  });
  return Object.fromEntries(entries);
}

/** `nullable` is no word of this JSON Schema: unless it is rewritten, nothing is checked. */
function withoutNullable(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(withoutNullable);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const { nullable, ...rest } = Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, withoutNullable(each)]),
  );
  return nullable === true ? { anyOf: [rest, { type: 'null' }] } : rest;
}

/** The properties of a schema, of those that it is made of, and of those that it refers to. */
function keysOf(document: Json, name: string): string[] {
  const at = (value: unknown, key: string): unknown => (value as Json | undefined)?.[key];
  const schemas = at(at(document, 'components'), 'schemas');
  const walk = (schema: unknown): string[] => {
    const reference = at(schema, '$ref');
    if (typeof reference === 'string') {
      return walk(at(schemas, reference.slice(reference.lastIndexOf('/') + 1)));
    }
    const parts = ['allOf', 'anyOf', 'oneOf'].flatMap(
      (word) => at(schema, word) ?? [],
    ) as unknown[];
    return [...Object.keys(at(schema, 'properties') ?? {}), ...parts.flatMap(walk)];
  };
  return walk(at(schemas, name));
}

/** What is wrong with a body once the dialect's own additions are taken out of it; undefined when nothing is. */
function problem(rule: Rule, built: Built, body: RequestBody): string | undefined {
  const own = ownKeys(built);
  const published = Object.entries(body).filter(([key]) => rule.keys.has(key) || !own.has(key));
  const unknown = published.find(([key]) => !rule.keys.has(key));
  if (unknown) {
    return `it has no ${unknown[0]}`;
  }
  const otherForms = keysOfOtherForm(built);
  const checked = published.filter(([key]) => !otherForms.has(key));
  const stand = otherForms.has('prompt') ? { prompt: 'text and ids' } : {};
  const isAllowed = rule.validate({ ...Object.fromEntries(checked), ...stand });
  const [error] = isAllowed ? [] : (rule.validate.errors ?? []);
  return error && `${error.instancePath} ${error.message}`;
}

/** Parameters that the dialect declares beyond the description. */
function ownKeys({ dialect, api }: Built): ReadonlySet<string> {
  const { samplers = {}, own = [] } = dialect.apis[api] ?? {};
  return new Set([...Object.values(samplers), ...own, ...Object.keys(dialect.prefill.body ?? {})]);
}

/** Known parameters of which the dialect declares another form. */
function keysOfOtherForm({ dialect, api, body }: Built): ReadonlySet<string> {
  const { logprobs, logitBias } = dialect.apis[api] ?? {};
  return new Set([
    ...(api === 'chat' && logprobs?.form === 'count' ? ['logprobs'] : []),
    ...(logitBias === 'text' ? ['logit_bias'] : []),
    ...(Array.isArray(body['prompt']) ? ['prompt'] : []),
  ]);
}
