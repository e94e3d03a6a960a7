import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { DIALECTS, dialectById } from '../../../src/core/model/openai/dialects';
import type { Built } from './requests';
import { requests } from './requests';
import { problemsWith, type Published } from './packageTypes';
import { recording } from '../../fixtures/replayServer';

const SEED = 20_261_121;
/** Enough that every dialect comes with every API and strategy some times. */
const COUNT = 400;

let sample: Built[] = [];

function published(built: readonly Built[]): { request: Built; api: Published }[] {
  return built.flatMap((request) => {
    const { api } = request;
    return api === 'generate' ? [] : [{ request, api }];
  });
}

describe('every request that can go out', () => {
  before(() => {
    sample = fc.sample(requests, { numRuns: COUNT, seed: SEED });
  });

  it('comes up for every dialect, API and strategy that there is', () => {
    const seen = new Set(sample.map(({ dialect, api }) => `${dialect.id} ${api}`));
    const all = DIALECTS.flatMap(({ id, raw, talk }) =>
      [...(raw ? [raw] : []), ...talk.slice(0, 1)].map((api) => `${id} ${api}`),
    );
    assert.deepEqual(
      all.filter((one) => !seen.has(one)),
      [],
    );
    const strategies = new Set(sample.map(({ strategy }) => strategy));
    assert.equal(strategies.size, 5);
  });

  it('is what OpenAI’s package and the dialect’s own additions allow, and no other key', () => {
    const checked = published(sample);
    const problems = problemsWith(checked);
    const bad = checked.flatMap(({ request: { dialect, api, body } }, i) =>
      (problems[i] ?? []).map((said) => `${dialect.id} ${api}: ${said} ${JSON.stringify(body)}`),
    );
    assert.deepEqual(bad.slice(0, 3), []);
  });

  it('and one that is wrong is found out, in each of the ways in which it can be', () => {
    const request = sample.find(({ dialect, api }) => dialect.id === 'openai' && api === 'chat');
    assert.ok(request);
    const { body } = request;
    const { messages: _, ...without } = body;
    const wrong: Readonly<Record<string, Built['body']>> = {
      'a misspelt key': { ...body, toplogprobs: 5 },
      'a key of another dialect': { ...body, min_p: 0.1 },
      'a text for a number': { ...body, temperature: 'warm' },
      'a number for a switch': { ...body, logprobs: 5 },
      'no messages': without,
      'a role that is none': { ...body, messages: [{ role: 'author', content: 'x' }] },
    };
    const checked = [
      { request, api: 'chat' as const },
      ...Object.values(wrong).map((one) => ({
        request: { ...request, body: one },
        api: 'chat' as const,
      })),
    ];
    const [right, ...found] = problemsWith(checked);
    assert.deepEqual(right, []);
    Object.keys(wrong).forEach((what, i) => assert.notDeepEqual(found[i], [], what));
  });

  it('keeps to the bounds that OpenAI’s package tells in its comments', () => {
    const of = (dialect: string, api: string) =>
      sample.filter((built) => built.dialect.id === dialect && built.api === api);
    const chat = of('openai', 'chat');
    assert.ok(chat.length > 10);
    for (const { field, file, says, min, max } of BOUNDS) {
      assert.match(comments(file), says, `${field} in ${file}`);
      const api = file === COMPLETIONS ? 'completions' : file === CHAT ? 'chat' : 'responses';
      for (const { body } of of('openai', api)) {
        const value = body[field];
        if (typeof value === 'number') {
          assert.ok(value >= min && value <= max, `${field} ${value}`);
        }
      }
    }
  });

  it('never goes out with what is set to nothing, or with numbers that JSON has not', () => {
    for (const { body } of sample) {
      assert.deepEqual(JSON.parse(JSON.stringify(body)), body);
    }
  });
});

const CHAT = 'chat/completions/completions.d.ts';
const COMPLETIONS = 'completions.d.ts';
const RESPONSES = 'responses/responses.d.ts';
const BOUNDS = [
  { field: 'top_logprobs', file: CHAT, says: /integer between 0 and 20/i, min: 0, max: 20 },
  {
    field: 'temperature',
    file: CHAT,
    says: /sampling temperature to use, between 0 and 2/i,
    min: 0,
    max: 2,
  },
  {
    field: 'frequency_penalty',
    file: CHAT,
    says: /Number between -2\.0 and 2\.0/i,
    min: -2,
    max: 2,
  },
  {
    field: 'presence_penalty',
    file: COMPLETIONS,
    says: /Number between -2\.0 and 2\.0/i,
    min: -2,
    max: 2,
  },
  {
    field: 'logprobs',
    file: COMPLETIONS,
    says: /maximum value for `logprobs` is 5/i,
    min: 0,
    max: 5,
  },
  { field: 'top_logprobs', file: RESPONSES, says: /integer between 0 and 20/i, min: 0, max: 20 },
] as const;

/** The comments of a file of the package, in one line. */
function comments(file: string): string {
  const text = readFileSync(`node_modules/openai/resources/${file}`, 'utf8');
  return text.replace(/\s*\n\s*\* ?/g, ' ');
}

describe('what goes to llama.cpp', () => {
  /** Requests that a llama-server was recorded to take. */
  const taken = readdirSync('test/fixtures/transcripts')
    .map((file) => recording(file.replace(/\.json$/, '')))
    .filter(({ response: { status } }) => status === 200);
  /** Names that its own answer tells of. */
  const told = (recording('62-native-samplers').response.json as { generation_settings: object })
    .generation_settings;
  const dialect = dialectById('llama.cpp');

  it('calls every sampler as the server itself does', () => {
    for (const { samplers } of Object.values(dialect?.apis ?? {})) {
      assert.deepEqual(
        Object.values(samplers).filter((name) => !(name in told)),
        [],
      );
    }
  });

  it('has the forms of the recorded requests, wherever a parameter was recorded', () => {
    const known = sample.filter((built) => built.dialect === dialect);
    const compared = new Set<string>();
    for (const { api, body } of known) {
      const path = api === 'chat' ? '/v1/chat/completions' : '/v1/completions';
      for (const [name, value] of Object.entries(body)) {
        const forms = taken
          .filter(({ request }) => request.path === path || IN_COMMON.has(name))
          .flatMap(({ request }) =>
            name in (request.body ?? {}) ? [formOf(request.body?.[name])] : [],
          );
        if (forms.length > 0) {
          compared.add(`${api} ${name}`);
          assert.ok(forms.includes(formOf(value)), `${api} ${name} ${JSON.stringify(value)}`);
        }
      }
    }
    const needed = ['chat messages', 'chat logprobs', 'completions logprobs', 'completions prompt'];
    assert.deepEqual(
      needed.filter((name) => !compared.has(name)),
      [],
    );
  });
});

/** Recorded in all its forms by one of the APIs only, and read by the same code for both. */
const IN_COMMON = new Set(['logit_bias']);

/** A list of text and ids is told apart from nothing else: the server takes any mixture of them. */
function formOf(value: unknown): string {
  return Array.isArray(value) ? 'list' : typeof value;
}
