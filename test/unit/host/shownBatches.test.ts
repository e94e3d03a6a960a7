import assert from 'node:assert/strict';
import { ShownBatches } from '../../../src/host/shownBatches';
import type { Batch } from '../../../src/host/batch';
import { Tree } from '../../../src/core/tree/tree';

const rewrites = (id: string, start: number): Batch => ({
  ...{ id, lead: '', notices: [], source: 'It rained.' },
  placement: { kind: 'anchor', at: start + 10, selection: { start, end: start + 10 } },
});
const continued: Batch = { id: 'c', lead: '', notices: [], placement: { kind: 'anchor', at: 50 } };
const typed = { changes: [{ start: 0, end: 0, text: 'Zero. ' }], reason: 'edit' } as const;

describe('batches beside the one that is shown', () => {
  it('of rewrites keep their place through edits, also through a choice from the one shown', () => {
    const batches = new ShownBatches(new Tree('w'));
    batches.keep(rewrites('b', 20));
    batches.show(rewrites('a', 0));
    batches.follow(typed, false);
    batches.follow({ ...typed, reason: 'edit' }, true);
    assert.deepEqual(batches.shown?.placement, {
      kind: 'anchor',
      at: 16,
      selection: { start: 6, end: 16 },
    });
    batches.open('b');
    assert.deepEqual(batches.shown.placement, {
      kind: 'anchor',
      at: 42,
      selection: { start: 32, end: 42 },
    });
  });

  it('of continuations begin at the caret when they are shown again', () => {
    const batches = new ShownBatches(new Tree('w'));
    batches.show(continued);
    batches.show(rewrites('a', 0));
    batches.open('c');
    assert.deepEqual(batches.shown?.placement, { kind: 'caret' });
    assert.equal(batches.shown.source, undefined);
  });

  it('tell when the choice that stood in the document may not any more', () => {
    const batches = new ShownBatches(new Tree('w'));
    const placement = { kind: 'placed', branch: 0, span: { start: 0, end: 5 } } as const;
    batches.show({ ...continued, placement });
    assert.equal(batches.follow(typed, true), false);
    assert.equal(batches.follow(typed, false), true);
    assert.equal(batches.follow(typed, false), false);
  });
});
