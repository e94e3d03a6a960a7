import * as vscode from 'vscode';
import { VariorumError } from '../core/model/error';
import { EMPTY_BATCH, type Action, type BatchView, type BranchDelta } from '../protocol';
import type { BranchesSource } from './branchesView';
import { Disposables } from './disposables';
import type { DocumentSession } from './documentSession';
import { insertBranch } from './insertBranch';
import { isDraft } from './journalPlace';
import type { Sessions } from './sessions';

/** Which session the Branches view shows, and what its actions do. */
export class BranchesController implements BranchesSource, vscode.Disposable {
  readonly #disposables = new Disposables();
  readonly #onDidChange = this.#disposables.add(new vscode.EventEmitter<void>());
  readonly #onDidPlace = this.#disposables.add(new vscode.EventEmitter<number | null>());
  readonly #onDidGrow = this.#disposables.add(new vscode.EventEmitter<BranchDelta>());
  readonly #keys = new ContextKeys();
  #session: DocumentSession | undefined;
  #followed: vscode.Disposable | undefined;

  readonly onDidChange = this.#onDidChange.event;
  readonly onDidPlace = this.#onDidPlace.event;
  readonly onDidGrow = this.#onDidGrow.event;

  constructor(private readonly sessions: Sessions) {
    const { window } = vscode;
    const follow = (editor: vscode.TextEditor | undefined) => this.#follow(editor);
    this.#disposables.add(window.onDidChangeActiveTextEditor(follow));
    this.#disposables.add(
      sessions.onDidOpen(() => {
        follow(window.activeTextEditor);
      }),
    );
    this.#disposables.add({ dispose: () => this.#unfollow() });
    this.#follow(window.activeTextEditor);
  }

  /** The session shown. */
  get session(): DocumentSession | undefined {
    return this.#session;
  }

  batch(): BatchView {
    const session = this.#session;
    const batch = session?.batch;
    if (!session || !batch) {
      return { ...EMPTY_BATCH, notices: session?.notices ?? [] };
    }
    return {
      id: batch.id,
      document: vscode.workspace.asRelativePath(session.document.uri),
      lead: batch.lead,
      models: batch.models,
      hasSelection: false,
      canAskAgain: batch.request !== undefined,
      branches: session.branches(),
      inserted: session.inserted,
      position: session.position(),
      notices: session.notices,
    };
  }

  /** Shows a session, and follows it until another is shown. */
  show(session: DocumentSession | undefined): void {
    if (session === this.#session) {
      return;
    }
    this.#unfollow();
    this.#session = session;
    this.#followed =
      session &&
      vscode.Disposable.from(
        session.onDidChange(() => this.#changed()),
        session.onDidStream(() => this.#keys.update(session)),
        session.onDidPlace((branch) => this.#onDidPlace.fire(branch)),
        session.onDidGrow((delta) => this.#onDidGrow.fire(delta)),
      );
    this.#changed();
  }

  async act(action: Action): Promise<void> {
    switch (action.kind) {
      case 'continue':
        await vscode.commands.executeCommand('variorum.continue');
        return;
      case 'insert':
        return this.insert(action.branch);
      case 'copy':
        return vscode.env.clipboard.writeText(this.#shown().branch(action.branch).text);
      case 'stop':
        this.#session?.stop();
        return;
      case 'retry':
        return this.#shown().retry(action.branch);
      case 'batch':
        return this.#session?.step(action.step);
      case 'more':
      case 'replace':
      case 'diff':
      case 'choose-model':
      case 'show-prompt':
      case 'push-apart':
      case 'merge-ideas':
      case 'split-idea':
        throw new Error('not yet');
      case 'focus-editor':
        await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
    }
  }

  /** @throws VariorumError when nothing is shown, or it cannot be inserted */
  async insert(branch: number): Promise<void> {
    await insertBranch(this.sessions, this.#shown(), branch);
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #unfollow(): void {
    this.#followed?.dispose();
  }

  #shown(): DocumentSession {
    if (!this.#session) {
      throw new VariorumError({
        code: 'bad-request',
        message: vscode.l10n.t('There are no branches yet.'),
        action: vscode.l10n.t('Run "Variorum: Continue" in a draft first.'),
        retryable: false,
      });
    }
    return this.#session;
  }

  /** The writer went to another draft: show what belongs to it. Elsewhere (a log, no editor) nothing changes. */
  #follow(editor: vscode.TextEditor | undefined): void {
    if (editor && isDraft(editor.document)) {
      this.show(this.sessions.get(editor.document));
    }
  }

  #changed(): void {
    this.#onDidChange.fire();
    this.#keys.update(this.#session);
  }
}

/** The `variorum.…` context keys that keybindings and menus depend on. */
class ContextKeys {
  readonly #values = new Map<string, boolean>();

  update(session: DocumentSession | undefined): void {
    const { index, count } = session?.position() ?? { index: -1, count: 0 };
    this.#set('hasBranches', session?.batch !== undefined);
    this.#set('streaming', session?.streaming ?? false);
    this.#set('hasPreviousBatch', index > 0);
    this.#set('hasNextBatch', index >= 0 && index < count - 1);
  }

  /** Only what is new is sent: it would stand in the way of the first token. */
  #set(key: string, value: boolean): void {
    if (this.#values.get(key) !== value) {
      this.#values.set(key, value);
      void vscode.commands.executeCommand('setContext', `variorum.${key}`, value);
    }
  }
}
