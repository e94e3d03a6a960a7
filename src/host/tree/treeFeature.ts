import * as vscode from 'vscode';
import { VariorumError } from '../../core/model/error';
import type { NodeId } from '../../core/tree/node';
import { Disposables } from '../disposables';
import type { DocumentSession } from '../documentSession';
import { isDraft } from '../journalPlace';
import { checkOutPath } from './checkOut';
import { compareNodes, TextShelf } from './compareNodes';
import { Cursor } from './cursor';
import { nodesOf, type Element } from './element';
import { FlagCache } from './flagCache';
import { goBackToCheckpoint } from './goBack';
import { showNodeInBranches } from './nodeBatch';
import {
  bookmarkNodes,
  mergeNode,
  noteNode,
  pruneNodes,
  renameNode,
  splitNode,
} from './nodeActions';
import { titleOf } from './nodeItem';
import type { TreeCommand, TreeServices } from './registerTree';
import { searchTree } from './searchTree';
import { stepInTree } from './stepInTree';
import { TreeHomes } from './treeHomes';
import { TreeProvider } from './treeProvider';
import { TreeWatch } from './treeWatch';

/** Beyond so many ancestors a trail says no more. */
const TRAIL = 3;
/** UTF-16 code units of each title in it. */
const TRAIL_TITLE = 18;
/** How long typing rests before the view looks at the document again, in milliseconds. */
const TYPING_PAUSE = 400;

type Act = (nodes: readonly NodeId[], args: readonly unknown[]) => Promise<void> | void;

/** The Tree view of the draft in front, and what is done with its nodes. */
export class TreeFeature implements vscode.Disposable {
  readonly #disposables = new Disposables();
  readonly provider: TreeProvider;
  readonly cursor: Cursor;
  readonly homes: TreeHomes;
  readonly #shelf: TextShelf;
  readonly #services: TreeServices;
  readonly #keys = new Map<string, boolean>();
  #followed: vscode.Disposable | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    services: TreeServices,
    readonly view: vscode.TreeView<Element>,
  ) {
    this.#services = services;
    const { sessions } = services;
    const add = <T extends vscode.Disposable>(item: T): T => this.#disposables.add(item);
    const flags = add(new FlagCache(sessions));
    this.provider = add(new TreeProvider((id) => flags.of(id)));
    this.#shelf = add(new TextShelf());
    this.cursor = add(new Cursor(this.provider, this.view));
    this.homes = add(new TreeHomes(services));
    add(new TreeWatch(services));
    add({
      dispose: () => {
        this.#followed?.dispose();
      },
    });
    add(vscode.window.onDidChangeActiveTextEditor(() => this.#follow()));
    add(sessions.onDidOpen(() => this.#follow()));
    add(sessions.onDidChangeAttachments((session) => this.#changedSoon(session)));
    add({
      dispose: () => {
        clearTimeout(this.#timer);
      },
    });
    add(this.cursor.onDidMove(() => this.#describe()));
    this.#follow();
  }

  /** Does what a command of the tree says. @throws VariorumError when it cannot */
  async run(command: TreeCommand, args: readonly unknown[]): Promise<void> {
    const given = nodesOf(args);
    await this.#acts[command](given, args);
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  readonly #acts: Record<TreeCommand, Act> = {
    openNode: (nodes) => this.cursor.go(this.#session(), this.#one(nodes)),
    goToParent: (nodes) => this.#step(nodes, 'parent'),
    goToChild: (nodes) => this.#step(nodes, 'child'),
    goToNextSibling: (nodes) => this.#step(nodes, 'next'),
    goToPreviousSibling: (nodes) => this.#step(nodes, 'previous'),
    goToRoot: (nodes, [element]) => {
      if (element === 'e:') {
        this.provider.hoist(undefined);
      }
      return this.#step(nodes, 'root');
    },
    hoist: (nodes) => this.#hoist(this.#one(nodes)),
    unhoist: () => this.#hoist(undefined),
    bookmarkNode: (nodes) => bookmarkNodes(this.#session(), this.#some(nodes)),
    noteNode: (nodes) => noteNode(this.#session(), this.#one(nodes)),
    renameNode: (nodes) => renameNode(this.#session(), this.#one(nodes)),
    pruneNode: (nodes) => pruneNodes(this.#session(), this.#some(nodes), true),
    restoreNode: (nodes) => pruneNodes(this.#session(), this.#some(nodes), false),
    showPruned: () => this.#showPruned(true),
    hidePruned: () => this.#showPruned(false),
    splitNode: () => splitNode(this.#session(), this.cursor.placeAtCaret(), this.#outline()),
    mergeNode: (nodes) => mergeNode(this.#session(), this.#one(nodes), this.#outline()),
    compareNode: (nodes) => compareNodes(this.#session(), this.#some(nodes), this.#shelf),
    checkOutPath: (nodes) => checkOutPath(this.#session(), this.#one(nodes)),
    searchTree: () => searchTree(this.#session(), this.cursor, (id) => this.#flagsOf(id)),
    goBackToCheckpoint: () => goBackToCheckpoint(this.#session(), this.#shelf),
    showNodeInBranches: async (nodes) => {
      await showNodeInBranches(this.#session(), this.#one(nodes), this.#services.view);
    },
    findOrphanedTrees: () => this.homes.findOrphans(),
  };

  #flagsOf(id: NodeId): readonly string[] {
    return this.provider.flagsOf(id);
  }

  async #step(nodes: readonly NodeId[], where: Parameters<typeof stepInTree>[2]): Promise<void> {
    const next = stepInTree(this.#outline(), this.#one(nodes), where);
    if (next !== undefined) {
      await this.cursor.go(this.#session(), next);
    }
  }

  #hoist(id: NodeId | undefined): void {
    this.provider.hoist(id);
    this.#setKey('treeHoisted', id !== undefined);
    this.#describe();
  }

  #showPruned(show: boolean): void {
    this.provider.setShowPruned(show);
    this.#setKey('treeShowsPruned', show);
  }

  #session(): DocumentSession {
    const { session } = this.provider;
    if (!session) {
      throw new VariorumError({
        code: 'bad-request',
        message: vscode.l10n.t('There is no tree yet.'),
        action: vscode.l10n.t('Put the cursor into a draft and continue it first.'),
        retryable: false,
      });
    }
    return session;
  }

  #outline() {
    this.#session();
    const { outline } = this.provider;
    if (!outline) {
      throw noNode();
    }
    return outline;
  }

  /** What a command is about: what it was asked of, what is selected in the view, or what the caret is in. */
  #some(given: readonly NodeId[]): readonly NodeId[] {
    if (given.length > 0) {
      return given;
    }
    const selected = this.view.selection.flatMap((element) => nodesOf([element]));
    const current = this.cursor.current();
    const nodes = selected.length > 1 ? selected : current === undefined ? selected : [current];
    if (nodes.length === 0) {
      throw noNode();
    }
    return nodes;
  }

  #one(given: readonly NodeId[]): NodeId {
    const [node] = this.#some(given);
    if (node === undefined) {
      throw noNode();
    }
    return node;
  }

  /** The draft in front; elsewhere (a log, no editor) the last one stays. */
  #follow(): void {
    const document = vscode.window.activeTextEditor?.document;
    if (!document || !isDraft(document)) {
      return;
    }
    const session = this.#services.sessions.get(document);
    if (session !== this.provider.session) {
      this.#followed?.dispose();
      this.provider.show(session);
      this.#setKey('treeHoisted', false);
      this.#followed =
        session &&
        vscode.Disposable.from(
          session.onDidStream(() => this.#changed(session)),
          session.onDidPlace(() => this.#changed(session)),
          session.keeper.onDidKeep(() => this.#changed(session)),
        );
      this.cursor.follow();
      this.#describe();
    }
  }

  #changed(session: DocumentSession): void {
    if (session === this.provider.session) {
      this.provider.refresh();
      this.#describe();
    }
  }

  /** Typing changes nothing of the tree but which of it is in the document. */
  #changedSoon(session: DocumentSession): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#changed(session), TYPING_PAUSE);
  }

  #setKey(key: string, value: boolean): void {
    if (this.#keys.get(key) !== value) {
      this.#keys.set(key, value);
      void vscode.commands.executeCommand('setContext', `variorum.${key}`, value);
    }
  }

  /** Says above the view where in the tree the cursor is, and what of it is shown. */
  #describe(): void {
    const { session, outline, hoisted } = this.provider;
    const tree = session?.journal.tree;
    const size = tree?.size ?? 0;
    this.#setKey('hasTree', size > 0);
    if (!tree || !outline || size === 0) {
      this.view.message = '';
      this.view.description = '';
      return;
    }
    const current = this.cursor.current();
    const node = current === undefined ? undefined : tree.node(current);
    const above = node ? outline.ancestors(node.id) : [];
    const trail = node ? [node, ...above].slice(0, TRAIL).reverse() : [];
    const titles = trail.map((each) => titleOf(tree, each, TRAIL_TITLE));
    const isCut = above.length >= TRAIL;
    this.view.message = [...(isCut ? ['…'] : []), ...titles].join(' › ');
    const count = vscode.l10n.t('{0} nodes', size.toLocaleString());
    const top = hoisted === undefined ? undefined : tree.node(hoisted);
    this.view.description = top
      ? vscode.l10n.t('{0}, from “{1}” on', count, titleOf(tree, top))
      : count;
  }
}

function noNode(): VariorumError {
  return new VariorumError({
    code: 'bad-request',
    message: vscode.l10n.t('There is no node here.'),
    action: vscode.l10n.t('Select one in the Tree view, or put the cursor into text that has one.'),
    retryable: false,
  });
}
