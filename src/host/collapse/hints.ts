import * as vscode from 'vscode';
import { Disposables } from '../disposables';
import type { DocumentSession } from '../documentSession';
import type { Sessions } from '../sessions';
import type { BranchFindings } from './branchFindings';
import type { CollapseService } from './collapseService';
import { dismiss, keyOf } from './dismissals';
import { FindingDiagnostic } from './finding';
import { Latest } from './latest';

/** How long the writer rests before hints are brought up to date, in milliseconds. */
const REST = 300;

/**
 * Hints (three dots, nothing in Problems) on text that a model wrote. What was on a branch's card when the
 * writer took it is dismissed: they have seen it and took it all the same.
 */
export class Hints implements vscode.Disposable {
  readonly #disposables = new Disposables();
  readonly #hints = this.#disposables.add(
    vscode.languages.createDiagnosticCollection('variorum-hints'),
  );
  readonly #latest: Latest<DocumentSession>;
  readonly #followed = new WeakSet<DocumentSession>();

  constructor(
    private readonly sessions: Sessions,
    private readonly service: CollapseService,
    private readonly findings: BranchFindings,
    log: vscode.LogOutputChannel,
  ) {
    this.#latest = this.#disposables.add(
      new Latest(REST, (session, signal) => this.#show(session, signal), log),
    );
    this.#disposables.add(sessions.onDidOpen((session) => this.#follow(session)));
    this.#disposables.add(sessions.onDidChangeAttachments((session) => this.#follow(session)));
    this.#disposables.add(service.onDidReview(() => this.refresh()));
    this.#disposables.add(
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#hints.delete(uri)),
    );
    this.refresh();
  }

  /** Brings the hints of all open documents up to date. */
  refresh(): void {
    for (const document of vscode.workspace.textDocuments) {
      const session = this.sessions.get(document);
      if (session) {
        this.#follow(session);
      }
    }
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #follow(session: DocumentSession): void {
    if (!this.#followed.has(session)) {
      this.#followed.add(session);
      // Ends with the session, which disposes of its events.
      session.onDidPlace((branch) => this.#placed(session, branch));
    }
    this.#latest.ask(session);
  }

  #placed(session: DocumentSession, branch: number | null): void {
    if (branch !== null) {
      const { node } = session.branch(branch);
      const keys = (this.service.flagsOfNode(node) ?? []).map(keyOf);
      dismiss(session, node, keys).catch(session.storageFailed);
    }
  }

  async #show(session: DocumentSession, signal: AbortSignal): Promise<void> {
    const { document, draft } = session;
    const found = await this.findings.find(session, signal);
    if (!signal.aborted && !document.isClosed) {
      this.#hints.set(
        document.uri,
        found.map((one) => new FindingDiagnostic(one, document, draft, true)),
      );
    }
  }
}
