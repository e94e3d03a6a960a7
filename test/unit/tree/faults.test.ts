import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import fc from 'fast-check';
import { VariorumError } from '../../../src/core/model/error';
import { DocumentJournal } from '../../../src/core/tree/documentJournal';
import type { JournalEvent } from '../../../src/core/tree/event';
import type { TreeNode } from '../../../src/core/tree/node';
import { documentFolder } from '../../../src/core/tree/documentFolder';
import { joinPath, type Store } from '../../../src/core/tree/store';
import { DiskStore } from '../../fixtures/diskStore';
import { FailingStore, MemoryStore } from '../../fixtures/memoryStore';
import { DRAFT, open, reopen, source, TestClock } from './opened';
import { picture, stamped } from './samples';
import { removeFolder, scratchFolder } from './scratch';

const isJournal = (path: string) => path.endsWith('.jsonl') && !path.includes('/cache/');
const pathIn = (store: MemoryStore) => [...store.files.keys()].find(isJournal) ?? '';

function born(id: string, parent: string | null, seq: number, text = 'a'): JournalEvent {
  const data = { id, parent, at: 0, source, batch: id, index: 0, created: seq, text };
  return stamped({ event: 'node', data: { ...data, status: 'done' } }, seq);
}

/** A journal on disk, as a window of its own. */
async function onDisk(store: Store): Promise<DocumentJournal> {
  const options = { store, root: '.variorum', document: 'draft.md', clock: new TestClock() };
  return DocumentJournal.open({ ...options, random: Math.random, onError: () => undefined });
}

async function journalOf(events: readonly JournalEvent[]): Promise<DocumentJournal> {
  const store = new MemoryStore();
  const { journal } = await open(store);
  await journal.recordNode(DRAFT, 'x');
  const lines = events.map((event) => JSON.stringify(event)).join('\n');
  store.setText(pathIn(store).replace(/[^/]*$/, 'writer1-0000.jsonl'), `${lines}\n`);
  return reopen(store);
}

describe('DocumentJournal, when files are not as they were left', () => {
  it('opens over any flipped bit, keeps every other line, and leaves the file alone', async () => {
    const store = new MemoryStore();
    const { journal } = await open(store);
    const nodes: Readonly<TreeNode>[] = [];
    for (const text of ['One.', 'Zwölf.', '“Three”.', '😀']) {
      nodes.push(await journal.recordNode(DRAFT, text));
    }
    const path = pathIn(store);
    const whole = store.files.get(path) ?? new Uint8Array();
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: whole.length - 1 }), fc.nat({ max: 7 }), async (at, bit) => {
        const flipped = whole.slice();
        flipped[at] = (flipped[at] ?? 0) ^ (1 << bit);
        const damaged = new MemoryStore([...store.files, [path, flipped]]);
        const { tree } = await reopen(damaged);
        const kept = nodes.filter(({ id, text }) => tree.node(id)?.text === text);
        // A line end that is none any more joins two lines.
        assert.ok(kept.length >= nodes.length - (whole[at] === 0x0a ? 2 : 1), `${kept.length}`);
        assert.deepEqual(damaged.files.get(path), flipped);
      }),
      { seed: 31, numRuns: 300 },
    );
  });

  it('reads a branch as long as a book', async () => {
    const text = 'All work and no play. '.repeat(400_000);
    const journal = await journalOf([born('n1', null, 0, text)]);
    assert.equal(journal.tree.node('n1')?.text.length, text.length);
  });

  it('reads a branch of branches, ten thousand deep', async () => {
    const depth = 10_000;
    const events = Array.from({ length: depth }, (_, i) =>
      born(`n${i}`, i === 0 ? null : `n${i - 1}`, i),
    );
    const { tree } = await journalOf(events.reverse());
    assert.equal(tree.ancestors(`n${depth - 1}`).length, depth - 1);
    assert.equal(tree.roots().length, 2);
  });

  it('stands nodes in a circle, and two of one id', async () => {
    const { tree, problems } = await journalOf([
      born('a', 'b', 0),
      born('b', 'a', 1),
      born('c', 'c', 2),
      born('twice', null, 3, 'first'),
      born('twice', 'a', 4, ' and second'),
    ]);
    assert.deepEqual(problems, []);
    assert.deepEqual(
      tree.ancestors('a').map(({ id }) => id),
      ['b'],
    );
    assert.deepEqual(tree.ancestors('c'), []);
    assert.equal(tree.node('twice')?.parent, null);
    assert.equal(tree.node('twice')?.text, 'first and second');
  });

  for (const share of [0, 0.5, 0.9]) {
    it(`says that the disk is full, and loses nothing when it no longer is (${share})`, async () => {
      const store = new FailingStore();
      const { journal } = await open(store);
      const first = await journal.recordNode(DRAFT, 'Before.');
      store.fate = () => share;
      await assert.rejects(
        journal.recordNode(DRAFT, 'While.'),
        (error) => error instanceof VariorumError && error.detail.code === 'storage',
      );
      assert.deepEqual((await reopen(store)).tree.node(first.id)?.text, 'Before.');
      assert.equal(journal.tree.size, 2);
      store.fate = () => 1;
      await journal.recordNode(DRAFT, 'After.');
      assert.deepEqual([...(await reopen(store)).tree.nodes()].map(({ text }) => text).sort(), [
        'After.',
        'Before.',
        'While.',
      ]);
    });
  }
});

describe('DocumentJournal, on a disk', () => {
  let folder = '';
  before(async () => {
    folder = await scratchFolder('faults');
  });
  after(() => removeFolder(folder));

  it('writes on where its folder has vanished', async () => {
    const store = new DiskStore(folder);
    const journal = await onDisk(store);
    const first = await journal.recordNode(DRAFT, 'Before.');
    await rm(folder, { recursive: true });
    const second = await journal.recordNode(DRAFT, 'After.');
    await journal.close();
    const { tree } = await onDisk(store);
    assert.equal(tree.node(first.id)?.text, 'Before.');
    assert.equal(tree.node(second.id)?.text, 'After.');
  });

  it('puts back what others changed in its own file', async () => {
    const store = new DiskStore(folder);
    const journal = await onDisk(store);
    const first = await journal.recordNode(DRAFT, 'Ours.');
    const own = joinPath('.variorum', documentFolder('draft.md'));
    const name = (await store.list(own)).find((each) => each.startsWith(journal.writer)) ?? '';
    assert.notEqual(name, '');
    await store.write(joinPath(own, name), new TextEncoder().encode('<<<<<<< theirs\n'));
    const second = await journal.recordNode(DRAFT, 'And more.');
    const { tree } = await onDisk(store);
    assert.equal(tree.node(first.id)?.text, 'Ours.');
    assert.equal(tree.node(second.id)?.text, 'And more.');
  });

  it('takes two windows that write at once', async () => {
    const store = new DiskStore(folder);
    const [one, two] = [await onDisk(store), await onDisk(store)];
    const write = async (journal: DocumentJournal, who: string) => {
      for (let i = 0; i < 40; i++) {
        await journal.recordNode(DRAFT, `${who} ${i}`);
      }
    };
    await Promise.all([write(one, 'one'), write(two, 'two')]);
    await Promise.all([one.refresh(), two.refresh()]);
    const third = await onDisk(store);
    assert.deepEqual(picture(one.tree), picture(two.tree));
    assert.deepEqual(picture(third.tree), picture(one.tree));
    assert.deepEqual(third.problems, []);
    const texts = new Set([...third.tree.nodes()].map(({ text }) => text));
    assert.ok(texts.has('one 39') && texts.has('two 0'));
  });
});
