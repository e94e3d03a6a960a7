import assert from 'node:assert/strict';
import { TEXT_INTERVAL } from '../../../src/core/tree/documentJournal';
import { CrashingStore, FailingStore, MemoryStore } from '../../fixtures/memoryStore';
import { DRAFT, journalLines, open, reopen, ROOT, RUN } from './opened';
import { picture, settle } from './samples';

describe('DocumentJournal', () => {
  it('writes nothing by being opened', async () => {
    const store = new MemoryStore();
    const { journal } = await open(store);
    await journal.close();
    assert.equal(store.files.size, 0);
  });

  it('brings a batch back as it was', async () => {
    const store = new MemoryStore();
    const { journal, clock } = await open(store);
    const [one, two] = journal.recordBatch([DRAFT, DRAFT]);
    assert.ok(one && two);
    journal.recordText(one.id, 'The ');
    await clock.pass(TEXT_INTERVAL);
    journal.recordText(one.id, 'sea');
    await clock.pass(TEXT_INTERVAL);
    journal.recordText(one.id, '.');
    await journal.recordEnd(one.id, { status: 'done', finish: 'stop', tokens: RUN });
    const error = { code: 'stream', message: 'm', action: 'a', retryable: true } as const;
    await journal.recordEnd(two.id, { status: 'failed', error });
    await journal.recordPlace({ node: one.id, from: 0, start: 5, end: 13 });
    await journal.recordMark(one.id, 'bookmark', 'x');
    await journal.recordPrune(two.id, true);
    await journal.recordNode({ ...DRAFT, parent: one.id }, 'My own.');
    await journal.flush();
    const again = await reopen(store);
    assert.deepEqual(picture(again.tree), picture(journal.tree));
    assert.deepEqual(again.problems, []);
    assert.equal(again.tree.node(one.id)?.text, 'The sea.');
    assert.equal(again.tree.node(one.id)?.run?.semantics, 'raw');
    assert.equal(again.tree.node(two.id)?.error?.message, 'm');
    assert.deepEqual((await again.loadRuns([one.id, two.id])).runs, new Map([[one.id, RUN]]));
  });

  it('keeps batches in the order in which they were made, however fast', async () => {
    const { journal } = await open(new MemoryStore());
    const made = Array.from({ length: 20 }, () => journal.recordBatch([DRAFT])[0]?.batch);
    assert.deepEqual(journal.tree.batches(), made);
  });

  it('shows text at once, and makes one line of it however long it streams', async () => {
    const store = new MemoryStore();
    const { journal, clock } = await open(store);
    const [node] = journal.recordBatch([DRAFT]);
    assert.ok(node);
    for (const word of ['a ', 'b ', 'c ']) {
      journal.recordText(node.id, word);
    }
    assert.equal(node.text, 'a b c ');
    assert.equal(store.files.size, 0);
    await clock.pass(TEXT_INTERVAL - 1);
    assert.equal(store.files.size, 0);
    await clock.pass(1);
    journal.recordText(node.id, 'd ');
    journal.recordText(node.id, 'e');
    await clock.pass(TEXT_INTERVAL);
    await journal.recordEnd(node.id, { status: 'done' });
    await settle();
    assert.deepEqual(
      journalLines(store).map(({ event, data }) => [event, (data as { text?: string }).text]),
      [['node', 'a b c d e']],
    );
    assert.equal(node.text, 'a b c d e');
  });

  it('writes once what the nodes of a batch were asked with', async () => {
    const store = new MemoryStore();
    const { journal } = await open(store);
    const asked = { n: 2, maxTokens: 120, temperature: 1, topP: 1, minP: 0, before: 7 };
    const hotter = { ...asked, temperature: 1.5 };
    const [one, two] = journal.recordBatch([
      { ...DRAFT, asked },
      { ...DRAFT, asked: { ...asked } },
    ]);
    assert.ok(one && two);
    const three = journal.recordBranch(one.batch, { ...DRAFT, asked: hotter });
    const own = await journal.recordNode({ ...DRAFT, source: { kind: 'human' } }, 'Mine.');
    await Promise.all([one, two, three].map(({ id }) => journal.recordEnd(id, { status: 'done' })));
    const { tree } = await reopen(store);
    const read = [one, two, three, own].map(({ id }) => tree.node(id));
    assert.deepEqual(
      read.map((node) => node?.asked),
      [asked, undefined, hotter, undefined],
    );
    assert.deepEqual(
      read.map((node) => node && tree.askedOf(node)),
      [asked, asked, hotter, undefined],
    );
  });

  it('says in short which model wrote a node, and reads it said at length', async () => {
    const store = new MemoryStore();
    const { journal } = await open(store);
    const one = await journal.recordNode(DRAFT, 'One.');
    await journal.recordNode({ ...DRAFT, source: { kind: 'human' } }, 'Mine.');
    await journal.recordNode(DRAFT, 'Two.');
    const { model, strategy, prompt } = DRAFT.source;
    const short = JSON.stringify([model, strategy, prompt]);
    const said = (source: string) => source.replaceAll(short, JSON.stringify(DRAFT.source));
    const before = picture((await reopen(store)).tree);
    assert.deepEqual(one.source, DRAFT.source);
    assert.deepEqual(before, picture(journal.tree));
    const path = [...store.files.keys()].find((each) => each.endsWith('-0000.jsonl')) ?? '';
    const text = store.text(path);
    assert.equal(text.split(short).length, 3);
    store.setText(path, said(text));
    assert.deepEqual(picture((await reopen(store)).tree), before);
  });

  it('makes one line of a branch that ends soon', async () => {
    const store = new MemoryStore();
    const { journal } = await open(store);
    await journal.recordNode(DRAFT, 'All of it.');
    assert.deepEqual(
      journalLines(store).map(({ event }) => event),
      ['node'],
    );
  });

  it('ignores text and ends for branches that have ended', async () => {
    const store = new MemoryStore();
    const { journal, clock } = await open(store);
    const node = await journal.recordNode(DRAFT, 'All.');
    journal.recordText(node.id, ' More.');
    await journal.recordEnd(node.id, { status: 'failed' });
    await clock.pass(TEXT_INTERVAL);
    assert.equal(node.text, 'All.');
    assert.equal(node.status, 'done');
    assert.equal(journalLines(store).length, 1);
  });

  it('writes what is known of a branch before what refers to it', async () => {
    const store = new MemoryStore();
    const { journal } = await open(store);
    const [node] = journal.recordBatch([DRAFT]);
    assert.ok(node);
    journal.recordText(node.id, 'The');
    await journal.recordPlace({ node: node.id, from: 0, start: 0, end: 3 });
    assert.deepEqual(
      journalLines(store).map(({ event }) => event),
      ['node', 'place'],
    );
  });

  it('numbers one more branch after those of its batch', async () => {
    const { journal } = await open(new MemoryStore());
    const [first] = journal.recordBatch([DRAFT, DRAFT]);
    assert.ok(first);
    const more = journal.recordBranch(first.batch, DRAFT);
    assert.deepEqual([more.batch, more.index], [first.batch, 2]);
    assert.equal(journal.recordBranch(first.batch, DRAFT, 1).index, 1);
  });

  it('reads a branch that a crash cut off as stopped, with what came', async () => {
    const store = new MemoryStore();
    const { journal, clock } = await open(store);
    const [node] = journal.recordBatch([DRAFT]);
    assert.ok(node);
    journal.recordText(node.id, 'Half a sen');
    await clock.pass(TEXT_INTERVAL);
    journal.recordText(node.id, 'tence');
    const again = (await reopen(store)).tree.node(node.id);
    assert.deepEqual([again?.status, again?.text], ['stopped', 'Half a sen']);
  });

  it('takes a new writer for every opening, so that no file is written over', async () => {
    const store = new MemoryStore();
    const first = await open(store, 1);
    await first.journal.recordNode(DRAFT, 'One.');
    const second = await open(store, 2, 5);
    assert.notEqual(first.journal.writer, second.journal.writer);
    await second.journal.recordNode(DRAFT, 'Two.');
    await first.journal.refresh();
    assert.equal(first.journal.tree.size, 2);
    assert.deepEqual(picture(first.journal.tree), picture((await reopen(store)).tree));
  });

  it('merges two branches of a repository by the union of their files', async () => {
    const base = new MemoryStore();
    const { journal } = await open(base, 1);
    const root = await journal.recordNode(DRAFT, 'Root.');
    const sides = await Promise.all(
      [2, 3].map(async (seed) => {
        const store = new MemoryStore(base.files);
        const side = await open(store, seed, seed);
        await side.journal.recordNode({ ...DRAFT, parent: root.id }, `Side ${seed}.`);
        return store;
      }),
    );
    const [left, right] = sides;
    assert.ok(left && right);
    const one = await reopen(new MemoryStore([...left.files, ...right.files]));
    const other = await reopen(new MemoryStore([...right.files, ...left.files]));
    assert.deepEqual(picture(one.tree), picture(other.tree));
    assert.deepEqual(
      one.tree.children(root.id).map(({ text }) => text),
      ['Side 2.', 'Side 3.'],
    );
  });

  it('keeps what could not be written and tells whoever waits, or else the host', async () => {
    const store = new FailingStore();
    const { journal, clock, errors } = await open(store);
    store.fate = () => 0;
    await assert.rejects(journal.recordNode(DRAFT, 'One.'), /disk is full/);
    assert.equal(journal.pending, 1);
    assert.equal(journal.tree.size, 1);
    const [node] = journal.recordBatch([DRAFT]);
    assert.ok(node);
    journal.recordText(node.id, 'Two.');
    await clock.pass(TEXT_INTERVAL);
    assert.ok(errors.some((error) => error instanceof Error && error.message.includes('disk')));
    store.fate = () => 1;
    await journal.flush();
    assert.equal(journal.pending, 0);
    assert.equal((await reopen(store)).tree.size, 2);
  });

  it('loses nothing acknowledged and invents nothing, wherever the process dies', async function () {
    this.timeout(20_000);
    // Every 29th step keeps the test short; a line has over 200 bytes, so that each is cut many times.
    for (let steps = 1; ; steps += 29) {
      const store = new CrashingStore(steps);
      const { journal } = await open(store);
      const acknowledged: string[] = [];
      const work = (async () => {
        for (const text of ['The sea.', 'The sky.', 'The end.']) {
          const [node] = journal.recordBatch([DRAFT]);
          assert.ok(node);
          journal.recordText(node.id, text);
          await journal.recordEnd(node.id, { status: 'done', tokens: RUN });
          acknowledged.push(text);
        }
        return 'done';
      })();
      const outcome = await Promise.race([work, settle()]);
      const again = await reopen(store);
      const texts = [...again.tree.nodes()].map(({ text }) => text).sort();
      const started = ['The sea.', 'The sky.', 'The end.'].slice(0, acknowledged.length + 1);
      assert.deepEqual(
        acknowledged.filter((text) => !texts.includes(text)),
        [],
      );
      assert.deepEqual(
        texts.filter((text) => !started.includes(text)),
        [],
      );
      assert.deepEqual(again.problems, []);
      const { runs, problems } = await again.loadRuns([...again.tree.nodes()].map(({ id }) => id));
      assert.deepEqual(problems, []);
      runs.forEach((run) => assert.deepEqual(run, RUN));
      if (outcome === 'done' && !store.dead) {
        assert.ok(steps > 2000);
        return;
      }
    }
  });

  it('tells git what to keep and how to merge, and leaves the files of the writer alone', async () => {
    const store = new MemoryStore();
    store.setText(`${ROOT}/.gitattributes`, 'mine');
    const { journal } = await open(store);
    await journal.recordNode(DRAFT, 'One.');
    await settle();
    assert.match(store.text(`${ROOT}/.gitignore`), /^cache\/$/m);
    assert.equal(store.text(`${ROOT}/.gitattributes`), 'mine');
  });

  it('writes what is left when it is closed', async () => {
    const store = new MemoryStore();
    const { journal } = await open(store);
    const [node] = journal.recordBatch([DRAFT]);
    assert.ok(node);
    journal.recordText(node.id, 'Half');
    await journal.close();
    assert.equal((await reopen(store)).tree.node(node.id)?.text, 'Half');
  });
});
