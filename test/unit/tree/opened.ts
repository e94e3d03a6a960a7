import type { Run } from '../../../src/core/model/token';
import type { Clock } from '../../../src/core/platform';
import { documentFolder } from '../../../src/core/tree/documentFolder';
import { DocumentJournal } from '../../../src/core/tree/documentJournal';
import type { Attachment } from '../../../src/core/tree/node';
import { reanchor } from '../../../src/core/attachment/reanchor';
import { MemoryStore } from '../../fixtures/memoryStore';
import { settle } from './samples';

export const ROOT = '.variorum';
const DOCUMENT = 'chapters/01.md';
export const FOLDER = `${ROOT}/${documentFolder(DOCUMENT)}`;
export const source = { kind: 'model', model: 'sketch', strategy: 'plain', prompt: 'p1' } as const;
export const DRAFT = { parent: null, at: 0, source };
export const RUN: Run = {
  semantics: 'raw',
  bytes: 'none',
  tokens: [
    { start: 0, end: 3, logprob: -0.5, alternatives: [{ text: 'A', logprob: -1 }], tail: 0.25 },
    { start: 3, end: 8, logprob: -2, alternatives: [], tail: null },
  ],
};

/** A clock that moves when told. */
export class TestClock implements Clock {
  time = 1_700_000_000_000;
  #sleepers: { until: number; wake: () => void }[] = [];

  now(): number {
    return this.time;
  }

  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return new Promise((wake) => {
      const done = () => {
        signal?.removeEventListener('abort', done);
        wake();
      };
      this.#sleepers.push({ until: this.time + milliseconds, wake: done });
      signal?.addEventListener('abort', done);
    });
  }

  async pass(milliseconds: number): Promise<void> {
    this.time += milliseconds;
    this.#sleepers.filter(({ until }) => until <= this.time).forEach(({ wake }) => wake());
    this.#sleepers = this.#sleepers.filter(({ until }) => until > this.time);
    await settle();
  }
}

interface Opened {
  journal: DocumentJournal;
  clock: TestClock;
  errors: unknown[];
}

export async function open(store: MemoryStore, seed = 1, time = 0): Promise<Opened> {
  const clock = new TestClock();
  clock.time += time;
  const errors: unknown[] = [];
  let state = seed;
  const random = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
  const onError = (error: unknown) => void errors.push(error);
  const options = { store, root: ROOT, document: DOCUMENT, clock, random, onError };
  return { journal: await DocumentJournal.open(options), clock, errors };
}

export const reopen = async (store: MemoryStore, time = 60_000): Promise<DocumentJournal> =>
  (await open(new MemoryStore(store.files), 99, time)).journal;

export async function soundIn(journal: DocumentJournal, text: string): Promise<Attachment[]> {
  return reanchor(text, await journal.savedAttachments(), (node) => journal.tree.node(node)?.text);
}

export function journalLines(store: MemoryStore): Record<string, unknown>[] {
  return [...store.files.keys()]
    .filter((path) => path.startsWith(FOLDER) && /-\d+\.jsonl/.test(path))
    .filter((path) => !path.includes('/cache/'))
    .flatMap((path) => store.text(path).trimEnd().split('\n'))
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}
