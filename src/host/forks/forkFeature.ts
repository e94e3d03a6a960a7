import type * as vscode from 'vscode';
import type { BranchAction } from '../../protocol';
import type { BranchesController } from '../branchesController';
import type { BranchesView } from '../branchesView';
import { registerCommand } from '../commands';
import { Disposables } from '../disposables';
import type { DocumentSession } from '../documentSession';
import type { Models } from '../models';
import type { Parts } from '../parts';
import type { PassageFiles } from '../passageFiles';
import type { Sessions } from '../sessions';
import type { Forks } from './forks';

export interface ForkParts {
  sessions: Sessions;
  models: Models;
  files: PassageFiles;
  log: vscode.LogOutputChannel;
}

/** What the Branches view asks for. */
export type ForkAction = Extract<BranchAction, { kind: 'pick' | 'escape' | 'freeze' }>;

/** The kinds of place that one can go to, as the commands name them. */
const PLACES = { Fork: 'fork', UncertainToken: 'uncertain', StuckRun: 'stuck' } as const;

/** How long after model text was first seen its places are marked, in milliseconds. */
const LATER = 1000;

/** Branching off at a token: its commands, and what wakes the rest. */
export class ForkFeature implements vscode.Disposable {
  readonly #disposables = new Disposables();
  #forks: Promise<Forks> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly loader: Parts,
    private readonly parts: ForkParts,
  ) {
    const { sessions } = parts;
    const wake = (session: DocumentSession) => this.#wake(session);
    this.#disposables.add(sessions.onDidOpen(wake));
    this.#disposables.add(sessions.onDidChangeAttachments(wake));
    this.#disposables.add({ dispose: () => clearTimeout(this.#timer) });
  }

  /** @throws VariorumError `asset-missing` */
  load(): Promise<Forks> {
    this.#forks ??= this.loader
      .loadHost('forks')
      .then(({ Forks }) => this.#disposables.add(new Forks(this.parts)));
    this.#forks.catch(() => (this.#forks = undefined));
    return this.#forks;
  }

  /** What a card was asked for. */
  async act(session: DocumentSession, action: ForkAction): Promise<void> {
    await (await this.load()).act(session, action);
  }

  /** The commands, which bring up the view where there are new branches in it. */
  register(controller: BranchesController, view: BranchesView): void {
    const show = async (session: DocumentSession) => {
      controller.show(session);
      await view.reveal();
    };
    const command = (name: string, run: (forks: Forks, argument: unknown) => Promise<void>) =>
      this.#disposables.add(
        registerCommand(name, this.parts.log, async (argument) => run(await this.load(), argument)),
      );
    command('pickAlternative', (forks, argument) => forks.pickInDocument(argument, show));
    command('escapeHere', (forks, argument) => forks.escapeInDocument(argument, show));
    command('whereDidItFreeze', (forks) => forks.freezeInDocument(show));
    for (const [name, kind] of Object.entries(PLACES)) {
      command(`goToNext${name}`, (forks) => forks.goTo(kind, 'next'));
      command(`goToPrevious${name}`, (forks) => forks.goTo(kind, 'previous'));
    }
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #wake({ draft, scores }: DocumentSession): void {
    const { attachments } = scores.document;
    if (this.#forks === undefined && draft.state.attachments.length + attachments.length > 0) {
      this.#timer ??= setTimeout(() => {
        this.load().catch((error: unknown) => this.parts.log.error(String(error)));
      }, LATER);
    }
  }
}
