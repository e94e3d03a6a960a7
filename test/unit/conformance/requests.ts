import fc from 'fast-check';
import {
  SAMPLER_NAMES,
  type Options,
  type Passage,
  type Strategy,
} from '../../../src/core/model/languageModel';
import type { Api } from '../../../src/core/model/openai/api';
import { requestBody } from '../../../src/core/model/openai/body';
import { compose } from '../../../src/core/model/openai/compose';
import { DIALECTS, type Dialect } from '../../../src/core/model/openai/dialects';
import type { Endpoint } from '../../../src/core/model/openai/endpoint';
import { Learned } from '../../../src/core/model/openai/learned';
import type { RequestBody } from '../../../src/core/model/openai/wire';
import { OPTION_RANGES } from '../../../src/core/model/options';

/** A request that can go out. */
export interface Built {
  dialect: Dialect;
  api: Api;
  strategy: Strategy;
  options: Options;
  body: RequestBody;
}

/** The ranges within which OpenAI takes what ours are wider for. */
const NARROWER = { temperature: { min: 0, max: 2 }, n: { min: 1, max: 64 } };

function within(name: keyof typeof OPTION_RANGES): fc.Arbitrary<number> {
  const { integer } = OPTION_RANGES[name];
  const { min, max } = { ...OPTION_RANGES, ...NARROWER }[name];
  return integer
    ? fc.integer({ min, max: Math.min(max, 2 ** 31) })
    : fc.double({ min, max, noNaN: true }).map((value) => (value === 0 ? 0 : value));
}

const prose = fc
  .array(
    fc.constantFrom('She went out.', 'It was late', '\n\n', ' “No,” he said.', 'π 😀 e', ' '),
    {
      maxLength: 12,
    },
  )
  .map((pieces) => pieces.join(''));

/** Long enough to be shown how it goes on. */
const chapter = fc.constant('She went out, and he looked after her for a while.\n\n'.repeat(60));

const emitted = fc.array(
  fc.record(
    { text: fc.constantFrom(' she', ' left', '.'), id: fc.nat(50_000) },
    { requiredKeys: ['text'] },
  ),
  { maxLength: 3 },
);

const passages: fc.Arbitrary<Passage> = fc
  .record({
    before: fc.oneof(prose, chapter),
    after: prose,
    instruction: prose,
    notes: prose,
    told: emitted,
  })
  .map(({ told, before, ...rest }) => ({
    ...rest,
    before: before + told.map(({ text }) => text).join(''),
    ...(told.length > 0
      ? { emitted: told.map(({ text, id }) => ({ text, ...(id === undefined ? {} : { id }) })) }
      : {}),
  }));

const ban = fc.array(
  fc.record(
    { text: fc.constantFrom(' she', ' he'), id: fc.nat(50_000) },
    { requiredKeys: ['text'] },
  ),
  { minLength: 1, maxLength: 3 },
);

const optional = fc.record(
  {
    ...Object.fromEntries(SAMPLER_NAMES.map((name) => [name, within(name)])),
    seed: within('seed'),
    ban,
  },
  { requiredKeys: [] },
);

const options: fc.Arbitrary<Options> = fc
  .tuple(
    fc.record({
      n: within('n'),
      maxTokens: within('maxTokens'),
      temperature: within('temperature'),
      topP: within('topP'),
      minP: within('minP'),
      alternatives: within('alternatives'),
    }),
    optional,
  )
  .map(([always, sometimes]) => ({ ...always, ...sometimes }));

const ways: fc.Arbitrary<Pick<Endpoint, 'api' | 'strategy'>> = fc.oneof(
  fc.record({ api: fc.constantFrom('auto', 'chat', 'completions', 'responses') }),
  fc.record({
    strategy: fc.constantFrom('raw', 'infill', 'prefill', 'few-shot', 'instruction'),
  }),
);

/** Any request: any dialect, API, strategy, passage and options. */
export const requests: fc.Arbitrary<Built> = fc
  .record({ dialect: fc.constantFrom(...DIALECTS), way: ways, passage: passages, asked: options })
  .map(({ dialect, way, passage, asked }) => {
    const endpoint: Endpoint = { baseUrl: 'http://127.0.0.1:1/v1', model: 'm', ...way };
    const learned = new Learned(dialect);
    const { plan, parts } = compose(endpoint, learned, passage, asked);
    const n = Math.min(asked.n, learned.nMax);
    const body = requestBody(
      { model: 'm', plan, parts, options: asked, n, seed: asked.seed },
      learned,
    );
    return { dialect, ...plan, options: asked, body };
  });
