import assert from 'node:assert/strict';
import { clock } from '../../../src/cli/platform';
import type { ModelError } from '../../../src/core/model/error';
import { createOpenAiModel, type Endpoint, type RequestRecord } from '../../../src/parts/openai';
import { SCRIPT, ScriptedFaults, type Fault } from '../../fixtures/faults';
import { collect, NEW_PARAGRAPH, pieces, type Outcome } from '../openai/harness';

const KEY = 'sk-canary-0123456789+/=';
const TIMEOUTS = { first: 150, next: 150 };
/** Nothing may take longer, in milliseconds: the machine may be slow, a hang is for ever. */
const BOUND = 30_000;

/** The ways to a server: each has to stand everything that servers do. */
const WAYS: Readonly<Record<string, Partial<Endpoint>>> = {
  chat: { api: 'chat', strategy: 'instruction' },
  completions: { api: 'completions' },
  auto: {},
};

function assertPlain(error: ModelError, name: string): void {
  for (const part of [error.message, error.action]) {
    assert.match(part, /^[\s\S]{8,}[.!?…]$/u, `${name}: "${part}" is a sentence`);
    assert.doesNotMatch(part, /undefined|\[object|NaN/, name);
    assert.ok(part.length < 700, `${name}: ${part.length} characters`);
  }
}

function assertSound(name: string, fault: Fault, { chunks, branches }: Outcome): void {
  for (const { index, status, error, text, tokens } of branches) {
    const ends = chunks.filter(({ branch, kind }) => branch === index && kind !== 'delta');
    assert.equal(ends.length, 1, `${name}: branch ${index} ends ${ends.length} times`);
    assert.ok(status === 'done' || status === 'failed', `${name}: ${status}`);
    assert.equal(pieces({ text, tokens }).join(''), text, `${name}: tokens tile`);
    if (error) {
      assertPlain(error, name);
    }
  }
  const [first] = branches;
  if (fault.ends !== 'either') {
    assert.equal(first?.status, fault.ends, `${name}: ${JSON.stringify(first?.error)}`);
  }
  if (fault.text !== undefined) {
    assert.equal(first?.text, fault.text, name);
  }
  assert.ok(!JSON.stringify([chunks, branches]).includes('canary'), `${name}: the key is said`);
}

describe('everything that servers do', () => {
  let server: ScriptedFaults;

  before(async () => {
    server = await ScriptedFaults.start();
  });
  after(() => server.close());

  it('is a script of more than sixty faults', () => {
    assert.ok(Object.keys(SCRIPT).length > 60);
  });

  async function suffer(name: string, way: Partial<Endpoint>) {
    const records: [RequestRecord, unknown][] = [];
    const model = createOpenAiModel(
      { baseUrl: server.baseUrl(name), model: 'm', key: KEY, ...way },
      {
        ...{ fetch, clock, random: () => 0, timeouts: TIMEOUTS },
        watch: {
          wantsText: () => true,
          done: (record, text) => records.push([record, text]),
        },
      },
    );
    const stop = new AbortController();
    const late = setTimeout(() => stop.abort(), BOUND);
    const outcome = await collect(model, { n: 2 }, NEW_PARAGRAPH, stop.signal);
    clearTimeout(late);
    assert.ok(!stop.signal.aborted, `${name}: hangs`);
    return { outcome, records };
  }

  for (const [way, endpoint] of Object.entries(WAYS)) {
    for (const [name, fault] of Object.entries(SCRIPT)) {
      it(`${way}: ${name}`, async () => {
        const before = server.received(name).length;
        const { outcome, records } = await suffer(name, endpoint);
        assertSound(name, fault, outcome);
        const received = server.received(name).slice(before);
        assert.ok(records.length > 0 && records.length <= received.length, 'requests are told of');
        assert.ok(
          !JSON.stringify(records).includes('canary'),
          'no key in what is told of requests',
        );
        await Promise.all(received.map(({ over }) => over));
        assert.equal(server.strayed.length, 0, 'nothing went to another origin');
      });
    }
  }
});
