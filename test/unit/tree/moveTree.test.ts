import assert from 'node:assert/strict';
import { documentFolder, documentOfFolder } from '../../../src/core/tree/documentFolder';
import { DocumentJournal, TEXT_INTERVAL } from '../../../src/core/tree/documentJournal';
import { moveTree } from '../../../src/core/tree/moveTree';
import { readTyped } from '../../../src/core/tree/typedFile';
import { MemoryStore } from '../../fixtures/memoryStore';
import { DRAFT, ROOT, TestClock } from './opened';

async function journal(
  store: MemoryStore,
  document: string,
  seed = 1,
  clock = new TestClock(),
): Promise<DocumentJournal> {
  let state = seed;
  const random = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
  const onError = (error: unknown) => assert.fail(String(error));
  return DocumentJournal.open({
    store,
    root: ROOT,
    document,
    clock,
    random,
    onError,
  });
}

const typedFile = (letter: string) =>
  `${JSON.stringify({ v: 1, text: letter.repeat(4), units: [] })}\n`;

const home = (store: MemoryStore, document: string) => ({ store, root: ROOT, document });

describe('moving a tree', () => {
  it('brings everything to the new document and leaves nothing behind', async () => {
    const store = new MemoryStore();
    const old = await journal(store, 'a.md');
    const node = await old.recordNode(DRAFT, 'One.');
    await old.recordMark(node.id, 'bookmark', 'x');
    await old.saveAttachments([{ node: node.id, from: 0, start: 0, end: 4 }]);
    await old.close();
    assert.ok((await moveTree(home(store, 'a.md'), home(store, 'b/c.md'))) >= 2);
    const moved = await journal(store, 'b/c.md', 2);
    assert.equal(moved.tree.node(node.id)?.text, 'One.');
    assert.equal((await moved.savedAttachments()).length, 1);
    assert.equal((await journal(store, 'a.md', 3)).tree.size, 0);
  });

  it('joins a tree that is there, and what a window goes on to write in the old place', async () => {
    const store = new MemoryStore();
    const old = await journal(store, 'a.md');
    await old.recordNode(DRAFT, 'One.');
    const other = await journal(store, 'b.md', 2);
    await other.recordNode(DRAFT, 'Two.');
    await moveTree(home(store, 'a.md'), home(store, 'b.md'));
    await old.recordNode(DRAFT, 'Three.');
    await moveTree(home(store, 'a.md'), home(store, 'b.md'));
    const { tree, problems } = await journal(store, 'b.md', 3);
    assert.deepEqual([...tree.nodes()].map(({ text }) => text).sort(), ['One.', 'Three.', 'Two.']);
    assert.deepEqual(problems, []);
  });

  it('keeps both of two files that went apart', async () => {
    const store = new MemoryStore();
    const old = await journal(store, 'a.md');
    await old.recordNode(DRAFT, 'One.');
    await old.close();
    const target = new MemoryStore();
    const [path = ''] = [...store.files.keys()].filter((each) => each.endsWith('0000.jsonl'));
    const name = path.slice(path.lastIndexOf('/') + 1);
    const there = `${ROOT}/${documentFolder('b.md')}/${name}`;
    await target.write(there, new TextEncoder().encode('{"something":"else"}\n'));
    await moveTree(home(store, 'a.md'), home(target, 'b.md'));
    assert.equal(target.text(there), '{"something":"else"}\n');
    assert.equal((await journal(target, 'b.md', 2)).tree.size, 1);
  });

  it('keeps what a window that streams into the old place has written since', async () => {
    const store = new MemoryStore();
    const [from, to] = [home(store, 'a.md'), home(store, 'b.md')];
    const clock = new TestClock();
    const old = await journal(store, 'a.md', 1, clock);
    const [node] = old.recordBatch([DRAFT]);
    const id = node?.id ?? '';
    old.recordText(id, 'It was');
    await clock.pass(TEXT_INTERVAL);
    await old.saveAttachments([]);
    await moveTree(from, to);
    old.recordText(id, ' raining.');
    await clock.pass(TEXT_INTERVAL);
    await old.saveAttachments([{ node: id, from: 0, start: 0, end: 6 }]);
    const typed = `${ROOT}/${documentFolder('a.md')}/${old.writer}-typed.json`;
    store.setText(typed.replace(documentFolder('a.md'), documentFolder('b.md')), typedFile('a'));
    store.setText(typed, typedFile('b'));
    await moveTree(from, to);
    // Moved again by somebody who was cut off before removing anything: nothing is there twice.
    store.setText(typed, typedFile('b'));
    await moveTree(from, to);
    const moved = await journal(store, 'b.md', 2);
    assert.equal(moved.tree.node(id)?.text, 'It was raining.');
    assert.deepEqual(moved.problems, []);
    assert.equal((await moved.savedAttachments()).length, 1);
    const prints = await readTyped(store, `${ROOT}/${documentFolder('b.md')}`);
    assert.deepEqual(prints.map(({ print }) => print.text).sort(), ['aaaa', 'bbbb']);
  });

  it('takes along what another window writes between copying and removing', async () => {
    const store = new MemoryStore();
    const old = await journal(store, 'a.md');
    await old.recordNode(DRAFT, 'One.');
    const target = new MemoryStore();
    const write = target.write.bind(target);
    let late: Promise<unknown> | undefined;
    target.write = async (path, bytes) => {
      await write(path, bytes);
      if (path.endsWith('.jsonl')) {
        late ??= old.recordNode(DRAFT, 'Two.');
        await late;
      }
    };
    await moveTree(home(store, 'a.md'), home(target, 'b.md'));
    assert.ok(late);
    const { tree } = await journal(target, 'b.md', 2);
    assert.deepEqual([...tree.nodes()].map(({ text }) => text).sort(), ['One.', 'Two.']);
    assert.equal((await journal(store, 'a.md', 3)).tree.size, 0);
  });

  it('leaves the tree whole where it was when the new place cannot be written', async () => {
    const store = new MemoryStore();
    const old = await journal(store, 'a.md');
    await old.recordNode(DRAFT, 'One.');
    await old.close();
    const full = new MemoryStore();
    full.write = () => Promise.reject(new Error('disk full'));
    await assert.rejects(moveTree(home(store, 'a.md'), home(full, 'a.md')), /disk full/);
    assert.equal((await journal(store, 'a.md', 2)).tree.size, 1);
  });

  it('tells from a folder whose it is, unless its name was cut', () => {
    for (const path of ['a.md', 'chapters/01 ä.md', '.hidden', 'con.md', '100%.md']) {
      assert.equal(documentOfFolder(documentFolder(path)), path);
    }
    assert.equal(documentOfFolder(documentFolder('x'.repeat(200))), undefined);
    assert.equal(documentOfFolder('anything'), undefined);
    assert.equal(documentOfFolder('%E0%A4%A~1'), undefined);
  });
});
