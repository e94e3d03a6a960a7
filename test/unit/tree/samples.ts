import type { JournalEvent } from '../../../src/core/tree/event';
import type { EventDraft } from '../../../src/core/tree/journalWriter';
import type { Tree } from '../../../src/core/tree/tree';

/** Where the journals of these tests lie. */
export const FOLDER = '.variorum/draft';

/** A sound event of each kind, every optional field filled. */
export const DRAFTS = {
  node: {
    event: 'node',
    data: {
      id: 'n1',
      parent: 'n0',
      at: 12,
      text: 'The sea, then.',
      status: 'failed',
      source: { kind: 'model', model: 'sketch', strategy: 'plain', prompt: 'p1' },
      finish: 'stop',
      error: { code: 'stream', message: 'It broke.', action: 'Try again.', retryable: true },
      run: { semantics: 'raw', bytes: 'exact' },
      seconds: 1.25,
      usage: { promptTokens: 812, completionTokens: 4, cost: 0.0004 },
      batch: 'b1',
      index: 0,
      asked: {
        ...{
          n: 5,
          maxTokens: 120,
          temperature: 1,
          topP: 0.95,
          minP: 0,
          samplers: { topK: 20, presencePenalty: -0.5 },
          seed: -7,
          reach: 'scene',
        },
        ...{ spread: 'apart', instruction: 'Sadder.', before: 812, after: 40 },
        ...{ notes: 'p2', earlier: 'p3' },
      },
      created: 1_700_000_000_000,
    },
  },
  text: { event: 'text', data: { node: 'n1', text: 'line one\nline "two" \ud83d\ude00 \ud800' } },
  end: {
    event: 'end',
    data: {
      node: 'n1',
      text: ' And out.',
      status: 'failed',
      finish: 'length',
      error: { code: 'stream', message: 'It broke.', action: 'Try again.', retryable: false },
      run: { semantics: 'processed', bytes: 'none' },
      seconds: 1.25,
      usage: { promptTokens: 812, completionTokens: 4 },
    },
  },
  place: { event: 'place', data: { node: 'n1', from: 0, start: 3, end: 17 } },
  mark: { event: 'mark', data: { node: 'n1', mark: 'bookmark', value: 'the turn' } },
  prune: { event: 'prune', data: { node: 'n1', pruned: true } },
} as const satisfies { [E in EventDraft['event']]: Extract<EventDraft, { event: E }> };

/** A node that says in short which model wrote it. */
export const SHORT = {
  event: 'node',
  data: { ...DRAFTS.node.data, source: ['sketch', 'plain', 'p1'] },
} as const satisfies EventDraft;

export function stamped(draft: EventDraft, seq = 0, writer = 'writer1', time = 1000): JournalEvent {
  return { v: 1, writer, seq, time, ...draft };
}

/** Everything a tree says, as plain data. */
export function picture(tree: Tree): unknown {
  const nodes = [...tree.nodes()].sort((a, b) => (a.id < b.id ? -1 : 1));
  return {
    size: tree.size,
    nodes: nodes.map((node) => ({ ...node })),
    roots: tree.roots().map(({ id }) => id),
    children: nodes.map(({ id }) => tree.children(id).map((child) => child.id)),
    batches: tree.batches().map((id) => [id, tree.batch(id).map((node) => node.id)]),
    places: tree.places,
    marks: nodes.map(({ id }) => [...tree.marks(id)].sort()),
    pruned: nodes.map(({ id }) => tree.isPruned(id)),
  };
}

/** Lets everything that can go on without time passing go on. */
export async function settle(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}
