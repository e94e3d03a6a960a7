import assert from 'node:assert/strict';
import { MemoryStore } from '../../fixtures/memoryStore';
import { DRAFT, open, reopen, RUN, soundIn } from './opened';

describe('DocumentJournal, its sidecar', () => {
  it('drops tokens that are not of the text, and reports them', async () => {
    const store = new MemoryStore();
    const { journal } = await open(store);
    const node = await journal.recordNode(DRAFT, 'The sea.');
    assert.equal(await journal.saveRun(node.id, RUN), true);
    assert.equal(await journal.saveRun(node.id, { ...RUN, tokens: RUN.tokens.slice(1) }), false);
    const path = [...store.files.keys()].find((each) => each.includes('/cache/')) ?? '';
    const journalPath =
      [...store.files.keys()].find(
        (each) => !each.includes('/cache/') && each.endsWith('.jsonl'),
      ) ?? '';
    store.setText(journalPath, store.text(journalPath).replace('The sea.', 'The sky.'));
    const { runs, problems } = await (await reopen(store)).loadRuns([node.id]);
    assert.equal(runs.size, 0);
    assert.deepEqual(
      problems.map(({ code, file, line }) => [code, file, line]),
      [['mismatch', path, 1]],
    );
  });

  it('reads the latest of several runs, and reports a damaged one', async () => {
    const store = new MemoryStore();
    const { journal, clock } = await open(store);
    const node = await journal.recordNode(DRAFT, 'The sea.');
    const later = { ...RUN, semantics: 'processed' as const };
    await journal.saveRun(node.id, RUN);
    clock.time += 5;
    await journal.saveRun(node.id, later);
    const path = [...store.files.keys()].find((each) => each.includes('/cache/')) ?? '';
    store.setText(path, `${store.text(path)}{"v":1,"node":"${node.id}","time":"late"}\n`);
    const { runs, problems } = await (await reopen(store)).loadRuns([node.id]);
    assert.deepEqual(runs.get(node.id), later);
    assert.deepEqual(
      problems.map(({ code, line }) => [code, line]),
      [['shape', 3]],
    );
  });

  it('finds attachments again, and what was put in after they were kept', async () => {
    const store = new MemoryStore();
    const { journal, clock } = await open(store);
    const node = await journal.recordNode(DRAFT, 'The sea.');
    const [first, second] = [
      { node: node.id, from: 0, start: 0, end: 8 },
      { node: node.id, from: 0, start: 9, end: 17 },
    ];
    await journal.recordPlace({ ...first, start: 20, end: 28 });
    clock.time += 5;
    await Promise.all([journal.saveAttachments([]), journal.saveAttachments([first])]);
    clock.time += 5;
    await journal.recordPlace(second);
    const text = 'The sea. The sea.   The sea.';
    assert.deepEqual(await soundIn(await reopen(store), text), [first, second]);
    // A crash while the next snapshot is written leaves the last one.
    const path = [...store.files.keys()].find((each) => each.endsWith('attachments.json')) ?? '';
    store.setText(`${path}.tmp`, store.text(path).slice(0, -9).replace('"time":1', '"time":2'));
    assert.deepEqual(await soundIn(await reopen(store), text), [first, second]);
  });

  it('falls back to the places in the journal when the sidecar is gone', async () => {
    const store = new MemoryStore();
    const { journal } = await open(store);
    const node = await journal.recordNode(DRAFT, 'The sea.');
    const place = { node: node.id, from: 0, start: 3, end: 11 };
    await journal.recordPlace(place);
    await journal.saveAttachments([]);
    [...store.files.keys()]
      .filter((path) => path.includes('/cache/'))
      .forEach((path) => store.files.delete(path));
    const again = await reopen(store);
    assert.deepEqual(await soundIn(again, 'Oh The sea.'), [place]);
    assert.deepEqual(await soundIn(again, 'Oh The sky.'), []);
    assert.equal((await again.loadRuns([node.id])).runs.size, 0);
  });

  it('takes the latest attachments of two windows', async () => {
    const store = new MemoryStore();
    const [early, late] = [await open(store, 2, 50), await open(store, 1, 40)];
    const node = await early.journal.recordNode(DRAFT, 'The sea.');
    const attachment = { node: node.id, from: 0, start: 0, end: 8 };
    late.clock.time += 20;
    await late.journal.saveAttachments([attachment]);
    await early.journal.saveAttachments([]);
    assert.ok(late.journal.writer < early.journal.writer);
    assert.deepEqual(await soundIn(await reopen(store), 'The sea.'), [attachment]);
  });
});
