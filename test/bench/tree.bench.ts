import { nothingKnown, planCheckpoint } from '../../src/core/tree/checkpoint';
import { NONE_TYPED } from '../../src/core/attachment/typed';
import type { JournalEvent } from '../../src/core/tree/event';
import { parseQuery, searchNodes } from '../../src/core/tree/nodeSearch';
import type { NodeId } from '../../src/core/tree/node';
import { Outline } from '../../src/core/tree/outline';
import { Tree } from '../../src/core/tree/tree';
import { laid } from '../../src/core/tree/version';
import { median, type Measure } from '../../scripts/bench/measure';

const NODES = 100_000;
const BATCH = 5;
const WORDS = 100_000;
const TIMES = 9;
const SENTENCE =
  'She put the letter back on the table as if it had been there all along, and then she went to the window. ';

/** Searching and showing a tree of 100,000 nodes; a checkpoint of a draft of 100,000 words. */
export function treeBench(): Promise<Measure[]> {
  const tree = grown();
  const search = (query: string) =>
    timed(() => searchNodes({ tree, flagsOf: () => [] }, parseQuery(query), 200));
  const queries = ['letter', 'nowhere', 'window model:sketch is:model', 'is:bookmarked'];
  const searched = queries.map(search);
  const children = timed(() => {
    const outline = new Outline(tree);
    const [root] = outline.roots();
    outline.children(root?.id ?? '').map(({ id }) => outline.hasChildren(id));
  });
  const slowest = Math.max(...searched);
  const { kept, stored } = checkpointed();
  return Promise.resolve([
    {
      what: `search of ${NODES.toLocaleString('en')} nodes`,
      budget: '≤ 100 ms',
      measured: `${slowest.toFixed(0)} ms the slowest of ${queries.length}`,
      ok: slowest <= 100,
    },
    {
      what: 'the same tree: its first level after a change',
      budget: '≤ 50 ms',
      measured: `${children.toFixed(1)} ms`,
      ok: children <= 50,
    },
    {
      what: `checkpoint of a draft of ${WORDS.toLocaleString('en')} words after an edit`,
      budget: '≤ 5 ms',
      measured: `${kept.toFixed(2)} ms, ${stored} characters stored`,
      ok: kept <= 5,
    },
  ]);
}

function grown(): Tree {
  const tree = new Tree();
  let parent: NodeId | null = null;
  for (let i = 0; i < NODES; i++) {
    const id = `n${i}`;
    tree.apply(born(id, parent, i));
    if (i % BATCH === 0) {
      parent = `n${i - (i % (BATCH * 40)) + (i % 3)}`;
    }
  }
  return tree;
}

function born(id: NodeId, parent: NodeId | null, i: number): JournalEvent {
  const source = { kind: 'model', model: 'sketch', strategy: 'plain', prompt: 'p' } as const;
  const batch = `b${Math.floor(i / BATCH)}`;
  const node = { id, parent, at: SENTENCE.length, source, batch, index: i % BATCH, created: i };
  const data = { ...node, text: `${SENTENCE}${i}`, status: 'done' } as const;
  return { v: 1, writer: 'bench', seq: i, time: i, event: 'node', data };
}

function checkpointed(): { kept: number; stored: number } {
  const text = Array.from({ length: WORDS / 20 }, (_, i) => `${SENTENCE.trimEnd()} ${i}\n`).join(
    '',
  );
  const empty = { attachments: [], typed: NONE_TYPED };
  const first = planCheckpoint(nothingKnown(), { ...empty, text }, () => undefined);
  const pieces = laid([{ node: 'draft', from: 0, length: text.length }]);
  const known = { ...first.state, attachments: pieces };
  const nodeOf = () => ({ text, source: { kind: 'unknown' } }) as const;
  const middle = text.indexOf('\n', text.length / 2) + 1;
  const now = { ...empty, text: `${text.slice(0, middle)}A new line.\n${text.slice(middle)}` };
  let stored = 0;
  const kept = timed(() => {
    const { edits } = planCheckpoint(known, now, nodeOf);
    stored = edits.reduce((sum, edit) => sum + edit.text.length, 0);
  });
  return { kept, stored };
}

function timed(work: () => unknown): number {
  const times = Array.from({ length: TIMES }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return median(times);
}
