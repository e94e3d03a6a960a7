import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { EventData, JournalEvent } from '../../../src/core/tree/event';
import type { EventDraft } from '../../../src/core/tree/journalWriter';
import { applyEvent, foldEvents, Tree } from '../../../src/core/tree/tree';
import { DRAFTS, picture, stamped } from './samples';

type NodeFields = Partial<EventData['node']>;

function node(id: string, fields: NodeFields = {}): EventDraft {
  const source = { kind: 'human' } as const;
  const data = { id, parent: null, at: 0, source, batch: 'b', index: 0, created: 0, ...fields };
  return { event: 'node', data };
}

function textOf(id: string, text: string): EventDraft {
  return { event: 'text', data: { node: id, text } };
}

/** Events of one writer, numbered and timed from 0. */
function story(...drafts: EventDraft[]): JournalEvent[] {
  return drafts.map((draft, seq) => stamped(draft, seq, 'writer1', seq));
}

const ids = (nodes: readonly { id: string }[]): string[] => nodes.map(({ id }) => id);

describe('Tree', () => {
  it('assembles a node from its events', () => {
    const tree = foldEvents(
      story(node('n1', { text: 'One. ', at: 4 }), textOf('n1', 'Two. '), {
        event: 'end',
        data: { node: 'n1', text: 'Three.', status: 'done', finish: 'stop' },
      }),
    );
    assert.deepEqual(tree.node('n1'), {
      id: 'n1',
      parent: null,
      at: 4,
      text: 'One. Two. Three.',
      source: { kind: 'human' },
      status: 'done',
      finish: 'stop',
      batch: 'b',
      index: 0,
      created: 0,
    });
  });

  it('takes a node that was complete when it was written', () => {
    const tree = foldEvents([stamped(DRAFTS.node)]);
    assert.deepEqual(tree.node('n1'), DRAFTS.node.data);
  });

  it('puts text in the order of numbers, not of clocks', () => {
    const [a, b, c] = [textOf('n1', 'a'), textOf('n1', 'b'), textOf('n1', 'c')];
    const tree = foldEvents([
      stamped(node('n1'), 0, 'writer1', 50),
      stamped(c, 3, 'writer1', 10),
      stamped(a, 1, 'writer1', 30),
      stamped(b, 2, 'writer1', 20),
    ]);
    assert.equal(tree.node('n1')?.text, 'abc');
  });

  it('reads a node without an end as stopped, and as streaming only for its own window', () => {
    const events = story(node('n1'), textOf('n1', 'Half a'));
    assert.equal(foldEvents(events).node('n1')?.status, 'stopped');
    assert.equal(foldEvents(events, 'writer2').node('n1')?.status, 'stopped');
    assert.equal(foldEvents(events, 'writer1').node('n1')?.status, 'streaming');
    assert.equal(foldEvents(events).node('n1')?.text, 'Half a');
  });

  it('orders children by time created, then id, and batches by their first node', () => {
    const tree = foldEvents(
      story(
        node('d', { created: 9, batch: 'late', index: 1, parent: 'a' }),
        node('c', { created: 5, batch: 'late', index: 0, parent: 'a' }),
        node('b', { created: 5, batch: 'early', index: 2, parent: 'a' }),
        node('a', { created: 1, batch: 'early', index: 3 }),
      ),
    );
    assert.deepEqual(ids(tree.children('a')), ['b', 'c', 'd']);
    assert.deepEqual(ids(tree.children(null)), ['a']);
    assert.deepEqual(tree.batches(), ['early', 'late']);
    assert.deepEqual(ids(tree.batch('early')), ['b', 'a']);
    assert.deepEqual(ids(tree.batch('late')), ['c', 'd']);
    assert.deepEqual(tree.batch('none'), []);
  });

  it('shows a node whose parent is not here as a root, until the parent comes', () => {
    const [orphan, parent] = story(node('b', { parent: 'a' }), node('a'));
    assert.ok(orphan && parent);
    const tree = foldEvents([orphan]);
    assert.deepEqual(ids(tree.roots()), ['b']);
    applyEvent(tree, parent);
    assert.deepEqual(ids(tree.roots()), ['a']);
    assert.deepEqual(ids(tree.ancestors('b')), ['a']);
  });

  it('does not run in circles', () => {
    const tree = foldEvents(
      story(node('a', { parent: 'b' }), node('b', { parent: 'a' }), node('c', { parent: 'c' })),
    );
    assert.deepEqual(ids(tree.ancestors('a')), ['b']);
    assert.deepEqual(ids(tree.ancestors('c')), []);
  });

  it('keeps places in order and the latest of each writer', () => {
    const place = (start: number): EventDraft => ({
      event: 'place',
      data: { node: 'n1', from: 0, start, end: start + 1 },
    });
    const tree = foldEvents([
      stamped(place(3), 0, 'writer2', 30),
      stamped(place(1), 0, 'writer1', 10),
      stamped(place(2), 1, 'writer1', 20),
    ]);
    assert.deepEqual(
      tree.places.map(({ start }) => start),
      [1, 2, 3],
    );
    assert.equal(tree.latestPlace()?.start, 3);
    assert.equal(tree.latestPlace('writer1')?.start, 2);
    assert.equal(tree.latestPlace('nobody'), undefined);
  });

  it('lets the latest mark and prune hold, and null take a mark off', () => {
    const mark = (name: string, value: string | null): EventDraft => ({
      event: 'mark',
      data: { node: 'n1', mark: name, value },
    });
    const prune = (pruned: boolean): EventDraft => ({
      event: 'prune',
      data: { node: 'n1', pruned },
    });
    const events = story(
      mark('a', '1'),
      mark('b', '1'),
      mark('a', '2'),
      mark('b', null),
      prune(true),
    );
    const tree = foldEvents(events.reverse());
    assert.deepEqual([...tree.marks('n1')], [['a', '2']]);
    assert.equal(tree.isPruned('n1'), true);
    assert.equal(tree.isPruned('n2'), false);
    tree.apply(stamped(prune(false), 9, 'writer1', 99));
    assert.equal(tree.isPruned('n1'), false);
  });

  it('lets the first of two claims to one id hold, and files it where that says', () => {
    const tree = foldEvents([
      stamped(node('n1', { parent: 'x', batch: 'b2' }), 0, 'writer2', 20),
      stamped(node('n1', { parent: 'y', batch: 'b1' }), 0, 'writer1', 10),
    ]);
    assert.equal(tree.size, 1);
    assert.deepEqual(ids(tree.children('y')), ['n1']);
    assert.deepEqual(ids(tree.children('x')), []);
    assert.deepEqual(tree.batches(), ['b1']);
  });

  it('shows a live node and its text until the journal has them', () => {
    const tree = new Tree('writer1');
    const source = { kind: 'human' } as const;
    const birth = { id: 'n1', parent: null, at: 0, source, batch: 'b', index: 0, created: 7 };
    const live = tree.bear(birth);
    tree.showLive('n1', 'One ');
    tree.growLive('n1', 'two');
    assert.equal(live.text, 'One two');
    assert.equal(live.status, 'streaming');
    tree.showLive('n1', '');
    tree.apply(stamped(node('n1', { created: 7, text: 'One two' }), 0, 'writer1'));
    assert.equal(tree.node('n1'), live);
    assert.equal(live.text, 'One two');
    assert.deepEqual(ids(tree.children(null)), ['n1']);
    assert.equal(tree.size, 1);
  });

  it('is the same for any order of the same events, some of them doubled', () => {
    const id = fc.constantFrom('n1', 'n2', 'n3');
    const draft = fc.oneof(
      fc
        .record({
          id,
          parent: fc.option(id),
          batch: fc.constantFrom('b1', 'b2'),
          index: fc.nat(3),
          created: fc.nat(3),
        })
        .map(({ id: name, ...fields }) => node(name, fields)),
      fc.tuple(id, fc.string({ maxLength: 3 })).map(([name, text]) => textOf(name, text)),
      fc
        .record({
          node: id,
          status: fc.constantFrom('done' as const, 'failed' as const),
          text: fc.constantFrom('', '.'),
        })
        .map((data): EventDraft => ({ event: 'end', data })),
      fc
        .record({
          node: id,
          status: fc.constant('stopped' as const),
          finish: fc.constant('length' as const),
        })
        .map((data): EventDraft => ({ event: 'end', data })),
      fc
        .record({ node: id, mark: fc.constantFrom('x', 'y'), value: fc.option(fc.string()) })
        .map((data): EventDraft => ({ event: 'mark', data })),
      fc
        .record({ node: id, pruned: fc.boolean() })
        .map((data): EventDraft => ({ event: 'prune', data })),
      fc
        .record({ node: id, from: fc.constant(0), start: fc.nat(9), end: fc.constant(9) })
        .map((data): EventDraft => ({ event: 'place', data })),
    );
    const timed = fc.tuple(draft, fc.constantFrom('writer1', 'writer2'), fc.nat(4));
    const events = fc
      .array(timed, { maxLength: 14 })
      .map((list) => list.map(([each, writer, time], i) => stamped(each, i, writer, time)));
    const orders = events.chain((list) =>
      fc.tuple(
        fc.constant(list),
        fc.shuffledSubarray(list, { minLength: list.length }),
        fc.shuffledSubarray(list),
      ),
    );
    fc.assert(
      fc.property(orders, ([list, shuffled, again]) => {
        const expected = picture(foldEvents(list, 'writer2'));
        assert.deepEqual(picture(foldEvents([...shuffled, ...again], 'writer2')), expected);
      }),
      { seed: 13, numRuns: 2000 },
    );
  });
});
