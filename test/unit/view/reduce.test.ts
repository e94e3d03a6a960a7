import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Action, BatchView, BranchDelta, TokenView, ToView } from '../../../src/protocol';
import { needsState, reduce, send } from '../../../src/view/model/reduce';
import { initialState, type ViewState } from '../../../src/view/model/state';
import { batch, branch, token } from '../../view/page/samples';

const error = { message: 'It broke.', action: 'Mend it.', retryable: true };

const state = (rev: number, view: BatchView): ToView => ({ type: 'state', rev, batch: view });
const delta = (rev: number, ...items: BranchDelta[]): ToView => ({ type: 'delta', rev, items });
const words = (index: number, ...texts: string[]): BranchDelta => ({
  index,
  tokens: texts.map((text) => token(text, 0.5)),
});
const open = (index: number, tokens: readonly TokenView[] = []) =>
  branch(index, { tokens, status: 'streaming' });
const twoOpen = batch([open(0), open(1)]);

const run = (messages: readonly ToView[], from = initialState) => messages.reduce(reduce, from);
const texts = ({ batch: { branches } }: ViewState) =>
  branches.map(({ tokens }) => tokens.map(({ text }) => text).join(''));

describe('view: reduce', () => {
  it('adds what a delta brings to the branch it names', () => {
    const after = run([state(1, twoOpen), delta(2, words(1, ' a', ' b')), delta(3, words(0, 'x'))]);
    assert.deepEqual(texts(after), ['x', ' a b']);
    assert.equal(after.rev, 3);
  });

  it('ends a branch with what the delta says, and keeps its text', () => {
    const end = { status: 'failed', error } as const;
    const after = run([state(1, twoOpen), delta(2, words(0, 'x')), delta(3, { ...words(0), end })]);
    const [first, second] = after.batch.branches;
    assert.equal(first?.status, 'failed');
    assert.equal(first.error, error);
    assert.deepEqual(texts(after), ['x', '']);
    assert.equal(second?.status, 'streaming');
  });

  it('changes which branch is in the document by delta, and back to none', () => {
    const there = run([state(1, twoOpen), { type: 'delta', rev: 2, items: [], inserted: 1 }]);
    assert.equal(there.batch.inserted, 1);
    assert.equal(reduce(there, delta(3)).batch.inserted, 1);
    const gone = reduce(there, { type: 'delta', rev: 3, items: [], inserted: null });
    assert.equal(gone.batch.inserted, null);
  });

  it('takes how a branch was made to begin, and keeps it through what comes after', () => {
    const fork = { kind: 'opening', from: null, text: ' he', instead: ' she' } as const;
    const told = { ...fork, logprob: Math.log(0.03), told: false };
    const after = run([
      state(1, twoOpen),
      delta(2, { ...words(1), fork: told }),
      delta(3, words(1, ' he', ' left')),
    ]);
    assert.deepEqual(after.batch.branches[1]?.fork, told);
    assert.equal(after.batch.branches[0]?.fork, undefined);
  });

  it('takes no delta before the first state', () => {
    assert.equal(reduce(initialState, delta(1, words(0, 'x'))), initialState);
  });

  it('ignores a delta that the state already holds', () => {
    const now = run([state(5, twoOpen)]);
    assert.equal(reduce(now, delta(5, words(0, 'x'))), now);
    assert.equal(reduce(now, delta(4, words(0, 'x'))), now);
  });

  it('asks for the state once when a delta was lost, and adds nothing on top of the hole', () => {
    const now = run([state(1, twoOpen), delta(2, words(0, 'a'))]);
    const holed = reduce(now, delta(4, words(0, 'c')));
    assert.equal(needsState(now, holed), true);
    assert.deepEqual(texts(holed), ['a', '']);
    const later = reduce(holed, delta(5, words(0, 'd')));
    assert.equal(needsState(holed, later), false);
    assert.deepEqual(texts(later), ['a', '']);
  });

  it('goes on from the state that answers', () => {
    const holed = run([state(1, twoOpen), delta(3, words(0, 'c'))]);
    const whole = batch([open(0, [token('b', 0.5), token('c', 0.5)]), open(1)]);
    const after = run([state(3, whole), delta(4, words(0, 'd'))], holed);
    assert.deepEqual(texts(after), ['bcd', '']);
    assert.equal(needsState(holed, after), false);
  });

  it('asks again when no answer comes', () => {
    let now = run([state(1, twoOpen)]);
    let asked = 0;
    for (let rev = 3; rev < 3 + 150; rev += 1) {
      const next = reduce(now, delta(rev, words(0, 'x')));
      asked += needsState(now, next) ? 1 : 0;
      now = next;
    }
    assert.equal(asked, 3);
  });

  it('asks for the state when a delta names a branch it has never seen', () => {
    const now = run([state(1, twoOpen)]);
    assert.equal(needsState(now, reduce(now, delta(2, words(7, 'x')))), true);
  });

  it('takes a state with a lower number: the host has started anew', () => {
    const after = run([state(90, twoOpen), state(1, batch([open(0)])), delta(2, words(0, 'x'))]);
    assert.deepEqual(texts(after), ['x']);
  });

  it('keeps the token objects that a replay repeats, so that only new ones are drawn', () => {
    const now = run([state(1, batch([open(0, [token('a', 0.5), token('b', 0.25)])]))]);
    const replay = [token('a', 0.5), token('b', 0.25), token('c', 0.5)];
    const after = reduce(now, state(2, batch([open(0, replay)])));
    const [before, later] = [now, after].map((each) => each.batch.branches[0]?.tokens ?? []);
    assert.equal(later?.length, 3);
    assert.equal(later[0], before?.[0]);
    assert.equal(later[1], before?.[1]);
  });

  for (const [what, replay] of [
    ['text', [token('a', 0.5), token('B', 0.25)]],
    ['probability', [token('a', 0.5), token('b', 0.9)]],
    ['length', [token('a', 0.5)]],
  ] as const) {
    it(`takes all tokens anew when a replay differs in ${what}`, () => {
      const now = run([state(1, batch([open(0, [token('a', 0.5), token('b', 0.25)])]))]);
      const after = reduce(now, state(2, batch([open(0, replay)])));
      assert.equal(after.batch.branches[0]?.tokens, replay);
    });
  }

  it('does not share tokens between batches', () => {
    const now = run([state(1, batch([open(0, [token('a', 0.5)])]))]);
    const other = [token('a', 0.5)];
    const after = reduce(now, state(2, batch([open(0, other)], { id: 'batch-2' })));
    assert.equal(after.batch.branches[0]?.tokens, other);
  });

  it('gives the same text however the tokens are cut into deltas, and never changes a state', () => {
    const piece = fc.record({ index: fc.nat(2), texts: fc.array(fc.string({ maxLength: 3 })) });
    fc.assert(
      fc.property(fc.array(fc.array(piece, { maxLength: 3 })), (frames) => {
        const wanted = ['', '', ''];
        let now = run([state(1, batch([open(0), open(1), open(2)]))]);
        frames.forEach((frame, at) => {
          const once = [...new Map(frame.map((item) => [item.index, item])).values()];
          for (const item of once) {
            wanted[item.index] = `${wanted[item.index] ?? ''}${item.texts.join('')}`;
          }
          const items = once.map((item) => words(item.index, ...item.texts));
          const before = texts(now);
          const next = reduce(now, delta(at + 2, ...items));
          assert.deepEqual(texts(now), before);
          now = next;
        });
        assert.deepEqual(texts(now), wanted);
      }),
      { seed: 7 },
    );
  });
});

describe('view: actions and replies', () => {
  const insert: Action = { kind: 'insert', branch: 1 };
  const base = run([state(4, twoOpen)]);

  it('numbers actions and tells which state they were about', () => {
    const first = send(base, insert);
    const second = send(first.state, { kind: 'stop' });
    assert.deepEqual(first.message, { type: 'do', id: 1, rev: 4, action: insert });
    assert.deepEqual(second.message, { type: 'do', id: 2, rev: 4, action: { kind: 'stop' } });
  });

  it('confirms the action that a reply names, out of order too', () => {
    const sent = send(send(base, insert).state, { kind: 'stop' }).state;
    const after = reduce(sent, { type: 'reply', re: 1 });
    assert.equal(after.confirmed, insert);
    assert.deepEqual([...after.pending.keys()], [2]);
  });

  it('shows a refusal with the branch it was about, until the next action', () => {
    const refused = reduce(send(base, insert).state, { type: 'reply', re: 1, error });
    assert.deepEqual(refused.problem, { branch: 1, error });
    assert.equal(send(refused, insert).state.problem, null);
  });

  it('shows a refusal that is about no branch for the page', () => {
    const sent = send(base, { kind: 'continue' }).state;
    assert.deepEqual(reduce(sent, { type: 'reply', re: 1, error }).problem, {
      branch: null,
      error,
    });
  });

  it('ignores a reply to nothing, and a second one', () => {
    const done = reduce(send(base, insert).state, { type: 'reply', re: 1 });
    assert.equal(reduce(done, { type: 'reply', re: 1, error }), done);
    assert.equal(reduce(base, { type: 'reply', re: 9, error }), base);
  });

  it('forgets a refusal with the batch it was about, and only then', () => {
    const refused = reduce(send(base, insert).state, { type: 'reply', re: 1, error });
    assert.notEqual(reduce(refused, state(5, twoOpen)).problem, null);
    assert.equal(reduce(refused, state(5, { ...twoOpen, id: 'batch-2' })).problem, null);
  });
});
