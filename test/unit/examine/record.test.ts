import assert from 'node:assert/strict';
import { CapabilityRecord } from '../../../src/core/model/capability/capabilityRecord';
import { readStoredRecord } from '../../../src/core/model/capability/storedRecord';
import { Learned } from '../../../src/core/model/openai/learned';
import { startPersonality, type Personality } from '../../fixtures/personalities';
import { sendStream, TestServer } from '../../fixtures/testServer';
import { clock } from '../../../src/cli/platform';
import { createOpenAiModel, type StoredRecord } from '../../../src/parts/openai';
import { collect, PASSAGE } from '../openai/harness';
import { examineAt } from './harness';

const yes = (evidence: string) => ({ value: 'yes', evidence }) as const;
const no = (evidence: string) => ({ value: 'no', evidence }) as const;

describe('the record of what a model can do', () => {
  it('says when something was found, and keeps the first time that it was seen', () => {
    let now = 1000;
    const record = new CapabilityRecord({ now: () => now });
    record.note('seed', 'server', yes('seen'));
    now = 2000;
    record.note('seed', 'server', yes('seen'));
    assert.deepEqual(record.get('seed'), { ...yes('seen'), time: 1000 });
    record.note('seed', 'server', no('gone'));
    assert.deepEqual(record.get('seed'), { ...no('gone'), time: 2000, fell: true });
    record.note('seed', 'server', yes('back'));
    assert.equal(record.get('seed').fell, undefined);
  });

  it('keeps details that are not found anew', () => {
    const record = new CapabilityRecord();
    record.note('logprobs', 'chat', yes('a'), { semantics: 'raw', maxTop: 20 });
    record.note('logprobs', 'chat', yes('b'), { maxTop: 5 });
    assert.deepEqual(record.find('logprobs', 'chat')?.detail, { semantics: 'raw', maxTop: 5 });
    assert.equal(record.get('logprobs', 'completions').value, 'unknown');
  });

  it('comes back as it was kept, and is dropped where it is no record', () => {
    const record = new CapabilityRecord({ now: () => 5, source: 'examined' });
    record.note('several', 'server', yes('2 came'), { max: 4 });
    record.noteParameter('min_p', no('refused'));
    record.tokensField = 'max_completion_tokens';
    const kept = JSON.parse(JSON.stringify(record)) as unknown;
    const stored = readStoredRecord(kept);
    assert.ok(stored);
    assert.deepEqual(new CapabilityRecord({ stored }).toJSON(), record.toJSON());
    for (const bad of [null, 'x', [], {}, { ...stored, v: 2 }, { ...stored, flags: { a: 1 } }]) {
      assert.equal(readStoredRecord(bad), undefined);
    }
  });

  it('makes requests as it says', () => {
    const record = new CapabilityRecord();
    const learned = new Learned(record);
    record.note('several', 'server', no('one came'));
    assert.equal(learned.nMax, 1);
    record.note('several', 'server', yes('four came'), { max: 4 });
    assert.equal(learned.nMax, 4);
    record.note('logprobs', 'chat', yes('came'), { maxTop: 21, isBound: false });
    assert.equal(learned.maxTop('chat'), Infinity);
    learned.limitTop('chat', 5);
    assert.equal(learned.maxTop('chat'), 5);
    record.noteParameter('min_p', no('dropped'));
    assert.equal(learned.refuses('min_p'), true);
    assert.equal(learned.rawText.value, 'unknown');
    learned.setApi('completions', yes('answered'));
    assert.equal(learned.rawText.value, 'yes');
    record.note('rawText', 'completions', no('a template'));
    assert.equal(learned.rawText.value, 'no');
  });
});

describe('a model that was examined', () => {
  let server: TestServer;
  afterEach(() => server.close());

  async function opened(like: Partial<Personality>) {
    server = await startPersonality(like);
    const { record } = await examineAt(server);
    const model = createOpenAiModel(
      { baseUrl: server.baseUrl, model: 'stories260K' },
      { fetch, clock, random: () => 0.5 },
      { record: JSON.parse(JSON.stringify(record)) },
    );
    server.received.length = 0;
    return model;
  }

  it('says what its numbers mean, before it has been asked for anything', async () => {
    const model = await opened({ logprobs: 'processed' });
    const { logprobs, raw, seed, prefill } = model.capabilities;
    assert.equal(logprobs.value, 'yes');
    assert.equal(logprobs.semantics, 'processed');
    assert.ok((logprobs.time ?? 0) > 1e12);
    assert.deepEqual([raw.value, seed.value, prefill.value], ['yes', 'yes', 'yes']);
    assert.equal(server.received.length, 0);
  });

  it('is not asked by completions that put a template around the text', async () => {
    const model = await opened({ completions: 'template', writes: 'answers', prefill: false });
    assert.equal(model.capabilities.raw.value, 'no');
    await collect(model, {}, PASSAGE);
    assert.deepEqual(
      server.received.map(({ path }) => path),
      ['/v1/chat/completions'],
    );
  });

  it('is asked for each branch alone where several are dropped in silence', async () => {
    const model = await opened({ n: 'dropped' });
    const { branches } = await collect(model, { n: 3 });
    assert.equal(branches.length, 3);
    assert.equal(server.received.length, 3);
    assert.ok(server.received.every(({ body }) => !('n' in (body as object))));
  });

  it('loses a flag when an answer shows the contrary, and gains it again', async () => {
    let gives = false;
    const logprobs = { content: [{ token: 'x', logprob: -0.1, top_logprobs: [] }] };
    server = await TestServer.start((_, response) => {
      const said = { index: 0, text: 'x', finish_reason: 'stop' };
      sendStream(response, [{ choices: [{ ...said, logprobs: gives ? logprobs : null }] }]);
    });
    const examined = new CapabilityRecord({ now: () => 1000, source: 'examined' });
    examined.note('logprobs', 'completions', yes('They came.'), { semantics: 'raw' });
    const learnt: StoredRecord[] = [];
    const model = createOpenAiModel(
      { baseUrl: server.baseUrl, model: 'stories260K' },
      { fetch, clock, random: () => 0.5 },
      { record: examined.toJSON(), onLearnt: (now) => learnt.push(now) },
    );
    assert.equal(model.capabilities.logprobs.value, 'yes');
    await collect(model);
    const { value, fell, evidence, time = 0 } = model.capabilities.logprobs;
    assert.deepEqual([value, fell], ['no', true]);
    assert.match(evidence, /asked for and did not come/);
    assert.ok(time > 1000);
    assert.equal(learnt.at(-1)?.flags['completions.logprobs']?.value, 'no');
    gives = true;
    await collect(model);
    assert.equal(model.capabilities.logprobs.value, 'yes');
    assert.equal(model.capabilities.logprobs.fell, undefined);
    assert.equal(model.capabilities.logprobs.semantics, 'raw');
  });
});
