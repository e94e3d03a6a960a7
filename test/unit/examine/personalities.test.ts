import assert from 'node:assert/strict';
import { MOST_REQUESTS, MOST_TOKENS } from '../../../src/core/model/examine/budget';
import type { LogprobDetail } from '../../../src/core/model/capability/flags';
import { startPersonality, type Personality } from '../../fixtures/personalities';
import type { TestServer } from '../../fixtures/testServer';
import { countAt, examineAt, recordOf, reportOf, valuesOf } from './harness';

type Values = Parameters<typeof valuesOf>[1][number];

interface Case {
  like: Partial<Personality>;
  values: Partial<Record<Values, 'yes' | 'no' | 'unknown'>>;
  semantics?: 'raw' | 'processed' | 'unknown';
  bytes?: 'exact' | 'lossy' | 'none';
  says: readonly string[];
}

/** By name: how a server behaves, and what an examination has to find. */
const CASES: Record<string, Case> = {
  'base-like': {
    like: {},
    values: {
      'completions.rawText': 'yes',
      'completions.base': 'yes',
      'chat.prefill': 'yes',
      'server.several': 'yes',
      'server.seed': 'yes',
      'server.logitBias': 'yes',
      'server.strict': 'no',
      'completions.score': 'no',
      'responses.answers': 'no',
    },
    semantics: 'raw',
    bytes: 'exact',
    says: ['with nothing around it, and it goes on with it', 'as a list of entries'],
  },
  'strict, as OpenAI is': {
    like: {
      ...{ completions: 'none', writes: 'answers', strict: true, maxTop: 20, ids: false },
      ...{ shape: 'content', prefill: false, tokensField: 'max_completion_tokens' },
    },
    values: {
      'completions.answers': 'no',
      'chat.logprobs': 'yes',
      'chat.prefill': 'no',
      'server.strict': 'yes',
      'server.several': 'yes',
      'server.logitBias': 'yes',
      'completions.score': 'unknown',
    },
    semantics: 'raw',
    says: ['Unrecognized request argument supplied: no\\_such\\_parameter', 'told to'],
  },
  'dropping in silence': {
    like: {
      ...{ logprobs: 'none', n: 'dropped', seed: false, logitBias: false, prefill: false },
    },
    values: {
      'chat.logprobs': 'no',
      'completions.logprobs': 'no',
      'server.several': 'no',
      'server.seed': 'no',
      'server.strict': 'no',
      'chat.prefill': 'no',
      'completions.base': 'yes',
    },
    says: [
      'No token probabilities',
      'Each branch is a request of its own',
      'A seed does not bring the same branches again.',
      'dropped in silence',
    ],
  },
  'telling what was drawn from': {
    like: { logprobs: 'processed' },
    values: { 'completions.logprobs': 'yes', 'server.logitBias': 'yes' },
    semantics: 'processed',
    says: ['after temperature or filters', 'at low temperature everything looks sure'],
  },
  'telling what was drawn from, without ids': {
    like: { logprobs: 'processed', ids: false, shape: 'content' },
    values: { 'completions.logprobs': 'yes', 'server.logitBias': 'yes' },
    semantics: 'processed',
    says: ['They differ between temperature'],
  },
  'completions with a template, as Ollama’s': {
    like: {
      ...{ completions: 'template', writes: 'answers', maxTop: 20, n: 'dropped', ids: false },
      ...{ shape: 'content', bytes: 'lossy', logitBias: false, prefill: false },
    },
    values: {
      'completions.answers': 'yes',
      'completions.rawText': 'no',
      'completions.base': 'no',
      'server.several': 'no',
      'server.logitBias': 'no',
      'chat.prefill': 'no',
    },
    semantics: 'raw',
    bytes: 'lossy',
    says: ['put a chat template around the text, so they are not used'],
  },
  'scoring by echo': {
    like: { echo: true, chat: false, shape: 'legacy' },
    values: { 'chat.answers': 'no', 'completions.score': 'yes', 'chat.prefill': 'unknown' },
    semantics: 'raw',
    says: [
      '“Show Token Confidence” scores text that is there with this model.',
      'as arrays side by side',
    ],
  },
  'scoring by prompt_logprobs': {
    like: { promptLogprobs: true },
    values: { 'completions.score': 'yes' },
    says: ['(prompt\\_logprobs)'],
  },
  'saying again what it is told': {
    like: { writes: 'parrot' },
    values: { 'completions.base': 'no', 'chat.prefill': 'no' },
    says: ['wrote “Once upon a time, there was a”'],
  },
  'a chat model behind raw completions': {
    like: { writes: 'answers', prefill: false },
    values: { 'completions.rawText': 'yes', 'completions.base': 'no' },
    says: ['it answers it rather than going on with it'],
  },
  'one branch at a time, in one piece': {
    like: { n: 'refused', streams: false },
    values: { 'server.several': 'no', 'chat.stream': 'no', 'completions.stream': 'no' },
    says: ['Only n = 1 is supported'],
  },
};

describe('examining servers of all kinds', () => {
  let server: TestServer | undefined;
  afterEach(() => server?.close());

  for (const [name, { like, values, semantics, bytes, says }] of Object.entries(CASES)) {
    it(name, async () => {
      server = await startPersonality(like);
      const examination = await examineAt(server);
      const names = Object.keys(values) as Values[];
      assert.deepEqual(valuesOf(examination, names), values, reportOf(examination));
      const record = recordOf(examination);
      const isRaw = record.get('rawText', 'completions').value === 'yes';
      const api = isRaw ? 'completions' : 'chat';
      const detail: LogprobDetail = record.find('logprobs', api)?.detail ?? {};
      if (semantics !== undefined) {
        assert.equal(detail.semantics, semantics, detail.meaning);
      }
      if (bytes !== undefined) {
        assert.equal(detail.bytes, bytes);
      }
      const report = reportOf(examination);
      says.forEach((text) => assert.ok(report.includes(text), `${text}\n\n${report}`));
      const asked = countAt(server);
      assert.ok(asked.requests <= MOST_REQUESTS && asked.requests <= 12, `${asked.requests}`);
      assert.ok(asked.tokens <= MOST_TOKENS && asked.tokens <= 64, `${asked.tokens}`);
      assert.equal(examination.requests.length, asked.requests);
    });
  }
});
