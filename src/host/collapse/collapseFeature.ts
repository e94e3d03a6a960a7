import * as vscode from 'vscode';
import type { NodeId } from '../../core/tree/node';
import type { Review } from '../batch';
import type { BatchReader, EndedBatch } from '../batchReviews';
import { registerCommand } from '../commands';
import { Disposables } from '../disposables';
import type { DocumentSession } from '../documentSession';
import type { Parts } from '../parts';
import type { Collapse } from './collapse';
import type { CollapseParts } from './collapseService';

/** How long after model text was first seen its hints are made, in milliseconds: never while a window opens. */
const LATER = 1000;

/** The part of collapse that is there from the beginning: its commands, and what wakes the rest. */
export class CollapseFeature implements BatchReader, vscode.Disposable {
  readonly #disposables = new Disposables();
  readonly #onDidChangeRules = this.#disposables.add(new vscode.EventEmitter<void>());
  #collapse: Promise<Collapse> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Settings, lists or allowed phrases have changed: what was found is to be found anew. */
  readonly onDidChangeRules = this.#onDidChangeRules.event;

  constructor(
    private readonly loader: Parts,
    private readonly parts: CollapseParts,
  ) {
    const { sessions, log } = parts;
    const wake = (session: DocumentSession) => this.#wake(session);
    this.#disposables.add(sessions.onDidOpen(wake));
    this.#disposables.add(sessions.onDidChangeAttachments(wake));
    this.#disposables.add({ dispose: () => clearTimeout(this.#timer) });
    const command = (name: string, run: (collapse: Collapse) => Promise<void> | void) =>
      this.#disposables.add(registerCommand(name, log, async () => run(await this.load())));
    const active = () => vscode.window.activeTextEditor;
    command('checkDocument', async (collapse) => {
      const editor = active();
      await (editor ? collapse.check(editor.document) : undefined);
    });
    command('checkSelection', async (collapse) => {
      const editor = active();
      const selection = editor?.selection.isEmpty ? undefined : editor?.selection;
      await (editor ? collapse.check(editor.document, selection) : undefined);
    });
    command('clearFindings', (collapse) => collapse.clear());
    command('collapseReport', (collapse) => collapse.report(active()?.document));
    command('clearAttractors', (collapse) => collapse.clearLedger());
  }

  /** @throws VariorumError `asset-missing` */
  load(): Promise<Collapse> {
    this.#collapse ??= this.loader.loadHost('collapse').then(({ Collapse }) => {
      const collapse = this.#disposables.add(new Collapse(this.parts));
      collapse.onDidChangeRules(() => this.#onDidChangeRules.fire());
      return collapse;
    });
    this.#collapse.catch(() => (this.#collapse = undefined));
    return this.#collapse;
  }

  async reviewBatch(batch: EndedBatch, signal: AbortSignal): Promise<Review> {
    return (await this.load()).service.reviewBatch(batch, signal);
  }

  async joinIdeas(session: DocumentSession, nodes: readonly NodeId[]): Promise<void> {
    await (await this.load()).service.joinIdeas(session, nodes);
  }

  async partIdea(session: DocumentSession, node: NodeId, others: readonly NodeId[]): Promise<void> {
    await (await this.load()).service.partIdea(session, node, others);
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  /** The first model text in a document is what hints are for. */
  #wake({ draft }: DocumentSession): void {
    if (this.#collapse === undefined && draft.state.attachments.length > 0) {
      this.#timer ??= setTimeout(() => {
        this.load().catch((error: unknown) => this.parts.log.error(String(error)));
      }, LATER);
    }
  }
}
