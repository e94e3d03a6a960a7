import assert from 'node:assert/strict';
import { clock } from '../../../src/cli/platform';
import type { ModelError } from '../../../src/core/model/error';
import { createOpenAiModel, type Endpoint, type RequestRecord } from '../../../src/parts/openai';
import { DIALECTS } from '../../../src/core/model/openai/dialects';
import { SCRIPT, ScriptedFaults, type Fault } from '../../fixtures/faults';
import { collect, NEW_PARAGRAPH, pieces, type Outcome } from '../openai/harness';

const KEY = 'sk-canary-0123456789+/=';
/** Where a fault is that nothing comes, or nothing of use; the others are not waited for, however slow the machine. */
const IS_SILENT = /^(silence|no end)/;
const TIMEOUTS = { short: { first: 500, next: 500 }, long: { first: 60_000, next: 60_000 } };
/** Nothing may take longer, in milliseconds: the machine may be slow, a hang is for ever. */
const BOUND = 120_000;

/** Every API that each kind of server has, and the way on which nothing is known beforehand. */
const WAYS: Readonly<Record<string, Partial<Endpoint>>> = {
  auto: {},
  chat: { api: 'chat', strategy: 'instruction' },
  completions: { api: 'completions' },
  ...Object.fromEntries(
    DIALECTS.flatMap(({ id, apis }) =>
      Object.keys(apis).map((api) => [`${id}, ${api}`, wayTo(id, api)]),
    ),
  ),
};

/** These ways suffer every fault; each of the others a third of them, another one than the way before it. */
const WHOLE_WAYS = ['auto', 'chat', 'completions', 'openai, responses', 'ollama, generate'];
/** Every way suffers everything where this is set. */
const IS_THOROUGH = process.env['VARIORUM_ALL_FAULTS'] !== undefined;
/** So many at once: more would only wait for the machine, and take it for a silent server. */
const AT_ONCE = 8;

/** What a way suffers. */
function faultsOn(way: string): string[] {
  const turn = Object.keys(WAYS).indexOf(way);
  const isWhole = IS_THOROUGH || WHOLE_WAYS.includes(way);
  return Object.keys(SCRIPT).filter((_, i) => isWhole || i % 3 === turn % 3);
}

function wayTo(dialect: string, api: string): Partial<Endpoint> {
  switch (api) {
    case 'chat':
    case 'completions':
    case 'responses':
      return { dialect, api };
    default:
      // The one that is not to be set goes on with raw text.
      return { dialect, strategy: 'raw' };
  }
}

function assertPlain(error: ModelError): void {
  for (const part of [error.message, error.action]) {
    assert.match(part, /^[\s\S]{8,}[.!?…]$/u, `"${part}" is a sentence`);
    assert.doesNotMatch(part, /undefined|\[object|NaN/);
    assert.ok(part.length < 700, `${part.length} characters`);
  }
}

function assertSound(fault: Fault, { chunks, branches }: Outcome): void {
  for (const { index, status, error, text, tokens } of branches) {
    const ends = chunks.filter(({ branch, kind }) => branch === index && kind !== 'delta');
    assert.equal(ends.length, 1, `branch ${index} ends ${ends.length} times`);
    assert.ok(status === 'done' || status === 'failed', status);
    assert.equal(pieces({ text, tokens }).join(''), text, `tokens tile`);
    if (error) {
      assertPlain(error);
    }
  }
  const [first] = branches;
  if (fault.ends !== 'either') {
    assert.equal(first?.status, fault.ends, JSON.stringify(first?.error));
  }
  if (fault.text !== undefined) {
    assert.equal(first?.text, fault.text);
  }
  assert.ok(!JSON.stringify([chunks, branches]).includes('canary'), `the key is said`);
}

describe('everything that servers do', () => {
  let server: ScriptedFaults;

  const problems = new Map<string, string[]>();

  before(async function () {
    this.timeout(1_200_000);
    server = await ScriptedFaults.start();
    const pairs = Object.keys(WAYS).flatMap((way) => faultsOn(way).map((name) => ({ way, name })));
    const workers = Array.from({ length: AT_ONCE }, async () => {
      for (let pair = pairs.shift(); pair; pair = pairs.shift()) {
        const { way, name } = pair;
        await endure(way, name).catch((error: unknown) => {
          problems.set(way, [...(problems.get(way) ?? []), `${name}: ${String(error)}`]);
        });
      }
    });
    await Promise.all(workers);
  });
  after(() => server.close());

  it('is a script of sixty faults and more on every way to a server', () => {
    for (const way of Object.keys(WAYS)) {
      assert.ok(faultsOn(way).length >= 60, way);
    }
  });

  /** @throws AssertionError */
  async function endure(way: string, name: string): Promise<void> {
    const records: [RequestRecord, unknown][] = [];
    const watch = {
      wantsText: () => true,
      done: (record: RequestRecord, text: unknown) => void records.push([record, text]),
    };
    const model = createOpenAiModel(
      { baseUrl: server.baseUrl(name, way), model: 'm', key: KEY, ...WAYS[way] },
      {
        fetch,
        clock,
        random: () => 0,
        timeouts: TIMEOUTS[IS_SILENT.test(name) ? 'short' : 'long'],
        watch,
      },
    );
    const stop = new AbortController();
    const late = setTimeout(() => stop.abort(), BOUND);
    const outcome = await collect(
      model,
      { n: WHOLE_WAYS.includes(way) ? 2 : 1 },
      NEW_PARAGRAPH,
      stop.signal,
    );
    clearTimeout(late);
    assert.ok(!stop.signal.aborted, 'it hangs');
    assertSound(SCRIPT[name] ?? assert.fail(), outcome);
    const received = server.received(name, way);
    assert.ok(records.length > 0, 'requests are told of');
    assert.ok(!JSON.stringify(records).includes('canary'), 'no key in what is told of requests');
    await Promise.all(received.map(({ over }) => over));
  }

  for (const way of Object.keys(WAYS)) {
    it(`${way}: each ends once, in a clear message or in text; connections close; the key is not said`, () => {
      assert.deepEqual(problems.get(way) ?? [], []);
    });
  }

  it('nothing went to another origin', () => {
    assert.equal(server.strayed.length, 0);
  });
});
