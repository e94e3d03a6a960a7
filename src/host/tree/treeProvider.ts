import * as vscode from 'vscode';
import type { NodeId } from '../../core/tree/node';
import { Outline } from '../../core/tree/outline';
import type { DocumentSession } from '../documentSession';
import { Disposables } from '../disposables';
import {
  GROUP_SIZE,
  groupElement,
  groupOfElement,
  nodeElement,
  nodeOfElement,
  type Element,
} from './element';
import { nodeItem, nodeTooltip } from './nodeItem';

/** How long changes gather before the view is told, in milliseconds. */
const REFRESH_AFTER = 100;
/** Deeper than this a view is no use; what is shown begins further down then. */
const DEEPEST = 40;
/** How many levels above the node under the cursor remain in a deep tree. */
const LEVELS_ABOVE = 12;

/** The tree of one session at a time, computed as far as it is looked at. */
export class TreeProvider implements vscode.TreeDataProvider<Element>, vscode.Disposable {
  readonly #disposables = new Disposables();
  readonly #onDidChange = this.#disposables.add(new vscode.EventEmitter<undefined>());
  #session: DocumentSession | undefined;
  #outline: Outline | undefined;
  #inDocument: ReadonlySet<NodeId> | undefined;
  #hoisted: NodeId | undefined;
  /** In a deep tree, where what is shown begins. */
  #top: NodeId | undefined;
  #showPruned = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  readonly onDidChangeTreeData = this.#onDidChange.event;

  constructor(readonly flagsOf: (id: NodeId) => readonly string[]) {}

  get session(): DocumentSession | undefined {
    return this.#session;
  }

  /** The node that the view was narrowed to. */
  get hoisted(): NodeId | undefined {
    return this.#hoisted;
  }

  get showsPruned(): boolean {
    return this.#showPruned;
  }

  /** The tree as it is shown. */
  get outline(): Outline | undefined {
    const tree = this.#session?.journal.tree;
    this.#outline ??= tree && new Outline(tree, { showPruned: this.#showPruned });
    return this.#outline;
  }

  show(session: DocumentSession | undefined): void {
    if (session !== this.#session) {
      this.#session = session;
      this.#hoisted = undefined;
      this.#top = undefined;
      this.refreshNow();
    }
  }

  /** Narrows the view to a node and what follows from it; undefined shows everything again. */
  hoist(id: NodeId | undefined): void {
    this.#hoisted = id;
    this.#top = undefined;
    this.refreshNow();
  }

  setShowPruned(show: boolean): void {
    this.#showPruned = show;
    this.refreshNow();
  }

  /** The tree has changed. */
  refresh(): void {
    this.#outline = undefined;
    this.#inDocument = undefined;
    this.#timer ??= setTimeout(() => this.refreshNow(), REFRESH_AFTER);
  }

  refreshNow(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#outline = undefined;
    this.#inDocument = undefined;
    this.#onDidChange.fire(undefined);
  }

  /** The element of a node that can be revealed; of a deep tree the part around it is shown then. */
  reach(id: NodeId): Element | undefined {
    const { outline } = this;
    const node = this.#session?.journal.tree.node(id);
    if (!outline || !node || !outline.isShown(node)) {
      return undefined;
    }
    const line = [id, ...outline.ancestors(id).map((above) => above.id)];
    const hoistedAt = this.#hoisted === undefined ? line.length : line.indexOf(this.#hoisted);
    if (hoistedAt === -1) {
      return undefined;
    }
    const topAt = this.#top === undefined ? hoistedAt : line.indexOf(this.#top);
    if (topAt === -1 || topAt > DEEPEST) {
      this.#top = hoistedAt > DEEPEST ? line[LEVELS_ABOVE] : undefined;
      this.refreshNow();
    }
    return nodeElement(id);
  }

  getChildren(element?: Element): Element[] {
    const { outline } = this;
    if (!outline) {
      return [];
    }
    if (element === undefined) {
      return this.#roots(outline);
    }
    if (element === 'e:') {
      return [];
    }
    const group = groupOfElement(element);
    if (group) {
      const from = group.group * GROUP_SIZE;
      return this.#siblings(group.parent)
        .slice(from, from + GROUP_SIZE)
        .map(nodeElement);
    }
    const id = nodeOfElement(element);
    return id === undefined ? [] : this.#grouped(id);
  }

  getParent(element: Element): Element | undefined {
    const id = nodeOfElement(element);
    const group = groupOfElement(element);
    if (group) {
      return group.parent === '' ? undefined : nodeElement(group.parent);
    }
    if (id === undefined || id === this.#hoisted || id === this.#top) {
      return undefined;
    }
    const parent = this.outline?.parent(id)?.id ?? '';
    const siblings = this.#siblings(parent);
    if (siblings.length > GROUP_SIZE) {
      return groupElement(parent, Math.floor(siblings.indexOf(id) / GROUP_SIZE));
    }
    return parent === '' ? undefined : nodeElement(parent);
  }

  getTreeItem(element: Element): vscode.TreeItem {
    const id = nodeOfElement(element);
    const tree = this.#session?.journal.tree;
    const node = id === undefined ? undefined : tree?.node(id);
    if (!tree || !node) {
      return this.#otherItem(element);
    }
    return nodeItem(node, {
      tree,
      isInDocument: this.#shown().has(node.id),
      hasChildren: this.outline?.hasChildren(node.id) ?? false,
      isHoisted: node.id === (this.#top ?? this.#hoisted),
    });
  }

  resolveTreeItem(item: vscode.TreeItem, element: Element): vscode.TreeItem {
    const id = nodeOfElement(element);
    const tree = this.#session?.journal.tree;
    const node = id === undefined ? undefined : tree?.node(id);
    if (tree && node) {
      item.tooltip = nodeTooltip(tree, node, this.flagsOf(node.id));
    }
    return item;
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#disposables.dispose();
  }

  #roots(outline: Outline): Element[] {
    const top = this.#top ?? this.#hoisted;
    if (top === undefined) {
      return this.#grouped('');
    }
    const hasAbove = this.#top !== undefined && this.#top !== this.#hoisted;
    return outline.parent(top) && hasAbove ? ['e:', nodeElement(top)] : [nodeElement(top)];
  }

  #grouped(parent: NodeId): Element[] {
    const siblings = this.#siblings(parent);
    return siblings.length <= GROUP_SIZE
      ? siblings.map(nodeElement)
      : Array.from({ length: Math.ceil(siblings.length / GROUP_SIZE) }, (_, group) =>
          groupElement(parent, group),
        );
  }

  #siblings(parent: NodeId): NodeId[] {
    const nodes = parent === '' ? this.outline?.roots() : this.outline?.children(parent);
    return (nodes ?? []).map(({ id }) => id);
  }

  #shown(): ReadonlySet<NodeId> {
    this.#inDocument ??= this.#session?.keeper.nodesShown() ?? new Set();
    return this.#inDocument;
  }

  #otherItem(element: Element): vscode.TreeItem {
    const group = groupOfElement(element);
    const { Collapsed, None } = vscode.TreeItemCollapsibleState;
    if (group) {
      const first = group.group * GROUP_SIZE;
      const last = Math.min(first + GROUP_SIZE, this.#siblings(group.parent).length);
      const item = new vscode.TreeItem(vscode.l10n.t('{0} to {1}', first + 1, last), Collapsed);
      item.id = element;
      return item;
    }
    const item = new vscode.TreeItem(vscode.l10n.t('… further up'), None);
    item.id = element;
    item.iconPath = new vscode.ThemeIcon('arrow-up');
    item.command = { command: 'variorum.goToRoot', title: item.label as string, arguments: ['e:'] };
    return item;
  }
}
