import * as vscode from 'vscode';
import { VariorumError } from '../core/model/error';
import {
  EMPTY_BATCH,
  type Action,
  type BatchView,
  type BranchAction,
  type BranchDelta,
  type CommandAction,
} from '../protocol';
import type { BranchesSource } from './branchesPort';
import type { Review } from './batch';
import { BranchDiff } from './branchDiff';
import { Disposables } from './disposables';
import type { ForkFeature } from './forks/forkFeature';
import type { DocumentSession } from './documentSession';
import { insertBranch, type Choice } from './insertBranch';
import { isDraft } from './journalPlace';
import type { Models } from './models';
import { selectionOf } from './placement';
import type { RewriteFeature } from './rewrite/rewriteFeature';
import type { Sessions } from './sessions';
import { thresholdsSetting } from './settings';

const COMMANDS = {
  continue: 'variorum.continue',
  'push-apart': 'variorum.pushApart',
  'choose-model': 'variorum.chooseModel',
  'show-prompt': 'variorum.showPrompt',
  'show-rewrite-prompt': 'variorum.showRewritePrompt',
  'own-writing': 'variorum.nameOwnWriting',
  'focus-editor': 'workbench.action.focusActiveEditorGroup',
} satisfies Record<CommandAction['kind'], string>;

/** Puts branches together that say the same thing, or apart; it is remembered. */
export interface IdeaGroups {
  merge(session: DocumentSession, branches: readonly number[]): Promise<void>;
  split(session: DocumentSession, branch: number): Promise<void>;
}

/** Which session the Branches view shows, and what its actions do. */
export class BranchesController implements BranchesSource, vscode.Disposable {
  readonly #disposables = new Disposables();
  readonly #onDidChange = this.#disposables.add(new vscode.EventEmitter<void>());
  readonly #onDidPlace = this.#disposables.add(new vscode.EventEmitter<number | null>());
  readonly #onDidGrow = this.#disposables.add(new vscode.EventEmitter<BranchDelta>());
  readonly #onDidReview = this.#disposables.add(new vscode.EventEmitter<Review>());
  readonly #diff = this.#disposables.add(new BranchDiff());
  readonly #keys = new ContextKeys();
  #session: DocumentSession | undefined;
  #followed: vscode.Disposable | undefined;

  readonly onDidChange = this.#onDidChange.event;
  readonly onDidPlace = this.#onDidPlace.event;
  readonly onDidGrow = this.#onDidGrow.event;
  readonly onDidReview = this.#onDidReview.event;

  constructor(
    private readonly sessions: Sessions,
    private readonly groups: IdeaGroups,
    private readonly models: Pick<Models, 'keyOrigin'>,
    private readonly forks: Pick<ForkFeature, 'act'>,
    private readonly rewriting: Pick<RewriteFeature, 'act'>,
  ) {
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
    const thresholds = thresholdsSetting();
    if (!session || !batch) {
      return { ...EMPTY_BATCH, notices: session?.notices ?? [] };
    }
    return {
      id: batch.id,
      document: vscode.workspace.asRelativePath(session.document.uri),
      lead: batch.lead,
      models: session.models(),
      hasSelection: selectionOf(batch.placement) !== undefined,
      canAskAgain: batch.request !== undefined,
      branches: session.branches(),
      inserted: session.inserted,
      ...(batch.request ? { spread: batch.request.spread } : {}),
      ...(batch.review?.ideas ? { ideas: batch.review.ideas } : {}),
      ...(batch.source === undefined
        ? {}
        : { rewritten: { source: batch.source, ...batch.review?.rewritten } }),
      position: session.position(),
      notices: session.notices,
      ...(thresholds ? { thresholds } : {}),
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
        session.onDidReview((review) => this.#onDidReview.fire(review)),
      );
    this.#changed();
  }

  async act(action: Action): Promise<void> {
    if ('branch' in action) {
      return this.#actOnBranch(action);
    }
    if (isCommand(action)) {
      await vscode.commands.executeCommand(COMMANDS[action.kind]);
      return;
    }
    switch (action.kind) {
      case 'more':
        return this.shown().more();
      case 'stop':
        this.#session?.stop();
        return;
      case 'batch':
        return this.#session?.step(action.step);
      case 'merge-ideas':
        return this.groups.merge(this.shown(), action.branches);
    }
  }

  /** @throws VariorumError when nothing is shown, or it cannot be inserted */
  async insert(choice: Choice): Promise<void> {
    await insertBranch(this.sessions, this.shown(), choice);
  }

  /** @throws VariorumError when nothing is shown */
  async compare(branch: number): Promise<void> {
    await this.#diff.show(this.shown(), branch);
  }

  /** Puts what the diff in front compares into the document. @throws VariorumError when there is none */
  async applyCompared(): Promise<void> {
    const compared = this.#diff.inFront();
    if (!compared) {
      throw notCompared();
    }
    const { session, batch, choice } = compared;
    if (batch !== undefined && session.batch?.id !== batch) {
      await session.show(batch);
    }
    this.show(session);
    // The comparison goes afterwards: it may be all that keeps the draft open.
    await this.insert(choice);
    await compared.close();
  }

  /** @throws VariorumError when nothing is shown */
  async copy(branch: number): Promise<void> {
    await vscode.env.clipboard.writeText(this.shown().branch(branch).text);
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  async #actOnBranch(action: BranchAction): Promise<void> {
    const { branch } = action;
    switch (action.kind) {
      case 'insert':
        return this.insert(action);
      case 'replace':
        return this.insert({ branch, replacing: true });
      case 'diff':
        return this.compare(branch);
      case 'copy':
        return this.copy(branch);
      case 'multiverse':
        await vscode.commands.executeCommand('variorum.showMultiverse', { branch: branch + 1 });
        return;
      case 'retry':
        return this.shown().retry(branch);
      case 'fix':
        return this.#fix(branch);
      case 'pick':
      case 'escape':
      case 'freeze':
        return this.forks.act(this.shown(), action);
      case 'rewrite':
      case 'pin':
        return this.rewriting.act(this.shown(), action);
      case 'split-idea':
        return this.groups.split(this.shown(), branch);
    }
  }

  /** Asks for the key of the model that wrote the branch, or for another model. */
  async #fix(branch: number): Promise<void> {
    const source = this.shown().sourceOf(branch);
    const origin = source.kind === 'model' ? this.models.keyOrigin(source.model) : undefined;
    const failed = this.shown()
      .branches()
      .find(({ index }) => index === branch);
    await (failed?.error?.fix === 'key' && origin !== undefined
      ? vscode.commands.executeCommand('variorum.enterKey', origin)
      : vscode.commands.executeCommand('variorum.chooseModel'));
  }

  #unfollow(): void {
    this.#followed?.dispose();
  }

  /** The session shown. @throws VariorumError when there is none */
  shown(): DocumentSession {
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
    this.#set('canAskAgain', session?.batch?.request !== undefined);
    this.#set('rewritesShown', session?.batch?.source !== undefined);
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

function notCompared(): VariorumError {
  return new VariorumError({
    code: 'bad-request',
    message: vscode.l10n.t('No comparison of a branch with its draft is in front.'),
    action: vscode.l10n.t('Run "Variorum: Compare Draft with Branch" first.'),
    retryable: false,
  });
}

function isCommand(action: Action): action is CommandAction {
  return Object.hasOwn(COMMANDS, action.kind);
}
