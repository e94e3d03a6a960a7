import assert from 'node:assert/strict';
import { VariorumError, type ModelError } from '../../../src/core/model/error';
import { ManualClock } from '../../fixtures/manualClock';
import { scriptedModel, tokensOf, writes, writesPlain } from '../../fixtures/scriptedModel';
import { gather, never, options } from './helpers';

const passage = { before: 'Once', after: '' };
const error: ModelError = { code: 'stream', message: 'Cut.', action: 'Again.', retryable: true };

describe('The scripted model', () => {
  it('plays branches by the clock, in the order of their times', async () => {
    const clock = new ManualClock();
    const model = scriptedModel({
      clock,
      branches: [
        writes(
          [
            [' a', 0.5],
            [' b', 0.9],
          ],
          { every: 20 },
        ),
        [
          { after: 30, do: 'delta', text: ' slow' },
          { do: 'error', error },
        ],
      ],
    });
    const seen: string[] = [];
    const done = (async () => {
      for await (const chunk of model.continue(passage, options({ n: 2 }), never())) {
        seen.push(`${chunk.branch} ${chunk.kind} ${clock.now() - 1_700_000_000_000}`);
      }
    })();
    await clock.advance(25);
    assert.deepEqual(seen, ['0 delta 20']);
    await clock.runAll();
    await done;
    assert.deepEqual(seen.slice(1), ['1 delta 30', '1 error 30', '0 delta 40', '0 end 40']);
    assert.equal(clock.sleeping, 0);
    assert.equal(model.requests.length, 1);
  });

  it('goes on for ever until it is aborted', async () => {
    const abort = new AbortController();
    const model = scriptedModel({ branches: [[{ do: 'delta', text: 'x' }], writesPlain(['y'])] });
    const gathered = gather(model.continue(passage, options({ n: 2 }), abort.signal));
    setImmediate(() => abort.abort());
    const { chunks } = await gathered;
    assert.deepEqual(chunks.at(-1), { branch: 0, kind: 'end', finish: 'cancelled' });
    assert.equal(chunks.filter(({ kind }) => kind === 'end').length, 2);
  });

  it('refuses before the first chunk', async () => {
    const model = scriptedModel({ branches: [], refuse: error });
    const reading = gather(model.continue(passage, options(), never()));
    await assert.rejects(
      reading,
      (thrown) => thrown instanceof VariorumError && thrown.detail === error,
    );
  });

  it('makes tokens of every shape', () => {
    const tokens = tokensOf(
      [
        ['', 0.5],
        ['é', 0.9, { é: 0.9, e: 0.06 }],
        ['?!', 'gap'],
      ],
      3,
    );
    assert.deepEqual(
      tokens.map(({ start, end, missing }) => [start, end, missing]),
      [
        [3, 3, undefined],
        [3, 4, undefined],
        [4, 6, 'gap'],
      ],
    );
    assert.ok(Math.abs((tokens[1]?.tail ?? 0) - 0.04) < 1e-12);
    assert.equal(tokens[2]?.logprob, null);
  });

  it('wakes sleepers early on abort', async () => {
    const clock = new ManualClock();
    const abort = new AbortController();
    const sleeping = clock.sleep(1000, abort.signal);
    assert.equal(clock.sleeping, 1);
    abort.abort();
    await sleeping;
    assert.equal(clock.sleeping, 0);
  });
});
