import assert from 'node:assert/strict';
import fc from 'fast-check';
import { VariorumError } from '../../../src/core/model/error';
import { costOf, priceOf } from '../../../src/core/multiverse/cost';
import type { Distribution } from '../../../src/core/multiverse/distribution';
import { expandByAsking, expandStored, type Ask } from '../../../src/core/multiverse/expand';
import { Multiverse } from '../../../src/core/multiverse/multiverse';
import { StoredTokens } from '../../../src/core/multiverse/stored';
import { CERTAIN, falling, UNCERTAIN } from '../../fixtures/plots';
import { tokensOf } from '../../fixtures/scriptedModel';

const BOUNDS = { from: 0, cutoff: 0.01, requests: 1000, atOnce: 1, listed: 50 };
const never = new AbortController().signal;
const quiet = () => undefined;

/** Asks that remember what they were asked. */
function remembering(ask: Ask): { asked: string[][]; ask: Ask } {
  const asked: string[][] = [];
  return {
    asked,
    ask: (path, signal) => {
      asked.push([...path]);
      return ask(path, signal);
    },
  };
}

/** The path probabilities of what was asked, in order. */
function massesOf(multiverse: Multiverse, asked: readonly string[][]): number[] {
  const masses = new Map<string, number>();
  for (let id = 0; id < multiverse.size; id++) {
    masses.set(multiverse.tokensTo(id).join('\0'), multiverse.block(id)?.path ?? 0);
  }
  return asked.map((path) => masses.get(path.join('\0')) ?? -1);
}

describe('growing by asking', () => {
  it('asks in the order of probability, never below the cut-off, nor oftener than allowed', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.double({ min: 0.05, max: 0.95, noNaN: true }),
        fc.constantFrom(0.3, 0.05, 0.01),
        fc.integer({ min: 1, max: 60 }),
        async (first, cutoff, requests) => {
          const multiverse = new Multiverse();
          const { asked, ask } = remembering((path) =>
            Promise.resolve(falling(Math.max(0.05, first - 0.1 * (path.length % 3)), 6)),
          );
          const bounds = { ...BOUNDS, cutoff, requests };
          const outcome = await expandByAsking(multiverse, ask, bounds, never, quiet);
          const masses = massesOf(multiverse, asked);
          assert.deepEqual(
            masses,
            [...masses].sort((a, b) => b - a),
          );
          assert.ok(masses.every((mass) => mass >= cutoff));
          assert.ok(asked.length <= requests);
          assert.equal(outcome.asked, asked.length);
          const open = Array.from({ length: multiverse.size }, (_, id) =>
            multiverse.block(id),
          ).filter((block) => block && !multiverse.after(block.id) && block.path >= cutoff);
          assert.equal(outcome.kind, open.length > 0 ? 'bound' : 'done');
        },
      ),
      { numRuns: 60 },
    );
  });

  it('asks below what is enlarged, with a cut-off of its own', async () => {
    const multiverse = new Multiverse();
    await expandByAsking(multiverse, UNCERTAIN, { ...BOUNDS, requests: 1 }, never, quiet);
    const [, , , last] = multiverse.children(0);
    const { asked, ask } = remembering(UNCERTAIN);
    const bounds = { ...BOUNDS, from: last?.id ?? 0, cutoff: 0.1, requests: 9 };
    await expandByAsking(multiverse, ask, bounds, never, quiet);
    assert.ok(asked.length > 1);
    assert.ok(asked.every(([first]) => first === last?.text));
  });

  it('asks again where the stored list is short, for the mass that it leaves out', async () => {
    const multiverse = new Multiverse();
    const short = { entries: [{ text: ' the', probability: 0.4 }], tail: 0.6 };
    multiverse.expand({ block: 0, distribution: short, origin: 'stored' });
    const { asked, ask } = remembering(() =>
      Promise.resolve({
        entries: [
          { text: ' the', probability: 0.4 },
          { text: ' a', probability: 0.35 },
        ],
        tail: 0.25,
      }),
    );
    await expandByAsking(multiverse, ask, { ...BOUNDS, requests: 2 }, never, quiet);
    assert.deepEqual(asked, [[], [' the']]);
    assert.deepEqual(
      multiverse.children(0).map(({ text }) => text),
      [' the', ' a'],
    );
    assert.ok(Math.abs((multiverse.after(0)?.tail ?? 0) - 0.25) < 1e-9);
  });

  it('stops when it is called off, and keeps what came', async () => {
    const multiverse = new Multiverse();
    const stop = new AbortController();
    let answers = 0;
    const outcome = await expandByAsking(multiverse, UNCERTAIN, BOUNDS, stop.signal, () => {
      answers += 1;
      if (answers === 3) {
        stop.abort();
      }
    });
    assert.deepEqual([outcome.kind, outcome.asked, answers], ['stopped', 3, 3]);
    assert.equal(multiverse.expansions.length, 3);
  });

  it('ends with the failure of a request, and keeps what came with it', async () => {
    const multiverse = new Multiverse();
    const error = {
      code: 'unreachable',
      message: 'Gone.',
      action: 'Wait.',
      retryable: true,
    } as const;
    let asked = 0;
    const failing: Ask = (path, signal) => {
      asked += 1;
      return asked === 6 ? Promise.reject(new VariorumError(error)) : UNCERTAIN(path, signal);
    };
    const bounds = { ...BOUNDS, atOnce: 4 };
    const outcome = await expandByAsking(multiverse, failing, bounds, never, quiet);
    assert.deepEqual(outcome.error, error);
    assert.equal(outcome.kind, 'failed');
    assert.equal(multiverse.expansions.length, asked - 1);
  });

  it('goes on past an answer that lists nothing, and does not ask there again', async () => {
    const multiverse = new Multiverse();
    const { asked, ask } = remembering((path, signal) =>
      path.length === 1 && path[0] === ' the' ? Promise.resolve(null) : CERTAIN(path, signal),
    );
    const outcome = await expandByAsking(multiverse, ask, BOUNDS, never, quiet);
    assert.equal(outcome.kind, 'done');
    assert.equal(asked.filter((path) => path.join() === ' the').length, 1);
  });

  it('never has more under way than it may', async () => {
    let underWay = 0;
    let most = 0;
    const slow: Ask = async (path, signal) => {
      most = Math.max(most, ++underWay);
      await new Promise((resolve) => setImmediate(resolve));
      underWay -= 1;
      return UNCERTAIN(path, signal);
    };
    await expandByAsking(
      new Multiverse(),
      slow,
      { ...BOUNDS, atOnce: 4, requests: 30 },
      never,
      quiet,
    );
    assert.equal(most, 4);
  });
});

describe('growing from what is stored', () => {
  const branch = (first: string): StoredTokens => {
    const stored = new StoredTokens();
    const parts = Array.from(
      { length: 30 },
      (_, at) => [at === 0 ? first : ` w${at}`, 0.5] as const,
    );
    stored.add([], tokensOf(parts), parts.map(([text]) => text).join(''));
    return stored;
  };

  it('stops at the cut-off', () => {
    const multiverse = new Multiverse();
    expandStored(multiverse, branch(' the'), { from: 0, cutoff: 0.1 });
    // One half, a quarter, an eighth; what is less likely is shown and not gone into.
    assert.equal(multiverse.expansions.length, 4);
  });

  it('goes deeper below what is enlarged', () => {
    const multiverse = new Multiverse();
    const stored = branch(' the');
    expandStored(multiverse, stored, { from: 0, cutoff: 0.1 });
    const grown = expandStored(multiverse, stored, { from: 4, cutoff: 0.1 });
    assert.deepEqual(
      grown.map(({ block }) => block),
      [4, 5, 6, 7],
    );
  });

  it('follows the path taken to its end', () => {
    const tokens = [' the', ...Array.from({ length: 29 }, (_, at) => ` w${at + 1}`)];
    const multiverse = new Multiverse({ tokens });
    expandStored(multiverse, branch(' the'), { from: 0, cutoff: 0.1 });
    assert.equal(multiverse.expansions.length, 30);
  });

  it('adds no more than it may', () => {
    const wide: Distribution = falling(0.1, 10);
    const stored = { at: () => wide } as unknown as StoredTokens;
    const multiverse = new Multiverse();
    expandStored(multiverse, stored, { from: 0, cutoff: 1e-9 }, 500);
    assert.ok(multiverse.size >= 500 && multiverse.size <= 511, `${multiverse.size}`);
  });
});

describe('what asking costs', () => {
  const passage = { before: 'x'.repeat(4000), after: '' };

  it('is the passage for every request, at the price paid before', () => {
    const paid = priceOf([
      { promptTokens: 900, completionTokens: 100, cost: 0.002 },
      { promptTokens: 500, completionTokens: 5 },
    ]);
    const cost = costOf(passage, 10, paid);
    assert.deepEqual([cost.requests, cost.completionTokens], [10, 10]);
    assert.ok(Math.abs(cost.promptTokens - 10_000) <= 20, `${cost.promptTokens}`);
    assert.ok(Math.abs((cost.dollars ?? 0) - 0.02) < 0.0005, `${cost.dollars}`);
  });

  it('is not known where no server told a price', () => {
    assert.equal(
      costOf(passage, 10, priceOf([{ promptTokens: 5, completionTokens: 1 }])).dollars,
      null,
    );
  });
});
