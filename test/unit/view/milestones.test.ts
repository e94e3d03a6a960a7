import assert from 'node:assert/strict';
import type { BatchView, BranchView } from '../../../src/protocol';
import { milestones } from '../../../src/view/model/milestones';
import { initialState, type ViewState } from '../../../src/view/model/state';
import { batch, branch, flags, ideas, tokensOf } from '../../view/page/samples';

const withBatch = (view: BatchView, more: Partial<ViewState> = {}): ViewState => ({
  ...initialState,
  rev: 1,
  batch: view,
  ...more,
});
const of = (...statuses: BranchView['status'][]) =>
  batch(statuses.map((status, index) => branch(index, { status })));

function assertSaid(before: ViewState, after: ViewState, ...said: string[]) {
  assert.deepEqual(milestones(before, after), said);
}

describe('view: milestones', () => {
  const running = withBatch(of('streaming', 'streaming', 'done'));

  it('tells that a batch has started', () => {
    const before = withBatch({ ...of('done'), id: 'earlier' });
    assertSaid(before, running, 'Writing 2 branches.');
    assertSaid(initialState, withBatch(of('streaming')), 'Writing 1 branch.');
  });

  it('counts what is done, and says when all is', () => {
    assertSaid(running, withBatch(of('done', 'streaming', 'done')), '2 of 3 done.');
    assertSaid(running, withBatch(of('done', 'stopped', 'done')), 'Finished: 3 branches.');
  });

  it('names a branch that failed', () => {
    const failed = withBatch(of('failed', 'streaming', 'done'));
    assertSaid(running, failed, 'Branch 1 failed.', '2 of 3 done.');
    assertSaid(failed, failed);
  });

  it('tells of a retry', () => {
    assertSaid(
      withBatch(of('failed', 'done')),
      withBatch(of('streaming', 'done')),
      'Writing 1 branch.',
    );
  });

  it('says nothing about tokens', () => {
    const grown = batch(
      running.batch.branches.map((each) => ({ ...each, tokens: tokensOf('More and more.', 1) })),
    );
    assertSaid(running, withBatch(grown));
  });

  it('says nothing about a replay, but which batch one has gone to', () => {
    const done = of('done', 'done');
    assertSaid(initialState, withBatch(done));
    assertSaid(running, withBatch({ ...done, id: 'other' }), 'Batch 2 of 7');
  });

  it('tells what is inserted and what is copied, once', () => {
    const done = of('done', 'done');
    const inserted = withBatch({ ...done, inserted: 1 });
    assertSaid(withBatch(done), inserted, 'Branch 2 is in the draft.');
    assertSaid(inserted, inserted);
    const copied = withBatch(done, { confirmed: { kind: 'copy', branch: 0 } });
    assertSaid(withBatch(done), copied, 'Branch 1 is copied.');
    assertSaid(copied, { ...copied });
  });

  it('tells of a refusal and of new warnings, not of notes', () => {
    const done = of('done');
    const problem = {
      branch: 0,
      error: { message: 'No editor.', action: 'Open one.', retryable: false },
    };
    assertSaid(withBatch(done), withBatch(done, { problem }), 'No editor. Open one.');
    const noticed = withBatch({
      ...done,
      notices: [
        { severity: 'info', message: 'Quiet.' },
        { severity: 'warning', message: 'Loud.' },
      ],
    });
    assertSaid(withBatch(done), noticed, 'Loud.');
    assertSaid(noticed, noticed);
  });

  it('tells what siblings turn out to be: identical, flagged, and how many ideas', () => {
    const before = withBatch(of('done', 'done', 'done'));
    const folded = { ...before, folds: new Map([[2, 0]]) };
    assertSaid(before, folded, 'Identical branches folded into branch 1: 3.');
    assertSaid(folded, { ...folded });
    const found = batch(before.batch.branches.map((each) => ({ ...each, flags: flags(1) })));
    assertSaid(before, withBatch(found), 'Findings on 3 branches.');
    const known = withBatch({ ...before.batch, ideas: ideas() });
    assertSaid(before, known, ideas().line);
    assertSaid(initialState, known);
    const effect = 'about 1 idea in 5 branches asked plainly → about 4 ideas in 5 asked apart';
    const pushed = withBatch({ ...before.batch, ideas: ideas({ effect }) });
    assertSaid(known, pushed, effect);
    assertSaid(pushed, withBatch({ ...before.batch, ideas: ideas({ effect }) }));
  });
});
