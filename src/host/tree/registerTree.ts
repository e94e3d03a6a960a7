import * as vscode from 'vscode';
import type { BranchesView } from '../branchesView';
import { registerCommand } from '../commands';
import { Disposables } from '../disposables';
import type { Parts } from '../parts';
import type { Sessions } from '../sessions';
import type { Element } from './element';
import { LateProvider } from './lateProvider';
import type { TreeFeature } from './treeFeature';

export interface TreeServices {
  context: vscode.ExtensionContext;
  sessions: Sessions;
  view: BranchesView;
  log: vscode.LogOutputChannel;
}

export const TREE_VIEW = 'variorum.tree';

/** The commands of the tree, `variorum.` left out. What they do is loaded with the first of them. */
export const TREE_COMMANDS = [
  'openNode',
  'goToParent',
  'goToChild',
  'goToNextSibling',
  'goToPreviousSibling',
  'goToRoot',
  'hoist',
  'unhoist',
  'bookmarkNode',
  'noteNode',
  'renameNode',
  'pruneNode',
  'restoreNode',
  'showPruned',
  'hidePruned',
  'splitNode',
  'mergeNode',
  'compareNode',
  'checkOutPath',
  'searchTree',
  'goBackToCheckpoint',
  'showNodeInBranches',
  'findOrphanedTrees',
] as const;
export type TreeCommand = (typeof TREE_COMMANDS)[number];

/** The Tree view: its commands, and the tree of the draft in front once there is one. */
export class TreeRegistration implements vscode.Disposable {
  readonly #disposables = new Disposables();
  readonly #saveReasons = new WeakMap<vscode.TextDocument, vscode.TextDocumentSaveReason>();
  readonly #provider = this.#disposables.add(new LateProvider<Element>());
  readonly #view: vscode.TreeView<Element>;
  #feature: Promise<TreeFeature> | undefined;

  constructor(
    private readonly parts: Parts,
    private readonly services: TreeServices,
  ) {
    const { sessions, log } = services;
    for (const name of TREE_COMMANDS) {
      this.#disposables.add(
        registerCommand(name, log, async (...args) => (await this.feature()).run(name, args)),
      );
    }
    this.#disposables.add(sessions.onDidOpen(() => this.#begin()));
    this.#disposables.add(
      vscode.workspace.onWillSaveTextDocument(({ document, reason }) => {
        this.#saveReasons.set(document, reason);
      }),
    );
    this.#disposables.add(
      vscode.workspace.onDidSaveTextDocument((document) => {
        const reason = this.#saveReasons.get(document) ?? vscode.TextDocumentSaveReason.Manual;
        sessions.get(document)?.keeper.saved(reason);
      }),
    );
    this.#view = this.#disposables.add(
      vscode.window.createTreeView(TREE_VIEW, {
        treeDataProvider: this.#provider,
        canSelectMany: true,
        showCollapseAll: true,
      }),
    );
  }

  /** @throws VariorumError `asset-missing` when it cannot be loaded */
  feature(): Promise<TreeFeature> {
    this.#feature ??= this.#load();
    return this.#feature;
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  async #load(): Promise<TreeFeature> {
    try {
      const { TreeFeature } = await this.parts.loadHost('tree');
      const feature = this.#disposables.add(new TreeFeature(this.services, this.#view));
      this.#provider.follow(feature.provider);
      return feature;
    } catch (error) {
      this.#feature = undefined;
      throw error;
    }
  }

  #begin(): void {
    this.feature().catch((error: unknown) => this.services.log.error(String(error)));
  }
}
