import * as vscode from 'vscode';
import { modelLabel } from '../../core/model/modelLabel';
import { MARKS } from '../../core/tree/marks';
import type { Asked, NodeId, TreeNode } from '../../core/tree/node';
import { nodeTitle } from '../../core/tree/nodeTitle';
import type { Tree } from '../../core/tree/tree';
import { isOwn } from '../../core/tree/version';
import { nodeElement } from './element';

/** What is known of a node beside the tree itself. */
export interface NodeContext {
  tree: Tree;
  /** The document shows some of it. */
  isInDocument: boolean;
  hasChildren: boolean;
  isHoisted: boolean;
}

/** Most of a node's text that a tooltip shows, UTF-16 code units. */
const TOOLTIP_TEXT = 800;

/** The name that the writer gave a node, or its first words. */
export function titleOf(tree: Tree, node: Readonly<TreeNode>, length?: number): string {
  const title = tree.marks(node.id).get(MARKS.name) ?? nodeTitle(node.text, length);
  return title === '' ? emptyTitle(node) : title;
}

function emptyTitle({ text, status }: Readonly<TreeNode>): string {
  if (text !== '') {
    return vscode.l10n.t('(white space)');
  }
  switch (status) {
    case 'streaming':
      return vscode.l10n.t('(nothing yet)');
    case 'failed':
      return vscode.l10n.t('(failed)');
    case 'done':
    case 'stopped':
      return vscode.l10n.t('(empty)');
  }
}

/** Who wrote a node. */
export function authorOf({ source }: Readonly<TreeNode>): string {
  switch (source.kind) {
    case 'human':
      return vscode.l10n.t('you');
    case 'unknown':
      return vscode.l10n.t('there before, or pasted');
    case 'model':
      return modelLabel(source.model);
  }
}

/** A node as the Tree view shows it; the tooltip comes later. */
export function nodeItem(node: Readonly<TreeNode>, context: NodeContext): vscode.TreeItem {
  const { tree, hasChildren, isHoisted } = context;
  const marks = tree.marks(node.id);
  const item = new vscode.TreeItem(
    titleOf(tree, node),
    !hasChildren
      ? vscode.TreeItemCollapsibleState.None
      : isHoisted
        ? vscode.TreeItemCollapsibleState.Expanded
        : vscode.TreeItemCollapsibleState.Collapsed,
  );
  item.id = nodeElement(node.id);
  item.description = descriptionOf(node, marks);
  item.iconPath = iconOf(node, context, marks.has(MARKS.bookmark));
  item.contextValue = contextOf(node, context, marks);
  item.accessibilityInformation = { label: spokenOf(node, context, marks) };
  item.command = {
    command: 'variorum.openNode',
    title: vscode.l10n.t('Show'),
    arguments: [nodeElement(node.id)],
  };
  return item;
}

function descriptionOf(node: Readonly<TreeNode>, marks: ReadonlyMap<string, string>): string {
  const number = isOwn(node) ? '' : `#${node.index + 1} `;
  const note = marks.get(MARKS.note);
  return `${number}${authorOf(node)}${note === undefined ? '' : ` — ${note}`}`;
}

function iconOf(
  node: Readonly<TreeNode>,
  { tree, isInDocument }: NodeContext,
  isBookmarked: boolean,
): vscode.ThemeIcon {
  if (tree.isPruned(node.id)) {
    return new vscode.ThemeIcon('eye-closed');
  }
  switch (node.status) {
    case 'streaming':
      return new vscode.ThemeIcon('loading~spin');
    case 'failed':
      return new vscode.ThemeIcon('error');
    case 'done':
    case 'stopped': {
      const color = isInDocument ? new vscode.ThemeColor('charts.green') : undefined;
      return new vscode.ThemeIcon(iconName(node, isInDocument, isBookmarked), color);
    }
  }
}

function iconName(node: Readonly<TreeNode>, isInDocument: boolean, isBookmarked: boolean): string {
  if (isBookmarked) {
    return 'bookmark';
  }
  switch (node.source.kind) {
    case 'human':
      return 'edit';
    case 'unknown':
      return 'book';
    case 'model':
      return isInDocument ? 'circle-filled' : 'circle-outline';
  }
}

/** Words that menus look for. */
function contextOf(
  node: Readonly<TreeNode>,
  { tree, isHoisted }: NodeContext,
  marks: ReadonlyMap<string, string>,
): string {
  return [
    'node',
    node.source.kind,
    ...(tree.isPruned(node.id) ? ['pruned'] : []),
    ...(marks.has(MARKS.bookmark) ? ['bookmarked'] : []),
    ...(node.parent === null ? [] : ['forked']),
    ...(isHoisted ? ['hoisted'] : []),
  ].join(' ');
}

function spokenOf(
  node: Readonly<TreeNode>,
  { tree, isInDocument }: NodeContext,
  marks: ReadonlyMap<string, string>,
): string {
  const parts = [titleOf(tree, node), descriptionOf(node, marks)];
  if (node.status !== 'done') {
    parts.push(statusWord(node));
  }
  if (isInDocument) {
    parts.push(vscode.l10n.t('in the document'));
  }
  if (marks.has(MARKS.bookmark)) {
    parts.push(vscode.l10n.t('bookmarked'));
  }
  if (tree.isPruned(node.id)) {
    parts.push(vscode.l10n.t('pruned'));
  }
  return parts.join(', ');
}

function statusWord({ status }: Readonly<TreeNode>): string {
  switch (status) {
    case 'streaming':
      return vscode.l10n.t('streaming');
    case 'done':
      return vscode.l10n.t('done');
    case 'stopped':
      return vscode.l10n.t('stopped');
    case 'failed':
      return vscode.l10n.t('failed');
  }
}

/** All about a node: its text, and how it came to be. Model text is shown as text, never as Markdown. */
export function nodeTooltip(
  tree: Tree,
  node: Readonly<TreeNode>,
  flags: readonly string[],
): vscode.MarkdownString {
  const tooltip = new vscode.MarkdownString('', true);
  const { text } = node;
  tooltip.appendCodeblock(
    text.length > TOOLTIP_TEXT ? `${beginning(text, TOOLTIP_TEXT)}…` : text,
    'plaintext',
  );
  for (const line of factsOf(tree, node, flags)) {
    tooltip.appendMarkdown('\n\n');
    tooltip.appendText(line);
  }
  return tooltip;
}

function factsOf(tree: Tree, node: Readonly<TreeNode>, flags: readonly string[]): string[] {
  const { source, created, seconds, usage, error } = node;
  const marks = tree.marks(node.id);
  const facts = [`${authorOf(node)} · ${new Date(created).toLocaleString()}`];
  if (source.kind === 'model') {
    facts.push(vscode.l10n.t('Asked: {0} · {1}', source.strategy, statusWord(node)));
    facts.push(...askedFacts(tree.askedOf(node)));
  }
  if (usage) {
    const cost = usage.cost === undefined ? '' : ` · $${usage.cost.toFixed(4)}`;
    facts.push(vscode.l10n.t('{0} tokens', usage.completionTokens) + cost);
  }
  if (seconds !== undefined) {
    facts.push(vscode.l10n.t('{0} s', seconds));
  }
  if (error) {
    facts.push(`${error.message} ${error.action}`);
  }
  if (flags.length > 0) {
    facts.push(vscode.l10n.t('Findings: {0}', flags.join(', ')));
  }
  const note = marks.get(MARKS.note);
  return note === undefined ? facts : [...facts, note];
}

/** What a branch was asked with, as lines. */
export function askedFacts(asked: Asked | undefined): string[] {
  if (!asked) {
    return [];
  }
  const { t } = vscode.l10n;
  const { temperature, topP, minP, maxTokens, seed, reach, spread, instruction } = asked;
  const numbers = [
    t('temperature {0}', temperature),
    ...(topP === 1 ? [] : [t('top-p {0}', topP)]),
    ...(minP === 0 ? [] : [t('min-p {0}', minP)]),
    t('at most {0} tokens', maxTokens),
    ...(seed === undefined ? [] : [t('seed {0}', seed)]),
    ...(reach === undefined ? [] : [t('up to one {0}', reach)]),
    ...(spread === 'apart' ? [t('apart')] : []),
    t('{0} together', asked.n),
  ];
  const context = t('{0} characters of context', asked.before.toLocaleString());
  const words = instruction === undefined ? [] : [t('Instruction: {0}', instruction)];
  return [`${numbers.join(' · ')} · ${context}`, ...words];
}

/** The text of a node in one line, for lists. */
export function oneLine(text: string, length = 120): string {
  const line = text.replace(/\s+/gu, ' ').trim();
  return line.length > length ? `${beginning(line, length)}…` : line;
}

/** Whether a node belongs to a batch that a model was asked for. */
export function hasBatch(tree: Tree, id: NodeId): boolean {
  const node = tree.node(id);
  return node !== undefined && !isOwn(node) && tree.batches().includes(node.batch);
}

/** The first characters of a text, never half a one. */
function beginning(text: string, length: number): string {
  return text.slice(0, length).replace(/[\ud800-\udbff]$/u, '');
}
