import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../../src/core/platform';
import { DocumentJournal } from '../../src/core/tree/documentJournal';
import type { NodeId } from '../../src/core/tree/node';
import { documentFolder } from '../../src/core/tree/documentFolder';
import { joinPath, type Store } from '../../src/core/tree/store';
import { DiskStore } from '../fixtures/diskStore';
import { MemoryStore } from '../fixtures/memoryStore';
import { median, quantile, type Measure } from '../../scripts/bench/measure';

const NODES = 100_000;
const BATCH = 5;
const OPENINGS = 5;
const APPENDS = 500;
const HUGE_NODES = 100;
const SENTENCE =
  'She put the letter back on the table as if it had been there all along, and then she went to the window. ';

/** Opening a journal of 100,000 nodes from disk and appending to it. */
export async function journalBench(): Promise<Measure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'variorum-journal-'));
  try {
    const store = new DiskStore(folder);
    await fill(store);
    const opened: number[] = [];
    for (let i = 0; i < OPENINGS; i++) {
      opened.push(await timed(async () => checkSize((await openJournal(store, i + 2)).tree.size)));
    }
    const [first = Number.NaN] = opened;
    return [
      {
        what: `tree of ${NODES.toLocaleString('en')} nodes of ${SENTENCE.length} characters: open`,
        budget: '≤ 500 ms',
        measured: `${first.toFixed(0)} ms the first time, ${median(opened).toFixed(0)} ms typically`,
        // A window opens a tree once, with nothing warmed up.
        ok: first <= 500,
      },
      await appending(store),
    ];
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Each branch placed: the append that a writer waits for, on a segment of any size. */
async function appending(store: Store): Promise<Measure> {
  const journal = await openJournal(store, 100);
  const { id } = await journal.recordNode(draft(null), SENTENCE);
  const appended: number[] = [];
  for (let i = 0; i < APPENDS; i++) {
    const place = { node: id, from: 0, start: i, end: i + SENTENCE.length };
    appended.push(await timed(() => journal.recordPlace(place)));
  }
  await journal.close();
  const [typical, slow] = [median(appended), quantile(appended, 0.99)];
  return {
    what: 'the same tree: append, on disk',
    budget: '≤ 1 ms',
    measured: `${typical.toFixed(2)} ms (99%: ${slow.toFixed(2)} ms)`,
    ok: typical <= 1,
  };
}

/** A journal of 100 MB in one file, its end cut off and one bit of it flipped. */
export async function hugeBench(): Promise<Measure[]> {
  const source = { kind: 'unknown' };
  const text = SENTENCE.repeat(Math.ceil(1_000_000 / SENTENCE.length));
  const lines = Array.from({ length: HUGE_NODES }, (_, seq) => {
    const data = { id: `n${seq}`, parent: null, at: 0, source, batch: 'b', index: seq, created: 0 };
    const frame = { v: 1, writer: 'writer1', seq, time: 0, event: 'node' };
    return JSON.stringify({ ...frame, data: { ...data, text, status: 'done' } });
  });
  const bytes = new TextEncoder().encode(lines.join('\n')).slice(0, -1000);
  // The brace that opens a line in the middle.
  const middle = bytes.indexOf(0x0a, bytes.length / 2) + 1;
  bytes[middle] = (bytes[middle] ?? 0) ^ 1;
  const path = joinPath('.variorum', documentFolder('chapters/01.md'), 'writer1-0000.jsonl');
  const store = new MemoryStore([[path, bytes]]);
  let [size, problems] = [0, 0];
  const took = await timed(async () => {
    const journal = await openJournal(store, 200);
    [size, problems] = [journal.tree.size, journal.problems.length];
  });
  return [
    {
      what: `a damaged journal of ${Math.round(bytes.length / 1e6)} MB: open`,
      budget: 'all but the 2 damaged lines',
      measured: `${size} of ${HUGE_NODES} nodes, ${problems} reported, ${took.toFixed(0)} ms`,
      ok: size === HUGE_NODES - 2 && problems === 1,
    },
  ];
}

async function fill(store: Store): Promise<void> {
  const journal = await openJournal(store, 1);
  const written: Promise<void>[] = [];
  let parent: NodeId | null = null;
  for (let made = 0; made < NODES; made += BATCH) {
    const nodes = journal.recordBatch(Array.from({ length: BATCH }, () => draft(parent)));
    for (const { id } of nodes) {
      journal.recordText(id, SENTENCE);
      written.push(journal.recordEnd(id, { status: 'done', finish: 'length' }));
    }
    parent = nodes[made % BATCH]?.id ?? null;
  }
  await Promise.all(written);
  await journal.close();
}

function draft(parent: NodeId | null) {
  const source = {
    kind: 'model',
    model: 'sketch',
    strategy: 'plain',
    prompt: '0a1b2c3d4e5',
  } as const;
  return { parent, at: SENTENCE.length, source };
}

function openJournal(store: Store, seed: number): Promise<DocumentJournal> {
  return DocumentJournal.open({
    store,
    root: '.variorum',
    document: 'chapters/01.md',
    clock,
    random: seededRandom(seed),
    onError: (error) => {
      throw error;
    },
  });
}

const clock: Clock = { now: () => Date.now(), sleep: () => Promise.resolve() };

/** Park and Miller's minimal standard generator. */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

function checkSize(size: number): void {
  if (size !== NODES) {
    throw new Error(`The tree has ${size} nodes instead of ${NODES}.`);
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
