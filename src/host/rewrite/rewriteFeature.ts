import * as vscode from 'vscode';
import type { BranchAction } from '../../protocol';
import type { BranchesController } from '../branchesController';
import type { BranchesView } from '../branchesView';
import type { CollapseFeature } from '../collapse/collapseFeature';
import { registerCommand } from '../commands';
import { Disposables } from '../disposables';
import type { DocumentSession } from '../documentSession';
import type { ExemplarSource } from '../exemplars/exemplarSource';
import type { Models } from '../models';
import type { Parts } from '../parts';
import type { PassageFiles } from '../passageFiles';
import { OWN_WRITING } from '../provenance/ownWriting';
import type { Sessions } from '../sessions';
import { registerRewriteActions } from './rewriteActions';
import type { Rewrites } from './rewrites';

export interface RewriteParts {
  sessions: Sessions;
  models: Models;
  files: PassageFiles;
  collapse: CollapseFeature;
  /** The writer's own prose, to show models. */
  exemplars: ExemplarSource;
  /** Where the last choice of strategies is remembered. */
  memory: vscode.Memento;
  log: vscode.LogOutputChannel;
}

/** What the Branches view asks for. */
export type RewriteAction = Extract<BranchAction, { kind: 'rewrite' | 'pin' }>;

/** Rewriting: its commands, and what wakes the rest. */
export class RewriteFeature implements vscode.Disposable {
  readonly #disposables = new Disposables();
  #show: (session: DocumentSession) => Promise<void> = () => Promise.resolve();
  #rewrites: Promise<Rewrites> | undefined;

  constructor(
    private readonly loader: Parts,
    private readonly parts: RewriteParts,
  ) {}

  /** @throws VariorumError `asset-missing` */
  load(): Promise<Rewrites> {
    this.#rewrites ??= this.loader
      .loadHost('rewrite')
      .then(({ Rewrites }) => this.#disposables.add(new Rewrites(this.parts, this.#show)));
    this.#rewrites.catch(() => (this.#rewrites = undefined));
    return this.#rewrites;
  }

  /** What a card was asked for. */
  async act(session: DocumentSession, action: RewriteAction): Promise<void> {
    await (await this.load()).act(session, action);
  }

  /** The commands, which bring up the view where there are new branches in it. */
  register(controller: BranchesController, view: BranchesView): void {
    this.#show = async (session) => {
      controller.show(session);
      await view.reveal();
    };
    const command = (name: string, run: (rewrites: Rewrites, argument: unknown) => Promise<void>) =>
      this.#disposables.add(
        registerCommand(name, this.parts.log, async (argument) => run(await this.load(), argument)),
      );
    command('rewrite', (rewrites, argument) => rewrites.here(argument));
    command('rewriteWith', (rewrites, argument) => rewrites.choosing(argument));
    command('showRewritePrompt', (rewrites) => rewrites.showPrompt(controller.session));
    command('editRewriteStrategies', (rewrites) => rewrites.editStrategies());
    this.#disposables.add(registerRewriteActions(this.parts.sessions));
    this.#disposables.add(
      registerCommand('nameOwnWriting', this.parts.log, async () => {
        await vscode.commands.executeCommand('workbench.action.openSettings', OWN_WRITING);
      }),
    );
  }

  dispose(): void {
    this.#disposables.dispose();
  }
}
