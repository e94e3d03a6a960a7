import type * as vscode from 'vscode';
import type { Passage } from '../core/model/languageModel';
import type { Token } from '../core/model/token';
import type { NodeId } from '../core/tree/node';
import { cardsOf, type Review } from './batch';
import type { IdeaGroups } from './branchesController';
import { Disposables } from './disposables';
import type { DocumentSession } from './documentSession';
import type { Sessions } from './sessions';

/** A batch whose branches have ended. */
export interface EndedBatch {
  document: vscode.TextDocument;
  id: string;
  /** Absent when the batch was read from the journal. */
  passage?: Passage;
  /** Present when they are alternatives for a text: that. */
  source?: string;
  branches: readonly {
    index: number;
    node: NodeId;
    text: string;
    tokens?: readonly Token[];
  }[];
}

/** Finds what there is to say about a batch. */
export interface BatchReader {
  /** What is looked for, or let pass, has changed: what was found is out of date. */
  readonly onDidChangeRules: vscode.Event<void>;
  reviewBatch(batch: EndedBatch, signal: AbortSignal): Promise<Review>;
  /** Remembers that branches say the same thing. */
  joinIdeas(session: DocumentSession, nodes: readonly NodeId[]): Promise<void>;
  /** Remembers that a branch says something else than others. */
  partIdea(session: DocumentSession, node: NodeId, others: readonly NodeId[]): Promise<void>;
}

/** Has every batch read when its branches have ended, and again when it is shown or regrouped. */
export class BatchReviews implements IdeaGroups, vscode.Disposable {
  readonly #disposables = new Disposables();
  readonly #reading = new Map<DocumentSession, AbortController>();

  constructor(
    sessions: Sessions,
    private readonly reader: BatchReader,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.#disposables.add(sessions.onDidOpen((session) => this.#follow(session)));
    this.#disposables.add(
      reader.onDidChangeRules(() => {
        for (const session of sessions.all()) {
          this.#readQuietly(session);
        }
      }),
    );
  }

  async merge(session: DocumentSession, branches: readonly number[]): Promise<void> {
    const nodes = branches.map((index) => session.branch(index).node);
    await this.reader.joinIdeas(session, nodes);
    await this.#read(session);
  }

  async split(session: DocumentSession, branch: number): Promise<void> {
    const { node } = session.branch(branch);
    const group = session.batch?.review?.ideas?.groups.find(({ members }) =>
      members.includes(branch),
    );
    const others = (group?.members ?? [])
      .filter((index) => index !== branch)
      .map((index) => session.branch(index).node);
    await this.reader.partIdea(session, node, others);
    await this.#read(session);
  }

  dispose(): void {
    this.#reading.forEach((controller) => controller.abort());
    this.#disposables.dispose();
  }

  #follow(session: DocumentSession): void {
    const read = () => {
      if (!session.streaming && session.batch && !session.batch.review) {
        this.#readQuietly(session);
      }
    };
    // Both end with the session, which disposes of its events.
    session.onDidStream(read);
    session.onDidChange(read);
    read();
  }

  #readQuietly(session: DocumentSession): void {
    if (!session.streaming) {
      this.#read(session).catch((error: unknown) => this.log.error(String(error)));
    }
  }

  async #read(session: DocumentSession): Promise<void> {
    const { batch, journal } = session;
    if (!batch) {
      return;
    }
    this.#reading.get(session)?.abort();
    const controller = new AbortController();
    this.#reading.set(session, controller);
    const branches = cardsOf(journal.tree, batch.id).flatMap((node, index) => {
      const text = journal.tree.node(node)?.text ?? '';
      const tokens = session.tokensOf(node);
      return text === '' ? [] : [{ index, node, text, ...(tokens ? { tokens } : {}) }];
    });
    const { request, source } = batch;
    const review = await this.reader.reviewBatch(
      {
        document: session.document,
        id: batch.id,
        ...(request ? { passage: request.passage } : {}),
        ...(source === undefined ? {} : { source }),
        branches,
      },
      controller.signal,
    );
    if (!controller.signal.aborted) {
      session.reviewed(batch.id, review);
    }
    this.#reading.delete(session);
  }
}
