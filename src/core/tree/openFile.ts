import { checkEvent } from './eventSchema';
import type { EventData } from './event';
import { LatestFile } from './latestFile';
import type { WriterId } from './node';
import type { JournalProblem } from './problem';
import { forEachValue } from './segmentReader';
import { writeFailed } from './segmentWriter';
import { joinPath, type Store } from './store';

/** A branch that has no end in the journal yet: as its `node` event says it, with all of its text so far. */
export type UnendedNode = EventData['node'];

const NAME = /^([0-9a-z]{4,32})-open\.jsonl(\.tmp)?$/;

/**
 * What a writer's unended branches say so far, always replaced whole and gone when all have ended. It
 * makes of a branch one line of the journal, however long it streams, and a crash costs no more.
 */
export class OpenFile {
  readonly #file: LatestFile;
  #isThere = false;
  #isFilled = false;

  constructor(
    store: Store,
    private readonly folder: string,
    writer: WriterId,
  ) {
    this.#file = new LatestFile(store, joinPath(folder, `${writer}-open.jsonl`));
  }

  /** Whether something is there, or being written or taken away. */
  get isThere(): boolean {
    return this.#isThere;
  }

  /**
   * Resolves when these nodes, or later ones, are written.
   * @throws VariorumError `storage` when they could not be
   */
  async save(nodes: () => readonly UnendedNode[]): Promise<void> {
    const text = () => {
      const lines = nodes().map((node) => `${JSON.stringify({ v: 1, node })}\n`);
      this.#isFilled = lines.length > 0;
      return lines.length === 0 ? undefined : lines.join('');
    };
    this.#isThere = true;
    try {
      await this.#file.save(text);
      this.#isThere = this.#isFilled;
    } catch (error) {
      throw writeFailed(this.folder, error);
    }
  }
}

/**
 * Hands over what other writers' branches said when they were last written down.
 * @param from `except` the reader's own file, and what is not wanted
 */
export async function visitOpenFiles(
  from: { store: Store; folder: string; except: WriterId; isWanted?: (name: string) => boolean },
  problems: JournalProblem[],
  take: (node: UnendedNode, writer: WriterId) => void,
): Promise<void> {
  const { store, folder, except, isWanted = () => true } = from;
  for (const name of [...(await store.list(folder))].sort()) {
    const writer = NAME.exec(name)?.[1];
    if (writer === undefined || writer === except || !isWanted(name)) {
      continue;
    }
    const path = joinPath(folder, name);
    // One that is gone by now has all of its branches in the journal.
    const bytes = await store.read(path).catch(() => undefined);
    if (bytes !== undefined) {
      forEachValue({ path, bytes }, problems, (value, line) => {
        const node = soundNode(value, writer);
        if (node === undefined) {
          const reason = 'not a branch that streams';
          problems.push({ code: 'shape', file: path, line, reason });
        } else {
          take(node, writer);
        }
      });
    }
  }
}

/** A line's node, if it would be sound as an event. */
function soundNode(value: unknown, writer: WriterId): UnendedNode | undefined {
  if (typeof value !== 'object' || value === null || !('node' in value)) {
    return undefined;
  }
  const checked = checkEvent({ v: 1, writer, seq: 0, time: 0, event: 'node', data: value.node });
  if (checked.kind !== 'known' || checked.event.event !== 'node') {
    return undefined;
  }
  return 'v' in value && value.v === 1 ? checked.event.data : undefined;
}
