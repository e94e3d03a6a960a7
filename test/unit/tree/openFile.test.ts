import assert from 'node:assert/strict';
import { TEXT_INTERVAL } from '../../../src/core/tree/documentJournal';
import { CrashingStore, FailingStore, MemoryStore } from '../../fixtures/memoryStore';
import { DRAFT, FOLDER, open, reopen, RUN } from './opened';
import { picture, settle } from './samples';

const openFiles = (store: MemoryStore) =>
  [...store.files.keys()].filter((path) => path.includes('-open.jsonl'));

describe('branches that stream', () => {
  it('are seen by another window as they grow, and as they ended', async () => {
    const store = new MemoryStore();
    const writing = await open(store, 1);
    const reading = await open(store, 2);
    const [one, two] = writing.journal.recordBatch([DRAFT, DRAFT]);
    assert.ok(one && two);
    const seen = async () => {
      await reading.journal.refresh();
      const { tree } = reading.journal;
      return [one, two].map(({ id }) => tree.node(id)?.text);
    };
    writing.journal.recordText(one.id, 'The ');
    await writing.clock.pass(TEXT_INTERVAL);
    assert.deepEqual(await seen(), ['The ', undefined]);
    assert.equal(reading.journal.tree.node(one.id)?.status, 'stopped');
    writing.journal.recordText(one.id, 'sea');
    writing.journal.recordText(two.id, 'A sky');
    await writing.clock.pass(TEXT_INTERVAL);
    assert.deepEqual(await seen(), ['The sea', 'A sky']);
    // What refers to it brings some of it into the journal; the rest is still beside it.
    await writing.journal.recordMark(one.id, 'note', 'which?');
    writing.journal.recordText(one.id, ' rose');
    await writing.clock.pass(TEXT_INTERVAL);
    assert.deepEqual(await seen(), ['The sea rose', 'A sky']);
    await writing.journal.recordEnd(one.id, { status: 'done', tokens: RUN });
    await writing.journal.recordEnd(two.id, { status: 'stopped', finish: 'cancelled' });
    await settle();
    assert.deepEqual(await seen(), ['The sea rose', 'A sky']);
    assert.deepEqual(openFiles(store), []);
    assert.deepEqual(picture(reading.journal.tree), picture((await reopen(store)).tree));
    assert.equal(reading.journal.tree.node(one.id)?.status, 'done');
  });

  it('stay as they were last written down when the process dies, wherever it does', async function () {
    this.timeout(20_000);
    const words = ['The ', 'sea ', 'rose ', 'at ', 'night.'];
    for (let steps = 1; ; steps += 37) {
      const store = new CrashingStore(steps);
      const { journal, clock } = await open(store);
      const [node] = journal.recordBatch([DRAFT]);
      assert.ok(node);
      let written = '';
      for (const word of words) {
        journal.recordText(node.id, word);
        await clock.pass(TEXT_INTERVAL);
        // Marked once, so that the journal and the file beside it both have a part.
        if (word === 'rose ') {
          void journal.recordMark(node.id, 'note', 'x');
          await settle();
        }
        written = store.dead ? written : node.text;
      }
      void journal.recordEnd(node.id, { status: 'done' });
      await settle();
      const again = await reopen(store);
      const text = again.tree.node(node.id)?.text ?? '';
      assert.ok(text.startsWith(written), `after ${steps}: "${text}" instead of "${written}"`);
      assert.ok(node.text.startsWith(text), text);
      assert.deepEqual(again.problems, []);
      if (!store.dead) {
        assert.ok(steps > 2000);
        assert.deepEqual(openFiles(store), []);
        return;
      }
    }
  });

  it('are the same whichever is read first, the journal or what lies beside it', async () => {
    const store = new MemoryStore();
    const { journal, clock } = await open(store);
    const [one] = journal.recordBatch([DRAFT]);
    assert.ok(one);
    journal.recordText(one.id, 'The sea');
    await clock.pass(TEXT_INTERVAL);
    const left = openFiles(store).map((path) => [path, store.files.get(path)] as const);
    journal.recordText(one.id, ' rose.');
    await journal.recordEnd(one.id, { status: 'done' });
    await settle();
    const ended = picture((await reopen(store)).tree);
    // Left over, as when the process dies before it is taken away.
    left.forEach(([path, bytes]) => bytes && store.files.set(path, bytes));
    assert.deepEqual(picture((await reopen(store)).tree), ended);
    const early = await open(
      new MemoryStore(left.flatMap(([path, bytes]) => (bytes ? [[path, bytes]] : []))),
      9,
    );
    await settle();
    assert.equal(early.journal.tree.node(one.id)?.text, 'The sea');
  });

  it('leave nothing behind once the journal is closed, on a slow disk', async () => {
    class SlowStore extends MemoryStore {
      override async remove(path: string): Promise<void> {
        await new Promise((resolve) => setTimeout(resolve, 20));
        await super.remove(path);
      }
    }
    const store = new SlowStore();
    const { journal, clock } = await open(store);
    const [node] = journal.recordBatch([DRAFT]);
    assert.ok(node);
    journal.recordText(node.id, 'Half');
    await clock.pass(TEXT_INTERVAL);
    assert.equal(openFiles(store).length, 1);
    await journal.recordEnd(node.id, { status: 'done' });
    await journal.close();
    assert.deepEqual(openFiles(store), []);
  });

  it('are in the journal when the window closes', async () => {
    const store = new MemoryStore();
    const { journal, clock } = await open(store);
    const [node] = journal.recordBatch([DRAFT]);
    assert.ok(node);
    journal.recordText(node.id, 'Half');
    await clock.pass(TEXT_INTERVAL);
    assert.equal(openFiles(store).length, 1);
    await journal.close();
    assert.deepEqual(openFiles(store), []);
    assert.equal((await reopen(store)).tree.node(node.id)?.text, 'Half');
    // A stream that was stopped says so a little later.
    await journal.recordEnd(node.id, { status: 'stopped', finish: 'cancelled' });
    assert.equal((await reopen(store)).tree.node(node.id)?.finish, 'cancelled');
  });

  it('go on into the file beside the journal until the disk takes them', async () => {
    const store = new FailingStore();
    const { journal, clock, errors } = await open(store);
    const [node] = journal.recordBatch([DRAFT]);
    assert.ok(node);
    store.fate = () => 0.5;
    journal.recordText(node.id, 'One ');
    await clock.pass(TEXT_INTERVAL);
    assert.ok(errors.some((each) => /could not be written to .*disk is full/.test(String(each))));
    await assert.rejects(journal.recordEnd(node.id, { status: 'done' }), /disk is full/);
    store.fate = () => 1;
    await journal.flush();
    await settle();
    assert.equal((await reopen(store)).tree.node(node.id)?.text, 'One ');
    assert.deepEqual(openFiles(store), []);
  });

  it('pass over damage in another window’s file, and say so', async () => {
    const birth = { ...DRAFT, id: 'n1', batch: 'b1', index: 0, created: 1, text: 'The sea' };
    const lines = [
      JSON.stringify({ v: 1, node: { ...birth, at: -1 } }),
      'no JSON',
      JSON.stringify({ v: 2, node: birth }),
      JSON.stringify({ v: 1, node: birth }),
      JSON.stringify({ v: 1, node: { ...birth, id: 'n2' } }).slice(0, 40),
    ];
    const store = new MemoryStore();
    store.setText(`${FOLDER}/writer1-open.jsonl`, lines.join('\n'));
    const { tree, problems } = await reopen(store);
    assert.deepEqual(
      [...tree.nodes()].map(({ id, text }) => [id, text]),
      [['n1', 'The sea']],
    );
    assert.deepEqual(
      problems.map(({ code, line }) => [code, line]),
      [
        ['shape', 1],
        ['json', 2],
        ['shape', 3],
      ],
    );
  });
});
