import type { Run } from '../model/token';
import type { Clock } from '../platform';
import { AttachmentWriter, readAttachments } from './attachmentFile';
import { documentFolder } from './documentFolder';
import type { EventData, JournalEvent, UnknownEvent } from './event';
import { createId } from './id';
import { sameJson } from './sameJson';
import { visitJournal } from './journalReader';
import { JournalWriter, type EventDraft } from './journalWriter';
import type { Attachment, NodeId, TreeNode, WriterId } from './node';
import { OpenFile, visitOpenFiles, type UnendedNode } from './openFile';
import { OpenNodes } from './openNodes';
import type { JournalProblem } from './problem';
import { SegmentWriter } from './segmentWriter';
import { readRuns, runLine, SIDECAR_BYTES, type RunsRead } from './sidecar';
import { joinPath, type Store } from './store';
import { packRun } from './runCodec';
import { Tree } from './tree';
import type { NodeBirth, NodeEnding } from './treeEntry';
import { CACHE_FOLDER, prepareVariorumFolder } from './variorumFolder';

export interface DocumentJournalOptions {
  store: Store;
  /** Path of the `.variorum` folder in the store. */
  root: string;
  /** Path of the document from its workspace folder, `/` between its parts. */
  document: string;
  clock: Clock;
  /** Uniform in [0, 1); a different sequence in every window. */
  random: () => number;
  /** Told of failures that no caller waits for. What failed stays queued. */
  onError: (error: unknown) => void;
}

/** A branch or edit to be recorded; it gets its id, time and batch here. */
export type NodeDraft = Pick<NodeBirth, 'parent' | 'at' | 'source' | 'asked'>;
/** How a branch ended, with its tokens when the model gave any. */
export type Ending = Omit<NodeEnding, 'run'> & { tokens?: Run };

/** Milliseconds until a branch's new text is written down: what a crash can cost at most. */
export const TEXT_INTERVAL = 1000;

/**
 * One document's tree, and all that is written down about it. The tree shows every change at once; the
 * promises resolve when it is on disk, and reject with a VariorumError `storage` when it could not be
 * written: it stays queued then, and the next write or `flush` tries again.
 */
export class DocumentJournal {
  readonly tree: Tree;
  readonly writer: WriterId;
  readonly #options: DocumentJournalOptions;
  readonly #folder: string;
  readonly #journal: JournalWriter;
  readonly #sidecar: SegmentWriter;
  readonly #attachments: AttachmentWriter;
  readonly #open = new OpenNodes();
  readonly #openFile: OpenFile;
  readonly #closed = new AbortController();
  #timer = false;
  /** When the newest batch was made here. */
  #newest = 0;
  #prepared = false;
  #problems: readonly JournalProblem[] = [];
  #unknown: readonly UnknownEvent[] = [];

  private constructor(options: DocumentJournalOptions) {
    const { store, clock, random, root, document } = options;
    this.#options = options;
    // New for each opening, not only for each window: a writer never takes up its own files again.
    this.writer = createId(clock.now(), random);
    this.tree = new Tree(this.writer);
    this.#folder = joinPath(root, documentFolder(document));
    const [folder, writer] = [this.#folder, this.writer];
    const cache = joinPath(folder, CACHE_FOLDER);
    this.#journal = new JournalWriter({ store, folder, writer, clock });
    this.#openFile = new OpenFile(store, folder, writer);
    this.#sidecar = new SegmentWriter({ store, folder: cache, writer, maxBytes: SIDECAR_BYTES });
    this.#attachments = new AttachmentWriter(store, cache, writer);
  }

  /** Reads what there is; writes nothing. Rejects only when the folder cannot be listed. */
  static async open(options: DocumentJournalOptions): Promise<DocumentJournal> {
    const journal = new DocumentJournal(options);
    await journal.refresh();
    return journal;
  }

  /** Whether there is anything to read. */
  static async exists(
    options: Pick<DocumentJournalOptions, 'store' | 'root' | 'document'>,
  ): Promise<boolean> {
    const folder = joinPath(options.root, documentFolder(options.document));
    return (await options.store.list(folder)).length > 0;
  }

  /** What was passed over in the files when they were last read. */
  get problems(): readonly JournalProblem[] {
    return this.#problems;
  }

  /** Events of later versions; they stay in their files. */
  get unknown(): readonly UnknownEvent[] {
    return this.#unknown;
  }

  /** Whether anything was recorded here, and not only read. */
  get hasWritten(): boolean {
    return this.#prepared;
  }

  /** Events not yet on disk. */
  get pending(): number {
    return this.#journal.pending;
  }

  /**
   * Takes in what other windows, or a pull, have added since.
   * @param changed names of the only files that can have news; all when absent
   * @returns whether there was any
   */
  async refresh(changed?: ReadonlySet<string>): Promise<boolean> {
    const { store } = this.#options;
    const isWanted = (name: string) => changed?.has(name.replace(/\.tmp$/, '')) ?? true;
    let isNews = false;
    const [folder, except] = [this.#folder, this.writer];
    const found: JournalProblem[] = [];
    // Before the journal: what has ended meanwhile is there then.
    await visitOpenFiles({ store, folder, except, isWanted }, found, (node, writer) => {
      isNews = this.tree.leave(node, writer) || isNews;
    });
    const take = (event: JournalEvent) => {
      isNews = this.tree.apply(event) || isNews;
    };
    const { unknown, problems } = await visitJournal(store, folder, take, isWanted);
    const isUnread = ({ file }: JournalProblem) => !isWanted(file.slice(file.lastIndexOf('/') + 1));
    this.#problems = [...this.#problems.filter(isUnread), ...found, ...problems];
    this.#unknown = changed ? [...this.#unknown, ...unknown] : unknown;
    return isNews;
  }

  /** Begins branches that were asked for together, numbered from 0. Their text comes later. */
  recordBatch(drafts: readonly NodeDraft[]): readonly Readonly<TreeNode>[] {
    const batch = this.#newId();
    // Two in one millisecond keep their order.
    this.#newest = Math.max(this.#newest + 1, this.#options.clock.now());
    return drafts.map((draft, index) => this.#begin(draft, batch, index, this.#newest));
  }

  /**
   * Begins one more branch in a batch.
   * @param index the number of a card it takes over (a retry); a new card when absent
   */
  recordBranch(batch: string, draft: NodeDraft, index?: number): Readonly<TreeNode> {
    const last = this.tree.batch(batch).at(-1);
    return this.#begin(draft, batch, index ?? (last === undefined ? 0 : last.index + 1));
  }

  /** Records a node that is complete already, such as a checkpoint of the writer's own edit. */
  async recordNode(draft: NodeDraft, text: string): Promise<Readonly<TreeNode>> {
    const node = this.#begin(draft, this.#newId(), 0);
    this.recordText(node.id, text);
    await this.recordEnd(node.id, { status: 'done' });
    return node;
  }

  /**
   * Adds text to a branch begun here; shown at once, written within `TEXT_INTERVAL`: beside the
   * journal, which holds it when the branch ends or something refers to it.
   */
  recordText(id: NodeId, text: string): void {
    if (this.#open.add(id, text)) {
      this.tree.growLive(id, text);
      this.#startTimer();
    }
  }

  /** Ends a branch begun here. Does nothing for one that has ended. Tokens must tile its text. */
  async recordEnd(id: NodeId, { tokens, ...ending }: Ending): Promise<void> {
    const node = this.tree.node(id);
    if (node === undefined || !this.#open.has(id)) {
      return;
    }
    const packed = tokens && packRun(tokens, node.text);
    const run = tokens && packed && { semantics: tokens.semantics, bytes: tokens.bytes };
    const drafts = this.#open.end(id, { ...ending, ...(run ? { run } : {}) });
    if (packed !== undefined) {
      this.#background(this.#sidecar.append([runLine(id, packed, this.#options.clock.now())]));
    }
    await this.#append(drafts);
  }

  /** Ends nodes begun here and puts a mark on one of them, in one write where they fit. */
  async recordEdits(ids: readonly NodeId[], mark: EventData['mark']): Promise<void> {
    const ends = ids.flatMap((id) => this.#open.end(id, { status: 'done' }));
    await this.#append([...ends, { event: 'mark', data: mark }]);
  }

  /** Records that (part of) a node was put into the document. */
  recordPlace({ node, from, start, end }: Attachment): Promise<void> {
    return this.#append([{ event: 'place', data: { node, from, start, end } }], node);
  }

  /** Sets a bookmark, note or name on a node; null takes it off. */
  recordMark(node: NodeId, mark: string, value: string | null): Promise<void> {
    return this.#append([{ event: 'mark', data: { node, mark, value } }], node);
  }

  /** Hides a node from the tree, or shows it again. */
  recordPrune(node: NodeId, pruned: boolean): Promise<void> {
    return this.#append([{ event: 'prune', data: { node, pruned } }], node);
  }

  /** Keeps the tokens of an ended node, in place of those it had. False when they do not fit its text. */
  async saveRun(id: NodeId, run: Run): Promise<boolean> {
    const packed = packRun(run, this.tree.node(id)?.text ?? '');
    if (packed === undefined) {
      return false;
    }
    await this.#sidecar.append([runLine(id, packed, this.#options.clock.now())]);
    return true;
  }

  /** The tokens of nodes, as far as the sidecar still has them. */
  loadRuns(ids: Iterable<NodeId>): Promise<RunsRead> {
    const nodes = new Map<NodeId, Readonly<TreeNode>>();
    for (const id of ids) {
      const node = this.tree.node(id);
      if (node !== undefined) {
        nodes.set(id, node);
      }
    }
    return readRuns(this.#options.store, joinPath(this.#folder, CACHE_FOLDER), nodes);
  }

  /** Keeps where the document's attachments stand, in place of what was kept before. */
  saveAttachments(attachments: readonly Attachment[]): Promise<void> {
    const kept = attachments.map(({ node, from, start, end }) => ({ node, from, start, end }));
    return this.#attachments.save({ time: this.#options.clock.now(), attachments: kept });
  }

  /**
   * Where attachments stood when they were last written down: what was put in since the last ones
   * kept, and of those what does not overlap it. Without kept ones, all that was ever put in. They may
   * no longer be true of the document: see `reanchor`.
   */
  async savedAttachments(): Promise<Attachment[]> {
    const cache = joinPath(this.#folder, CACHE_FOLDER);
    const snapshot = await readAttachments(this.#options.store, cache);
    const since = this.tree.places.filter(({ time }) => time > (snapshot?.time ?? -1)).reverse();
    const trusted = since.reduce<Attachment[]>(addUnlessOverlapping, []);
    const kept = (snapshot?.attachments ?? []).filter((stretch) => !overlaps(trusted, stretch));
    return [...trusted, ...kept].sort((a, b) => a.start - b.start);
  }

  /** Writes all that is not written yet. */
  async flush(): Promise<void> {
    await Promise.all([this.#journal.flush(), this.#sidecar.flush(), this.#saveOpen()]);
    this.#settle();
  }

  /** Writes all that is not written yet and stops the timer. Nothing may be recorded afterwards. */
  async close(): Promise<void> {
    this.#closed.abort();
    await this.#append(this.#open.ids().flatMap((id) => this.#open.take(id)));
    await this.flush();
    await this.#saveOpen();
  }

  #begin(
    draft: NodeDraft,
    batch: string,
    index: number,
    created = this.#options.clock.now(),
  ): Readonly<TreeNode> {
    const { parent, at, source, asked } = draft;
    const isNew = asked !== undefined && !sameJson(asked, this.tree.batch(batch)[0]?.asked);
    const birth = {
      ...{ id: this.#newId(), parent, at, source, batch, index, created },
      ...(isNew ? { asked } : {}),
    };
    this.#open.begin(birth);
    return this.tree.bear(birth);
  }

  #newId(): string {
    const { clock, random } = this.#options;
    let id: string;
    do {
      id = createId(clock.now(), random);
    } while (this.tree.node(id) !== undefined || this.tree.batch(id).length > 0);
    return id;
  }

  /** Appends events; those about a branch still open come after what is known of it. */
  async #append(drafts: readonly EventDraft[], about?: NodeId): Promise<void> {
    if (about !== undefined) {
      // What this rejects with, the later append rejects with too, or has made good.
      this.#append(this.#open.take(about)).catch(() => undefined);
    }
    if (drafts.length === 0) {
      return;
    }
    this.#prepare();
    const { events, written } = this.#journal.append(drafts);
    for (const event of events) {
      // The text is in the event now; what was shown ahead of it would stand there twice.
      if (event.event === 'node' || event.event === 'text' || event.event === 'end') {
        this.tree.showLive(event.event === 'node' ? event.data.id : event.data.node, '');
      }
      this.tree.apply(event);
    }
    await written;
    this.#settle();
  }

  /** Once everything is in the journal, the file beside it need not say it any more. */
  #settle(): void {
    if (this.#journal.pending === 0) {
      this.#open.settle();
      if (this.#openFile.isThere && this.#open.unsettled().length === 0) {
        this.#background(this.#saveOpen());
      }
    }
  }

  async #saveOpen(): Promise<void> {
    const isNeeded = this.#unended().length > 0;
    if (isNeeded) {
      this.#prepare();
    }
    if (isNeeded || this.#openFile.isThere) {
      await this.#openFile.save(() => this.#unended());
    }
  }

  #unended(): UnendedNode[] {
    return this.#open.unsettled().flatMap((birth) => {
      const text = this.tree.node(birth.id)?.text ?? '';
      return text === '' ? [] : [{ ...birth, text }];
    });
  }

  #startTimer(): void {
    if (this.#timer) {
      return;
    }
    this.#timer = true;
    const wait = this.#options.clock.sleep(TEXT_INTERVAL, this.#closed.signal);
    this.#background(
      wait.then(() => {
        this.#timer = false;
        return this.#saveOpen();
      }),
    );
  }

  #prepare(): void {
    if (!this.#prepared) {
      this.#prepared = true;
      this.#background(prepareVariorumFolder(this.#options.store, this.#options.root));
    }
  }

  #background(work: Promise<unknown>): void {
    work.catch((error: unknown) => this.#options.onError(error));
  }
}

function overlaps(others: readonly Attachment[], { start, end }: Attachment): boolean {
  return others.some((other) => start < other.end && other.start < end);
}

function addUnlessOverlapping(list: Attachment[], stretch: Attachment): Attachment[] {
  const { node, from, start, end } = stretch;
  return overlaps(list, stretch) ? list : [...list, { node, from, start, end }];
}
