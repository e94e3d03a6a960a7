import assert from 'node:assert/strict';
import { startRecordedServer } from '../../fixtures/recordedServer';
import type { TestServer } from '../../fixtures/testServer';
import { examineAt, recordOf, reportOf, valuesOf } from './harness';

describe('examining the server of the recordings', () => {
  let server: TestServer;

  beforeEach(async () => {
    server = await startRecordedServer();
  });
  afterEach(() => server.close());

  it('finds what its recordings show', async () => {
    const examination = await examineAt(server);
    assert.deepEqual(
      valuesOf(examination, [
        ...(['server.list', 'chat.answers', 'completions.answers', 'responses.answers'] as const),
        ...(['completions.rawText', 'completions.base', 'chat.prefill'] as const),
        ...(['chat.stream', 'completions.stream', 'server.several', 'server.seed'] as const),
        ...(['chat.logprobs', 'completions.logprobs', 'completions.score'] as const),
        ...(['server.logitBias', 'server.strict', 'server.key'] as const),
      ]),
      {
        ...{ 'server.list': 'yes', 'chat.answers': 'yes', 'completions.answers': 'yes' },
        'responses.answers': 'yes',
        ...{ 'completions.rawText': 'yes', 'completions.base': 'yes', 'chat.prefill': 'yes' },
        ...{ 'chat.stream': 'yes', 'completions.stream': 'yes', 'server.several': 'yes' },
        ...{ 'server.seed': 'yes', 'chat.logprobs': 'yes', 'completions.logprobs': 'yes' },
        ...{ 'completions.score': 'no', 'server.logitBias': 'yes', 'server.strict': 'no' },
        'server.key': 'no',
      },
    );
  });

  it('finds how exact its probabilities are', async () => {
    const record = recordOf(await examineAt(server));
    const { meaning, ...chat } = record.find('logprobs', 'chat')?.detail ?? {};
    assert.deepEqual(chat, {
      ...{ shape: 'content', ids: true, maxTop: 21, isBound: false, streamed: true },
      ...{ semantics: 'raw', bytes: 'exact', chosenListed: false },
    });
    assert.match(meaning ?? '', /with the likeliest token forbidden/);
    assert.equal(record.find('logprobs', 'completions')?.detail.semantics, 'raw');
    assert.deepEqual(record.find('prefill', 'chat')?.detail, { repeats: true });
  });

  it('keeps what the server says of itself as hints', async () => {
    const { hints } = await examineAt(server);
    assert.deepEqual(hints.models, ['stories260K']);
    assert.equal(hints.owner, 'llamacpp');
    assert.equal(hints.contextLength, 512);
    assert.equal(hints.slots, 4);
    assert.ok(hints.samplers?.includes('min_p'));
  });

  it('reports it with the evidence for each', async () => {
    const report = reportOf(await examineAt(server));
    for (const told of [
      '| scores text that is there | ✗ no | It was asked to give the text back (echo) and did not.',
      '| tokens can be forbidden (logit_bias) | ✓ yes | The token 376, the likeliest one, was forbidden and did not come. |',
      'completions: they are the model’s own, before temperature and filters.',
      'Your text goes to it as it stands',
      'Parameters that it does not know are dropped in silence',
      'by 12 requests for 44 tokens at most',
    ]) {
      assert.ok(report.includes(told), `${told}\n\n${report}`);
    }
  });
});
