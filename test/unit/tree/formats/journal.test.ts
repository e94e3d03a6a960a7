import assert from 'node:assert/strict';
import { addLoom } from '../../../../src/core/tree/formats/addLoom';
import { readLoom, writeLoom } from '../../../../src/core/tree/formats/registry';
import { MARKS } from '../../../../src/core/tree/marks';
import { toRecastMark } from '../../../../src/core/tree/recast';
import { loomOf } from '../../../../src/core/tree/formats/treeLoom';
import { MemoryStore } from '../../../fixtures/memoryStore';
import { open, reopen, DRAFT } from '../opened';
import { fixture, lines } from './sampleLooms';

const WHERE = { parent: null, at: 0 };

describe('a loom in a document’s journal', () => {
  it('is added beside what is there, and is the same after reopening', async () => {
    const store = new MemoryStore();
    const { journal } = await open(store);
    const before = await journal.recordNode(DRAFT, 'Here before.');
    const was = { ...before };
    const { loom } = readLoom(fixture('miniloom.json'));
    const ids = await addLoom(journal, loom, WHERE);
    assert.equal(ids.size, loom.nodes.length);
    const again = await reopen(store);
    assert.deepEqual(again.tree.node(before.id), was);
    const [root] = loom.nodes;
    const added = again.tree.node(ids.get(root?.id ?? '') ?? '');
    assert.equal(added?.text, root?.text);
    const back = loomOf(again.tree, new Map()).loom;
    // The same but for its ids, and the node that was there.
    const renamed = (text: string) =>
      [...ids].reduce((all, [theirs, ours]) => all.replaceAll(ours, theirs), text);
    assert.deepEqual(
      lines(back).map(renamed).sort(),
      [`${before.id}<@0 sketch: Here before.`, ...lines(loom)].sort(),
    );
  });

  it('brings its tokens and bookmarks', async () => {
    const store = new MemoryStore();
    const { journal } = await open(store);
    const { loom } = readLoom(fixture('pyloom.json'));
    const ids = await addLoom(journal, loom, WHERE);
    await journal.flush();
    const again = await reopen(store);
    const id = ids.get('k1') ?? '';
    const { runs } = await again.loadRuns([id]);
    assert.equal(runs.get(id)?.tokens[0]?.alternatives[0]?.text, 'again');
    const { nodes } = loomOf(again.tree, runs).loom;
    const [node] = nodes.filter((each) => each.id === id);
    assert.equal(node?.bookmarked, true);
    assert.ok(Math.abs((node.run?.tokens[0]?.logprob ?? 0) - -1.5) < 0.001);
  });

  it('keeps through JSON Lines how its nodes were asked for, what they cost, and notes', async () => {
    const store = new MemoryStore();
    const { journal } = await open(store);
    const asked = { n: 2, maxTokens: 50, temperature: 1.2, topP: 1, minP: 0, before: 40 };
    const [one, two] = journal.recordBatch([
      { ...DRAFT, asked },
      { ...DRAFT, asked },
    ]);
    assert.ok(one && two);
    journal.recordText(one.id, 'A branch.');
    const usage = { promptTokens: 9, completionTokens: 4, cost: 0.002 };
    await journal.recordEnd(one.id, { status: 'done', finish: 'length', seconds: 1.5, usage });
    const error = { code: 'stream', message: 'm', action: 'a', retryable: true } as const;
    await journal.recordEnd(two.id, { status: 'failed', error });
    await journal.recordMark(one.id, MARKS.note, 'too long');
    const { text, losses } = writeLoom('jsonl', loomOf(journal.tree, new Map()).loom);
    assert.deepEqual(losses, []);
    const other = await open(new MemoryStore(), 5);
    await addLoom(other.journal, readLoom(new TextEncoder().encode(text)).loom, WHERE);
    const { tree } = other.journal;
    const [first, second] = tree.roots();
    assert.ok(first && second);
    assert.deepEqual(
      [
        first.seconds,
        first.usage,
        first.finish,
        first.source,
        tree.marks(first.id).get(MARKS.note),
      ],
      [1.5, usage, 'length', DRAFT.source, 'too long'],
    );
    assert.deepEqual([second.status, second.error], ['failed', error]);
    assert.deepEqual(
      [first, second].map((node) => tree.askedOf(node)),
      [asked, asked],
    );
    const lost = writeLoom('loomsidian', loomOf(journal.tree, new Map()).loom).losses;
    assert.deepEqual(
      lost.filter(({ code }) => code === 'requests' || code === 'notes'),
      [
        { code: 'requests', count: 2 },
        { code: 'notes', count: 1 },
      ],
    );
  });

  it('leaves out what a file says of its origin in some other way', () => {
    const line = {
      id: 1,
      text: 'a',
      model: 'm',
      usage: 'none',
      seconds: -1,
      asked: [],
      finish: 'stop',
    };
    const { nodes } = readLoom(new TextEncoder().encode(JSON.stringify(line))).loom;
    assert.deepEqual(nodes[0]?.made, { finish: 'stop' });
  });

  it('is of the nodes that stand for one that was split', async () => {
    const { journal } = await open(new MemoryStore());
    const whole = await journal.recordNode(DRAFT, 'The sea rose.');
    const child = await journal.recordNode({ ...DRAFT, parent: whole.id, at: 13 }, ' It fell.');
    const head = await journal.recordNode(DRAFT, 'The sea');
    const tail = await journal.recordNode({ ...DRAFT, parent: head.id, at: 7 }, ' rose.');
    const parts = [
      { node: head.id, from: 0, to: 7, at: 0 },
      { node: tail.id, from: 7, to: 13, at: 0 },
    ];
    await journal.recordMark(whole.id, MARKS.recast, toRecastMark(parts));
    const { loom } = loomOf(journal.tree, new Map(), whole.id);
    assert.deepEqual(lines(loom), [
      `${head.id}<@0 sketch: The sea`,
      `${tail.id}<${head.id}@7 sketch:  rose.`,
      `${child.id}<${tail.id}@6 sketch:  It fell.`,
    ]);
    assert.equal(loom.current, tail.id);
  });

  it('says how many hidden nodes are shown elsewhere, and stands a circle', async () => {
    const { journal } = await open(new MemoryStore());
    const node = await journal.recordNode(DRAFT, 'Hidden.');
    await journal.recordPrune(node.id, true);
    const { loom, losses } = loomOf(journal.tree, new Map(), node.id);
    assert.deepEqual([loom.current, loom.nodes.length], [node.id, 1]);
    assert.deepEqual(losses, [{ code: 'hidden', count: 1 }]);
  });
});
