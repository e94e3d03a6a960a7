import * as vscode from 'vscode';
import { VariorumError } from '../core/model/error';
import type { LanguageModel, Options } from '../core/model/languageModel';
import type { Token } from '../core/model/token';
import { cutPassage, leadOf } from '../core/text/passage';
import type { DocumentJournal, NodeDraft } from '../core/tree/documentJournal';
import { shortHash } from '../core/tree/hash';
import type { NodeId } from '../core/tree/node';
import type { BranchDelta, BranchView, Notice } from '../protocol';
import { branchViews, cardsOf, type Batch, type Request } from './batch';
import type { Draft, DraftEdit } from './draft';
import { generate, type Card } from './generate';
import { afterEdit } from './placement';

/** Where and how to continue. */
export interface ContinueRequest {
  model: LanguageModel;
  /** LF offset in the document. */
  at: number;
  options: Options;
  notices: readonly Notice[];
}

/** A branch as it was at one moment: its node may grow on. */
export interface BranchText {
  node: NodeId;
  text: string;
}

/** How long edits gather before the attachments are written down, in milliseconds. */
const SAVE_AFTER = 1000;

/** One document: its text and attachments, its tree, and the batch in front of the writer. */
export class DocumentSession implements vscode.Disposable {
  readonly #runs = new Map<NodeId, readonly Token[]>();
  readonly #running = new Set<AbortController>();
  readonly #onDidChange = new vscode.EventEmitter<void>();
  readonly #onDidStream = new vscode.EventEmitter<void>();
  readonly #onDidPlace = new vscode.EventEmitter<number | null>();
  readonly #onDidGrow = new vscode.EventEmitter<BranchDelta>();
  readonly #onDidChangeAttachments = new vscode.EventEmitter<void>();
  #batch: Batch | undefined;
  #saveTimer: ReturnType<typeof setTimeout> | undefined;
  #storageNotice: Notice | undefined;

  /** Another batch is shown, a card was taken over, or there is something new to tell. */
  readonly onDidChange = this.#onDidChange.event;
  /** Streaming has begun or ended. */
  readonly onDidStream = this.#onDidStream.event;
  /** Another branch of the shown batch stands in the document, or none. */
  readonly onDidPlace = this.#onDidPlace.event;
  readonly onDidGrow = this.#onDidGrow.event;
  readonly onDidChangeAttachments = this.#onDidChangeAttachments.event;

  constructor(
    readonly draft: Draft,
    readonly journal: DocumentJournal,
  ) {}

  get document(): vscode.TextDocument {
    return this.draft.document;
  }

  get batch(): Batch | undefined {
    return this.#batch;
  }

  get streaming(): boolean {
    return this.#running.size > 0;
  }

  /** The branch of the shown batch that stands in the document and can still be swapped. */
  get inserted(): number | null {
    const placement = this.#batch?.placement;
    return placement?.kind === 'placed' ? placement.branch : null;
  }

  /** What the writer should know about this document's tree. */
  get notices(): readonly Notice[] {
    return [...(this.#batch?.notices ?? []), ...(this.#storageNotice ? [this.#storageNotice] : [])];
  }

  readonly tokensOf = (node: NodeId): readonly Token[] | undefined => this.#runs.get(node);

  branches(): BranchView[] {
    return this.#batch ? branchViews(this.journal.tree, this.#batch, this.tokensOf) : [];
  }

  /** Reads the tokens of nodes from the sidecar, as far as it has them. */
  async loadTokens(nodes: Iterable<NodeId>): Promise<void> {
    const wanted = [...nodes].filter((node) => !this.#runs.has(node));
    if (wanted.length === 0) {
      return;
    }
    const { runs } = await this.journal.loadRuns(wanted);
    for (const [node, { tokens }] of runs) {
      this.#runs.set(node, tokens);
    }
    this.#onDidChangeAttachments.fire();
  }

  /** Continues from a place; a batch that still streams is stopped and kept. Resolves when it has ended. */
  async continue({ model, at, options, notices }: ContinueRequest): Promise<void> {
    this.stop();
    const passage = cutPassage(this.draft.text, at);
    const request: Request = { model, passage, options, ...this.#forkAt(at) };
    const nodes = this.journal.recordBatch(
      Array.from({ length: options.n }, () => nodeDraft(request)),
    );
    this.#batch = {
      id: nodes[0]?.batch ?? '',
      lead: leadOf(passage.before),
      models: [{ label: model.label, note: model.note }],
      placement: { kind: 'anchor', at },
      notices,
      request,
    };
    await this.#run(
      this.#batch.id,
      request,
      nodes.map(({ id, index }) => ({ index, node: id })),
    );
  }

  /** Asks again for a branch that failed; it takes over the card, and the failed one stays in the tree. */
  async retry(index: number): Promise<void> {
    const batch = this.#batch;
    if (!batch?.request) {
      throw noSuchBranch(index);
    }
    const { id } = this.journal.recordBranch(batch.id, nodeDraft(batch.request), index);
    await this.#run(batch.id, batch.request, [{ index, node: id }]);
  }

  /** Stops what streams; what came is kept. */
  stop(): void {
    this.#running.forEach((controller) => controller.abort());
  }

  /** The node on a card of the shown batch. @throws VariorumError when there is none, or nothing in it yet */
  branch(index: number): BranchText {
    const id = this.#batch && cardsOf(this.journal.tree, this.#batch.id)[index];
    const node = id === undefined ? undefined : this.journal.tree.node(id);
    if (!node) {
      throw noSuchBranch(index);
    }
    if (node.text === '') {
      throw new VariorumError({
        code: 'bad-request',
        message: vscode.l10n.t('There is no text in branch {0} yet.', index + 1),
        action: vscode.l10n.t('Wait a moment, or choose another.'),
        retryable: true,
      });
    }
    return { node: node.id, text: node.text };
  }

  /**
   * Takes note that a branch stands in the document now, from `start` (LF offset).
   * The text is what was put in; the branch itself may have grown since.
   */
  async placed(index: number, { node, text }: BranchText, start: number): Promise<void> {
    const span = { start, end: start + text.length };
    if (this.#batch) {
      this.#batch.placement = { kind: 'placed', branch: index, span };
    }
    const stretch = { ...span, node, from: 0 };
    this.draft.attach(stretch, text);
    this.#onDidChangeAttachments.fire();
    this.#onDidPlace.fire(index);
    await this.#kept(this.journal.recordPlace(stretch));
    await this.#saveAttachments();
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
    const [first] = this.journal.tree.batch(id);
    const source = first?.source;
    await this.loadTokens(cards.filter(Boolean));
    this.#batch = {
      id,
      lead: '',
      models: source?.kind === 'model' ? [{ label: source.model, note: '' }] : [],
      placement: { kind: 'caret' },
      notices: [],
    };
    this.#onDidChange.fire();
  }

  /** Which of the document's batches is shown, and how many there are. */
  position(): { index: number; count: number } {
    const ids = this.journal.tree.batches();
    return { index: this.#batch ? ids.indexOf(this.#batch.id) : -1, count: ids.length };
  }

  /** Follows an edit of the document; `own` when it was our own insertion. */
  edited(edit: DraftEdit, own: boolean): void {
    if (this.#batch && !own) {
      const before = this.#batch.placement;
      this.#batch.placement = afterEdit(before, edit);
      if (before.kind === 'placed') {
        this.#onDidPlace.fire(null);
      }
    }
    this.#onDidChangeAttachments.fire();
    clearTimeout(this.#saveTimer);
    this.#saveTimer = setTimeout(() => void this.#saveAttachments(), SAVE_AFTER);
  }

  /** Says once that something could not be written down. */
  readonly storageFailed = (error: unknown): void => {
    const message = error instanceof Error ? error.message : String(error);
    this.#storageNotice = { severity: 'warning', message };
    this.#onDidChange.fire();
  };

  /** Writes everything down. */
  async flush(): Promise<void> {
    clearTimeout(this.#saveTimer);
    if (this.journal.tree.size > 0) {
      await this.#saveAttachments();
    }
    await this.#kept(this.journal.flush());
  }

  async close(): Promise<void> {
    this.stop();
    await this.flush();
    this.dispose();
    await this.#kept(this.journal.close());
  }

  dispose(): void {
    clearTimeout(this.#saveTimer);
    this.#onDidChange.dispose();
    this.#onDidStream.dispose();
    this.#onDidPlace.dispose();
    this.#onDidGrow.dispose();
    this.#onDidChangeAttachments.dispose();
  }

  async #run(batch: string, request: Request, cards: readonly Card[]): Promise<void> {
    const controller = new AbortController();
    this.#running.add(controller);
    this.#onDidStream.fire();
    this.#onDidChange.fire();
    await generate({
      request,
      cards,
      journal: this.journal,
      signal: controller.signal,
      onGrow: (delta) => {
        // What a batch that is no longer shown still does would land on another one's cards.
        if (this.#batch?.id === batch) {
          this.#onDidGrow.fire(delta);
        }
      },
      onTokens: (node, tokens) => this.#runs.set(node, tokens),
      onWriteError: this.storageFailed,
    });
    this.#running.delete(controller);
    this.#onDidStream.fire();
  }

  /** The node whose text the place follows, and where in it; the document itself when there is none. */
  #forkAt(at: number): Pick<Request, 'parent' | 'at'> {
    const stretch = this.draft.state.attachments.find(({ start, end }) => start < at && at <= end);
    return stretch
      ? { parent: stretch.node, at: stretch.from + at - stretch.start }
      : { parent: null, at };
  }

  async #saveAttachments(): Promise<void> {
    await this.#kept(this.journal.saveAttachments(this.draft.state.attachments));
  }

  async #kept(work: Promise<void>): Promise<void> {
    await work.catch(this.storageFailed);
  }
}

function nodeDraft({ model, passage, parent, at }: Request): NodeDraft {
  const prompt = shortHash(passage.before);
  return { parent, at, source: { kind: 'model', model: model.id, strategy: 'plain', prompt } };
}

function noSuchBranch(index: number): VariorumError {
  return new VariorumError({
    code: 'bad-request',
    message: vscode.l10n.t('There is no branch {0} here.', index + 1),
    action: vscode.l10n.t('Choose one of the numbers on the cards.'),
    retryable: false,
  });
}
