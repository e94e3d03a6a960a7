import * as v from 'valibot';
import { LatestFile } from './latestFile';
import { forEachLine } from './lines';
import type { Attachment, WriterId } from './node';
import { writeFailed } from './segmentWriter';
import { joinPath, type Store } from './store';

/** Where a document's attachments stood at one time. */
export interface AttachmentSnapshot {
  /** Milliseconds since the epoch. */
  time: number;
  attachments: readonly Attachment[];
}

/** Which attachments: those of branches, or those of scored text. */
export type AttachmentKind = 'attachments' | 'scored';

const NAMES: Record<AttachmentKind, RegExp> = {
  attachments: /^[0-9a-z]{4,32}-attachments\.json(\.tmp)?$/,
  scored: /^[0-9a-z]{4,32}-scored\.json(\.tmp)?$/,
};
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const snapshotSchema = v.looseObject({
  v: v.literal(1),
  time: v.pipe(v.number(), v.finite(), v.minValue(0)),
  attachments: v.array(v.object({ node: v.string(), from: count, start: count, end: count })),
});

/**
 * Writes snapshots, each in place of this writer's last one, over a temporary file, so that a crash
 * leaves one or the other.
 */
export class AttachmentWriter {
  readonly #file: LatestFile;

  constructor(
    store: Store,
    private readonly folder: string,
    writer: WriterId,
    kind: AttachmentKind = 'attachments',
  ) {
    this.#file = new LatestFile(store, joinPath(folder, `${writer}-${kind}.json`));
  }

  /**
   * Resolves when this snapshot, or one given later, is written; snapshots overtaken while a write is
   * under way are skipped.
   * @throws VariorumError `storage` when it could not be
   */
  async save(snapshot: AttachmentSnapshot): Promise<void> {
    try {
      await this.#file.save(() => `${JSON.stringify({ v: 1, ...snapshot })}\n`);
    } catch (error) {
      throw writeFailed(this.folder, error);
    }
  }
}

/** The latest sound snapshot of any writer; undefined when there is none, damage included. */
export async function readAttachments(
  store: Store,
  folder: string,
  kind: AttachmentKind = 'attachments',
): Promise<AttachmentSnapshot | undefined> {
  let latest: AttachmentSnapshot | undefined;
  const names = (await store.list(folder)).filter((name) => NAMES[kind].test(name)).sort();
  for (const name of names) {
    const bytes = await store.read(joinPath(folder, name)).catch(() => undefined);
    const snapshot = bytes && parseSnapshot(bytes);
    if (snapshot !== undefined && snapshot.time >= (latest?.time ?? 0)) {
      latest = snapshot;
    }
  }
  return latest;
}

function parseSnapshot(bytes: Uint8Array): AttachmentSnapshot | undefined {
  let snapshot: AttachmentSnapshot | undefined;
  forEachLine(bytes, ({ text }) => {
    try {
      const parsed = v.safeParse(snapshotSchema, JSON.parse(text ?? ''));
      snapshot ??= parsed.success ? parsed.output : undefined;
    } catch {
      // Cut short by a crash: the other copy holds.
    }
  });
  return snapshot;
}
