import assert from 'node:assert/strict';
import { addLoom } from '../../../../src/core/tree/formats/addLoom';
import { readLoom } from '../../../../src/core/tree/formats/registry';
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

  it('says how many hidden nodes are shown elsewhere, and stands a circle', async () => {
    const { journal } = await open(new MemoryStore());
    const node = await journal.recordNode(DRAFT, 'Hidden.');
    await journal.recordPrune(node.id, true);
    const { loom, losses } = loomOf(journal.tree, new Map(), node.id);
    assert.deepEqual([loom.current, loom.nodes.length], [node.id, 1]);
    assert.deepEqual(losses, [{ code: 'hidden', count: 1 }]);
  });
});
