import * as vscode from 'vscode';
import type { ModelError } from '../core/model/error';
import type { DocumentJournal } from '../core/tree/documentJournal';
import type { Attachment, NodeId, Provenance, TreeNode } from '../core/tree/node';
import type { BranchDelta, BranchView, FreezeView, ModelView, Notice } from '../protocol';
import { forgotten } from './branchErrors';
import {
  cardsOf,
  keepFork,
  progressOf,
  type Batch,
  type Fork,
  type Request,
  type Review,
} from './batch';
import { branchViews, modelViews } from './batchViews';
import type { SessionScores } from './confidence/sessionScores';
import { Disposables } from './disposables';
import type { Draft, DraftEdit } from './draft';
import { cardOf, generate, nodeDraft, type Card } from './generate';
import { afterEdit, afterPlacing } from './placement';
import { openingsOf } from './openings';
import { Places } from './places';
import { requestNotices } from './requestNotices';
import {
  afterBranches,
  branchText,
  newBatch,
  nodeOn,
  type BranchText,
  type ContinueRequest,
  type ForkRequest,
} from './sessionRequests';
import { Standing } from './standing';
import { Streams } from './streams';
import { TokenRuns } from './tokenRuns';
import { Keeper } from './tree/keeper';

/** One document: its text and attachments, its tree, and the batch in front of the writer. */
export class DocumentSession implements vscode.Disposable {
  readonly #runs = new TokenRuns();
  readonly #freezes = new Map<NodeId, FreezeView>();
  readonly #disposables = new Disposables();
  readonly #onDidChange = this.#disposables.add(new vscode.EventEmitter<void>());
  readonly #onDidPlace = this.#disposables.add(new vscode.EventEmitter<number | null>());
  readonly #onDidGrow = this.#disposables.add(new vscode.EventEmitter<BranchDelta>());
  readonly #onDidReview = this.#disposables.add(new vscode.EventEmitter<Review>());
  readonly #onDidChangeAttachments = this.#disposables.add(new vscode.EventEmitter<void>());
  readonly #streams = new Streams();
  #batch: Batch | undefined;
  #hasCollapsed = false;
  #storageNotice: Notice | undefined;

  readonly places = new Places();
  /** Another batch is shown, a card was taken over, or there is something new to tell. */
  readonly onDidChange = this.#onDidChange.event;
  /** Streaming has begun or ended. */
  readonly onDidStream = this.#streams.onDidChange;
  /** Another branch of the shown batch stands in the document, or none. */
  readonly onDidPlace = this.#onDidPlace.event;
  readonly onDidGrow = this.#onDidGrow.event;
  /** The branches of the shown batch were read. */
  readonly onDidReview = this.#onDidReview.event;
  readonly onDidChangeAttachments = this.#onDidChangeAttachments.event;

  /** Keeps the writer's own edits in the tree. */
  readonly keeper: Keeper;
  readonly #standing: Standing;

  constructor(
    readonly draft: Draft,
    readonly journal: DocumentJournal,
    /** Text here that a model has scored. */
    readonly scores: SessionScores,
  ) {
    this.keeper = new Keeper({ draft, journal, storageFailed: this.storageFailed });
    this.#standing = new Standing({ draft, journal, scores, failed: this.storageFailed });
  }

  get document(): vscode.TextDocument {
    return this.draft.document;
  }

  get batch(): Batch | undefined {
    return this.#batch;
  }

  get streaming(): boolean {
    return this.#streams.active;
  }

  /** Whether the latest batch that was asked for plainly was of too few ideas. */
  get hasCollapsed(): boolean {
    return this.#hasCollapsed;
  }

  /** The branch of the shown batch that stands in the document and can still be swapped. */
  get inserted(): number | null {
    const placement = this.#batch?.placement;
    return placement?.kind === 'placed' ? placement.branch : null;
  }

  /** Its node. */
  get insertedNode(): NodeId | undefined {
    const { inserted } = this;
    return inserted === null ? undefined : this.#node(inserted).id;
  }

  /** What the writer should know about this document's tree. */
  get notices(): readonly Notice[] {
    const { notices = [], request } = this.#batch ?? {};
    const ofRequest = request ? requestNotices(request) : [];
    return [...notices, ...ofRequest, ...(this.#storageNotice ? [this.#storageNotice] : [])];
  }

  readonly tokensOf = this.#runs.of;

  /** How many branches of the shown batch have come to an end of their own, of how many; and a failure. */
  progress(): { done: number; of: number; failure?: ModelError } {
    return progressOf(this.journal.tree, this.#batch);
  }

  models(): ModelView[] {
    return this.#batch ? modelViews(this.journal.tree, this.#batch) : [];
  }

  branches(): BranchView[] {
    const { tree } = this.journal;
    return this.#batch ? branchViews(tree, this.#batch, this.tokensOf, this.#freezes) : [];
  }

  /** Reads the tokens of nodes from the sidecar, as far as it has them. */
  async loadTokens(nodes: Iterable<NodeId>): Promise<void> {
    if (await this.#runs.load(this.journal, nodes)) {
      this.#onDidChangeAttachments.fire();
    }
  }

  /** Continues from a place; a batch that still streams is stopped and kept. Resolves when it has ended. */
  async continue({ at, notices, forks, ...asked }: ContinueRequest): Promise<void> {
    this.stop();
    this.keeper.keep('generate');
    // What takes the place of text that stands there forks where that begins.
    const from = forks ? (at.selection?.start ?? at.offset) : at.offset;
    const request: Request = { ...asked, ...this.keeper.forkAt(from) };
    const drafts = Array.from({ length: forks?.length ?? request.options.n }, (_, index) =>
      nodeDraft(request, index, forks?.[index]),
    );
    const nodes = this.journal.recordBatch(drafts);
    this.#batch = newBatch(nodes[0]?.batch ?? '', request, at, notices);
    forks?.forEach((fork, at) => this.#keepFork(nodes[at], request, fork));
    await this.#run(this.#batch.id, request, nodes.map(cardOf));
  }

  /** Adds as many branches again to the batch shown, from the same passage. */
  async more(spread?: Request['spread']): Promise<void> {
    const batch = this.#askable();
    const { id } = batch;
    const request: Request = { ...batch.request, ...(spread ? { spread } : {}) };
    batch.request = request;
    const first = cardsOf(this.journal.tree, id).length;
    const asked = afterBranches(request, first);
    const cards = Array.from({ length: asked.options.n }, (_, at) =>
      cardOf(this.journal.recordBranch(id, nodeDraft(asked, first + at))),
    );
    await this.#run(id, asked, cards);
  }

  /** Adds branches to the batch shown that begin as told. Resolves when they have ended. */
  async fork({ request, forks, notices, placement }: ForkRequest): Promise<void> {
    const batch = this.#batch;
    if (!batch) {
      throw forgotten();
    }
    batch.notices = notices;
    batch.placement = placement ?? batch.placement;
    const nodes = forks.map((fork, at) =>
      this.journal.recordBranch(batch.id, nodeDraft(request, at, fork)),
    );
    nodes.forEach((node, at) => this.#keepFork(node, request, forks[at]));
    await this.#run(batch.id, request, nodes.map(cardOf));
  }

  /** Takes how many futures are left in a branch, whether or not it is shown by now. */
  froze(node: NodeId, freeze: FreezeView): void {
    this.#freezes.set(node, freeze);
    const index = this.#batch ? cardsOf(this.journal.tree, this.#batch.id).indexOf(node) : -1;
    if (index >= 0) {
      this.#onDidGrow.fire({ index, tokens: [], freeze });
    }
  }

  /** Asks again for a branch that failed; it takes over the card, and the failed one stays in the tree. */
  async retry(index: number): Promise<void> {
    const made = this.#batch?.forks?.get(index);
    const { id, request } = made ? { id: this.#batch?.id ?? '', ...made } : this.#askable();
    const node = this.journal.recordBranch(id, nodeDraft(request, index, made?.fork), index);
    this.#keepFork(node, request, made?.fork);
    await this.#run(id, request, [cardOf(node)]);
  }

  /** Stops what streams; what came is kept. */
  stop(): void {
    this.#streams.stop();
  }

  /** Where a branch of the shown batch comes from. @throws VariorumError when there is none */
  sourceOf(index: number): Provenance {
    return this.#node(index).source;
  }

  /** The node on a card of the shown batch. @throws VariorumError when there is none, or nothing in it yet */
  branch(index: number): BranchText {
    return branchText(this.#node(index), index);
  }

  /**
   * Takes note that a branch stands in the document now, from `start` (LF offset).
   * The text is what was put in; the branch itself may have grown since.
   */
  async placed(index: number, { node, text }: BranchText, start: number): Promise<void> {
    const span = { start, end: start + text.length };
    if (this.#batch) {
      this.#batch.placement = afterPlacing(this.#batch.placement, index, span);
    }
    const stretch = { ...span, node, from: 0 };
    this.draft.attach(stretch, text);
    this.#onDidChangeAttachments.fire();
    this.#onDidPlace.fire(index);
    await this.#standing.record([stretch]);
  }

  /** Takes note that stretches of branches stand in the document again. */
  async shows(stretches: readonly Attachment[]): Promise<void> {
    for (const stretch of stretches) {
      this.draft.attach(stretch, this.journal.tree.node(stretch.node)?.text ?? '');
    }
    await this.loadTokens(new Set(stretches.map(({ node }) => node)));
    this.#onDidChangeAttachments.fire();
    await this.#standing.record(stretches);
  }

  /** Takes what was found in a batch; nothing when another one is shown by now. */
  reviewed(batch: string, review: Review): void {
    if (this.#batch?.id === batch) {
      this.#batch.review = review;
      if (this.#batch.request?.spread === 'plain') {
        this.#hasCollapsed = review.ideas?.collapsed ?? this.#hasCollapsed;
      }
      this.#onDidReview.fire(review);
    }
  }

  /** Shows the batch `step` away from the shown one, if there is one. */
  async step(step: -1 | 1): Promise<void> {
    const { index } = this.position();
    const id = this.journal.tree.batches()[index + step];
    if (id !== undefined) {
      await this.show(id);
    }
  }

  /** Shows a batch of the tree. */
  async show(id: string): Promise<void> {
    const cards = cardsOf(this.journal.tree, id);
    await this.loadTokens(cards.filter(Boolean));
    this.#batch = { id, lead: '', placement: { kind: 'caret' }, notices: [] };
    this.#onDidChange.fire();
  }

  /** Which of the document's batches is shown, and how many there are. */
  position(): { index: number; count: number } {
    const ids = this.journal.tree.batches();
    return { index: this.#batch ? ids.indexOf(this.#batch.id) : -1, count: ids.length };
  }

  /** Follows an edit of the document; `own` when it was our own insertion. */
  edited(edit: DraftEdit, own: boolean): void {
    this.places.follow(edit);
    this.scores.follow(edit, this.draft.text);
    if (this.#batch && !own) {
      const before = this.#batch.placement;
      this.#batch.placement = afterEdit(before, edit);
      if (before.kind === 'placed') {
        this.#onDidPlace.fire(null);
      }
    }
    this.#onDidChangeAttachments.fire();
    this.#standing.saveSoon();
  }

  /** Takes note that there is more scored text, or less. */
  scored(): void {
    this.#onDidChangeAttachments.fire();
  }

  /** Says once that something could not be written down. */
  readonly storageFailed = (error: unknown): void => {
    const message = error instanceof Error ? error.message : String(error);
    this.#storageNotice = { severity: 'warning', message };
    this.#onDidChange.fire();
  };

  /** Says that the tree was changed by something else: an import, another window. */
  changed(): void {
    this.keeper.changed();
    this.#onDidChange.fire();
  }

  /** Writes everything down. */
  async flush(): Promise<void> {
    await this.#standing.save();
    await this.#kept(this.journal.flush());
  }

  async close(): Promise<void> {
    this.stop();
    await this.flush();
    this.dispose();
    await this.#kept(this.journal.close());
  }

  dispose(): void {
    this.#standing.dispose();
    this.keeper.dispose();
    this.#streams.dispose();
    this.#disposables.dispose();
  }

  async #run(batch: string, request: Request, cards: readonly Card[]): Promise<void> {
    const known = this.#known();
    delete this.#batch?.review;
    // What a batch that is no longer shown still does would land on another one's cards.
    const onGrow = (delta: BranchDelta): void =>
      this.#batch?.id === batch ? this.#onDidGrow.fire(delta) : undefined;
    const streaming = this.#streams.run((signal) =>
      generate({
        request,
        cards,
        forks: this.#batch?.id === batch ? this.#batch.forks : undefined,
        journal: this.journal,
        signal,
        onGrow,
        onTokens: this.#runs.set,
        ...openingsOf(this.document, this.journal, onGrow, this.storageFailed),
        onWriteError: this.storageFailed,
      }),
    );
    this.#onDidChange.fire();
    await streaming;
    // A model may have shown only now what it cannot do.
    if (this.#batch?.id === batch && this.#known() !== known) {
      this.#onDidChange.fire();
    }
  }

  /** What is known of the models of the batch shown. */
  #known(): string {
    return JSON.stringify([this.models(), this.notices]);
  }

  #node(index: number): Readonly<TreeNode> {
    return nodeOn(this.journal.tree, this.#batch, index);
  }

  /** The batch shown, if more can be asked of it. @throws VariorumError when its passage is not known */
  #askable(): Batch & { request: Request } {
    const { request } = this.#batch ?? {};
    if (!this.#batch || !request) {
      throw forgotten();
    }
    return Object.assign(this.#batch, { request });
  }

  /** Remembers how a branch is made to begin: for a retry, and in the tree. */
  #keepFork(node: Readonly<TreeNode> | undefined, request: Request, fork: Fork | undefined): void {
    void this.#kept(keepFork(this.#batch, this.journal, node, request, fork));
  }

  async #kept(work: Promise<void>): Promise<void> {
    await work.catch(this.storageFailed);
  }
}
