import * as v from 'valibot';
import { AttachmentWriter, readAttachments } from './attachmentFile';
import { CompactRun } from './compactRun';
import { documentFolder } from './documentFolder';
import { LatestFile } from './latestFile';
import type { Attachment, NodeId, WriterId } from './node';
import { storedRunSchema } from './packedRun';
import { writeFailed } from './segmentWriter';
import { joinPath, type Store } from './store';
import { CACHE_FOLDER, prepareVariorumFolder } from './variorumFolder';

/** Text that a model did not write and has scored. */
export interface ScoredText {
  /** Stands in attachments where a branch has its node's id; it is in no tree. */
  id: NodeId;
  /** Id of the model that scored it, and its name for people. */
  model: string;
  label: string;
  /** Milliseconds since the epoch. */
  time: number;
  /** As it was when it was scored, line ends LF. */
  text: string;
  run: CompactRun;
}

/** What was kept of the scored text of a document, and where it stood. */
export interface KeptScores {
  texts: readonly ScoredText[];
  attachments: readonly Attachment[];
}

/** Where a document's tree lies. */
export interface ScoredHome {
  store: Store;
  root: string;
  document: string;
}

const NAME = /^([0-9a-z]{4,32})-score\.json$/;
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const fileSchema = v.looseObject({
  v: v.literal(1),
  model: v.string(),
  label: v.string(),
  time: v.pipe(v.number(), v.finite(), v.minValue(0)),
  text: v.string(),
  blocks: v.array(v.object({ length: count, run: storedRunSchema })),
});

/**
 * Keeps scored text beside a document's tree, in the cache that git ignores: losing it costs colours and
 * nothing else. Each scoring is a file that is written once; where they stand is a small one.
 */
export class ScoredFiles {
  readonly #home: ScoredHome;
  readonly #folder: string;
  readonly #attachments: AttachmentWriter;
  #prepared = false;

  constructor(home: ScoredHome, writer: WriterId) {
    this.#home = home;
    this.#folder = joinPath(joinPath(home.root, documentFolder(home.document)), CACHE_FOLDER);
    this.#attachments = new AttachmentWriter(home.store, this.#folder, writer, 'scored');
  }

  /** What is there and sound, with where it stood; text that stands nowhere any more is removed. */
  async read(): Promise<KeptScores> {
    const { store } = this.#home;
    const names = (await store.list(this.#folder)).filter((name) => NAME.test(name));
    if (names.length === 0) {
      return { texts: [], attachments: [] };
    }
    const attachments = (await readAttachments(store, this.#folder, 'scored'))?.attachments ?? [];
    const standing = new Set(attachments.map(({ node }) => node));
    const texts: ScoredText[] = [];
    for (const name of names) {
      const id = NAME.exec(name)?.[1] ?? '';
      const path = joinPath(this.#folder, name);
      if (!standing.has(id)) {
        await store.remove(path).catch(() => undefined);
        continue;
      }
      const bytes = await store.read(path).catch(() => undefined);
      const text = bytes && parse(id, bytes);
      if (text !== undefined) {
        texts.push(text);
      }
    }
    return { texts, attachments };
  }

  /** @throws VariorumError `storage` when it could not be written */
  async save({ id, run, ...text }: ScoredText): Promise<void> {
    const file = new LatestFile(this.#home.store, joinPath(this.#folder, `${id}-score.json`));
    try {
      await this.#prepare();
      await file.save(() => `${JSON.stringify({ v: 1, ...text, blocks: run.packed })}\n`);
    } catch (error) {
      throw writeFailed(this.#folder, error);
    }
  }

  /** Keeps where scored text stands. */
  async saveAttachments(attachments: readonly Attachment[], time: number): Promise<void> {
    await this.#prepare();
    await this.#attachments.save({ time, attachments });
  }

  /** Removes what was kept of some texts. */
  async remove(ids: Iterable<NodeId>): Promise<void> {
    for (const id of ids) {
      await this.#home.store.remove(joinPath(this.#folder, `${id}-score.json`));
    }
  }

  async #prepare(): Promise<void> {
    if (!this.#prepared) {
      this.#prepared = true;
      await prepareVariorumFolder(this.#home.store, this.#home.root);
    }
  }
}

function parse(id: NodeId, bytes: Uint8Array): ScoredText | undefined {
  try {
    const json: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    const parsed = v.safeParse(fileSchema, json);
    if (!parsed.success) {
      return undefined;
    }
    const { model, label, time, text, blocks } = parsed.output;
    const run = CompactRun.read(blocks, text);
    return run && { id, model, label, time, text, run };
  } catch {
    // Cut short by a crash.
    return undefined;
  }
}
