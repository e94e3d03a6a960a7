import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { JournalEvent } from '../../../src/core/tree/event';
import { readJournal } from '../../../src/core/tree/journalReader';
import { CrashingStore, MemoryStore } from '../../fixtures/memoryStore';
import { DRAFTS, FOLDER, settle, stamped } from './samples';

const FILE = `${FOLDER}/writer1-0000.jsonl`;
const text = (seq: number, words = `t${seq}`, writer = 'writer1', time = 1000): JournalEvent =>
  stamped({ event: 'text', data: { node: 'n1', text: words } }, seq, writer, time);
const lines = (...events: unknown[]): string =>
  events.map((each) => (typeof each === 'string' ? each : JSON.stringify(each)) + '\n').join('');

function storeOf(files: Record<string, string>): MemoryStore {
  const store = new MemoryStore();
  Object.entries(files).forEach(([name, content]) => store.setText(`${FOLDER}/${name}`, content));
  return store;
}

async function read(content: string) {
  return readJournal(storeOf({ 'writer1-0000.jsonl': content }), FOLDER);
}

describe('readJournal', () => {
  it('finds nothing where nothing is', async () => {
    const journal = await readJournal(new MemoryStore(), FOLDER);
    assert.deepEqual(journal, { events: [], unknown: [], problems: [] });
  });

  it('brings every kind of event back as it was', async () => {
    const events = Object.values(DRAFTS).map((draft, seq) => stamped(draft, seq));
    const journal = await read(lines(...events));
    assert.deepEqual(journal, { events, unknown: [], problems: [] });
  });

  it('orders by time, then writer, then seq', async () => {
    const [a, b, c, d] = [
      text(1, 'a', 'writer1', 1),
      text(0, 'b', 'writer0', 5),
      text(0, 'c', 'writer1', 5),
      text(2, 'd', 'writer1', 5),
    ];
    const journal = await readJournal(
      storeOf({ 'writer1-0000.jsonl': lines(d, c, a), 'writer0-0000.jsonl': lines(b) }),
      FOLDER,
    );
    assert.deepEqual(journal.events, [a, b, c, d]);
  });

  const damaged: [string, string, string][] = [
    ['a line that is not JSON', '{"v":1,', 'json'],
    ['a merge marker', '<<<<<<< HEAD', 'json'],
    ['a wrong type', JSON.stringify({ ...text(1), seq: '1' }), 'shape'],
    ['wrong data', JSON.stringify({ ...text(1), data: { node: 'n1' } }), 'shape'],
    ['two events on one line', JSON.stringify(text(1)).repeat(2), 'json'],
  ];
  for (const [what, line, code] of damaged) {
    it(`passes over ${what}, reports it and reads on`, async () => {
      const store = storeOf({ 'writer1-0000.jsonl': lines(text(0), line, text(2)) });
      const before = store.text(FILE);
      const journal = await readJournal(store, FOLDER);
      assert.deepEqual(journal.events, [text(0), text(2)]);
      assert.deepEqual(
        journal.problems.map((problem) => ({ ...problem, reason: problem.reason !== '' })),
        [{ code, file: FILE, line: 2, reason: true }],
      );
      assert.equal(store.text(FILE), before);
    });
  }

  it('loses one line to bytes that are not UTF-8', async () => {
    const store = storeOf({ 'writer1-0000.jsonl': lines(text(0), text(1, 'Zürich'), text(2)) });
    const bytes = store.files.get(FILE) ?? new Uint8Array();
    bytes[bytes.indexOf(0xc3)] = 0xff;
    const journal = await readJournal(store, FOLDER);
    assert.deepEqual(journal.events, [text(0), text(2)]);
    assert.deepEqual(
      journal.problems.map(({ code, line }) => [code, line]),
      [['encoding', 2]],
    );
  });

  it('says nothing of a last line cut short, at whatever byte', async () => {
    const all = [text(0), text(1, 'é😀'), text(2)];
    const whole = new TextEncoder().encode(lines(...all));
    const ends = all.map((_, i) => new TextEncoder().encode(lines(...all.slice(0, i + 1))).length);
    for (let length = 0; length <= whole.length; length++) {
      const store = new MemoryStore([[FILE, whole.slice(0, length)]]);
      const journal = await readJournal(store, FOLDER);
      // The line end itself may be missing: the event is whole without it.
      const expected = all.filter((_, i) => (ends[i] ?? 0) - 1 <= length);
      assert.deepEqual(journal.events, expected, `cut at ${length}`);
      assert.deepEqual(journal.problems, [], `cut at ${length}`);
    }
  });

  it('reads on over zero bytes at the end, blank lines, CRLF and a byte order mark', async () => {
    const content = `\ufeff${lines(text(0), '', text(1)).replaceAll('\n', '\r\n')}\0\0\0`;
    const journal = await read(content);
    assert.deepEqual(journal, { events: [text(0), text(1)], unknown: [], problems: [] });
  });

  it('keeps an event it does not know', async () => {
    const vote = { v: 1, writer: 'writer1', seq: 1, time: 2, event: 'vote', data: { for: 'n1' } };
    const journal = await read(lines(text(0), vote));
    assert.deepEqual(journal, { events: [text(0)], unknown: [vote], problems: [] });
  });

  it('keeps and reports a line of a later version', async () => {
    const later = { ...text(1), v: 2, data: 'compressed' };
    const journal = await read(lines(text(0), later));
    assert.deepEqual(journal.unknown, [later]);
    assert.deepEqual(journal.problems, [
      { code: 'newer', file: FILE, line: 2, reason: 'version 2' },
    ]);
  });

  it('reads a huge line', async () => {
    const huge = text(0, 'long '.repeat(1_000_000));
    assert.deepEqual((await read(lines(huge))).events, [huge]);
  });

  it('takes the last of doubled keys, as JSON does', async () => {
    const line = JSON.stringify(text(0)).replace('"seq":0', '"seq":7,"seq":0');
    assert.deepEqual((await read(lines(line))).events, [text(0)]);
  });

  it('reads an event once that stands in several files, however it is written', async () => {
    const other = `{ "data": {"text":"t0", "node":"n1"}, "event":"text", "time":1000, "seq":0, "writer":"writer1", "v":1 }`;
    const store = storeOf({
      'writer1-0000.jsonl': lines(text(0)),
      'writer1-0000.jsonl.tmp': lines(text(0), text(1)),
      'writer1-0001.jsonl': lines(other),
    });
    const journal = await readJournal(store, FOLDER);
    assert.deepEqual(journal, { events: [text(0), text(1)], unknown: [], problems: [] });
  });

  it('keeps the first of copies that differ, by file and line, and reports the other', async () => {
    const store = storeOf({
      'writer1-0001.jsonl': lines(text(0, 'second')),
      'writer1-0000.jsonl': lines(text(0, 'first')),
    });
    const journal = await readJournal(store, FOLDER);
    assert.deepEqual(journal.events, [text(0, 'first')]);
    assert.deepEqual(
      journal.problems.map(({ code, file, line }) => [code, file, line]),
      [['conflict', `${FOLDER}/writer1-0001.jsonl`, 1]],
    );
  });

  it('passes over files that are not its own', async () => {
    const content = lines(text(0));
    const store = storeOf({
      'notes.md': content,
      'writer1.jsonl': content,
      'WRITER1-0000.jsonl': content,
      'writer1-0000.json': content,
      'writer1-0000 (copy).jsonl': content,
      'cache/writer1-0000.jsonl': content,
    });
    assert.deepEqual((await readJournal(store, FOLDER)).events, []);
  });

  it('reports a file that cannot be read and reads the others', async () => {
    const store = storeOf({
      'writer1-0000.jsonl': lines(text(0)),
      'writer2-0000.jsonl': lines(text(0, 'x', 'writer2')),
    });
    const readFile = store.read.bind(store);
    store.read = (path) => (path === FILE ? Promise.reject(new Error('locked')) : readFile(path));
    const journal = await readJournal(store, FOLDER);
    assert.deepEqual(journal.events, [text(0, 'x', 'writer2')]);
    assert.deepEqual(journal.problems, [
      { code: 'unreadable', file: FILE, line: null, reason: 'locked' },
    ]);
  });

  it('finds what another window renames while it reads', async () => {
    const store = storeOf({
      'writer1-0000.jsonl': lines(text(0)),
      'writer1-0000.jsonl.tmp': lines(text(0), text(1)),
    });
    const readFile = store.read.bind(store);
    store.read = async (path) => {
      if (path !== FILE) {
        // Read only after the other window has renamed it away: what was read of FILE is old.
        await settle();
        return readFile(path);
      }
      const bytes = await readFile(path);
      if (store.files.has(`${FILE}.tmp`)) {
        await store.rename(`${FILE}.tmp`, FILE);
      }
      return bytes;
    };
    assert.deepEqual((await readJournal(store, FOLDER)).events, [text(0), text(1)]);
  });

  it('reads the same from two branches of a repository, merged by union in any order', async () => {
    const common = [text(0), text(1)];
    const ours = [text(2, 'ours'), text(3, 'ours')];
    const theirs = [text(0, 'theirs', 'writer2'), text(1, 'theirs', 'writer2')];
    const all = lines(...common, ...ours, ...theirs)
      .trimEnd()
      .split('\n');
    const expected = (await read(lines(...all))).events;
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(all, { minLength: all.length }),
        fc.shuffledSubarray(all),
        async (one, more) => {
          const store = storeOf({
            'writer1-0000.jsonl': lines(...one),
            'writer2-0000.jsonl.tmp': lines(...more),
          });
          const journal = await readJournal(store, FOLDER);
          assert.deepEqual(journal.events, expected);
          assert.deepEqual(journal.problems, []);
        },
      ),
      { seed: 3, numRuns: 100 },
    );
  });

  it('never throws on random bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
        const sound = new TextEncoder().encode(lines('', text(0)));
        const store = new CrashingStore(1, [[FILE, new Uint8Array([...bytes, 0x0a, ...sound])]]);
        assert.deepEqual((await readJournal(store, FOLDER)).events, [text(0)]);
      }),
      { seed: 5, numRuns: 300 },
    );
  });
});
