import * as vscode from 'vscode';
import { SAMPLER_NAMES } from '../../core/model/languageModel';
import { modelLabel } from '../../core/model/modelLabel';
import { MARKS } from '../../core/tree/marks';
import type { Asked, NodeId, TreeNode } from '../../core/tree/node';
import { nodeTitle } from '../../core/tree/nodeTitle';
import type { Tree } from '../../core/tree/tree';
import { isOwn } from '../../core/tree/version';
import { samplerText } from '../prompt/samplerText';
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
/** Length of a title that leaves room for the note beside it in a narrow side bar. */
const TITLE_WITH_NOTE = 16;

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
    titleOf(tree, node, marks.has(MARKS.note) ? TITLE_WITH_NOTE : undefined),
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
  return `${note === undefined ? '' : `${note} — `}${number}${authorOf(node)}`;
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
  const asked = tree.askedOf(node);
  const note = tree.marks(node.id).get(MARKS.note);
  const when = new Date(created).toLocaleString();
  const facts = note === undefined ? [] : [vscode.l10n.t('Note: {0}', note)];
  if (source.kind === 'model') {
    const came = [
      ...(usage ? [vscode.l10n.t('{0} tokens', usage.completionTokens)] : []),
      ...(seconds === undefined ? [] : [vscode.l10n.t('{0} s', inShort(seconds))]),
      ...(usage?.cost === undefined ? [] : [`$${usage.cost.toFixed(4)}`]),
    ];
    facts.push([authorOf(node), statusWord(node), ...came, when].join(' · '));
    facts.push(vscode.l10n.t('Asked: {0}', [source.strategy, ...numbersOf(asked)].join(' · ')));
    facts.push(...wordsOf(asked));
  } else {
    facts.push(`${authorOf(node)} · ${when}`);
  }
  if (error) {
    facts.push(`${error.message} ${error.action}`);
  }
  return flags.length === 0 ? facts : [...facts, vscode.l10n.t('Findings: {0}', flags.join(', '))];
}

/** Seconds for people: two digits are enough. */
function inShort(seconds: number): number {
  return seconds >= 10 ? Math.round(seconds) : Number(seconds.toPrecision(2));
}

/** The numbers that a branch was asked with. */
function numbersOf(asked: Asked | undefined): string[] {
  if (!asked) {
    return [];
  }
  const { t } = vscode.l10n;
  const { temperature, topP, minP, maxTokens, seed, reach, spread, samplers = {} } = asked;
  return [
    t('temperature {0}', temperature),
    ...(topP === 1 ? [] : [t('top-p {0}', topP)]),
    ...(minP === 0 ? [] : [t('min-p {0}', minP)]),
    ...SAMPLER_NAMES.flatMap((name) =>
      samplers[name] === undefined ? [] : [`${samplerText(name).label} ${samplers[name]}`],
    ),
    t('at most {0} tokens', maxTokens),
    ...(seed === undefined ? [] : [t('seed {0}', seed)]),
    ...(reach === undefined ? [] : [t('up to one {0}', reach)]),
    ...(spread === 'apart' ? [t('apart')] : []),
    t('{0} at once', asked.n),
    t('{0} characters of context', asked.before.toLocaleString()),
  ];
}

function wordsOf(asked: Asked | undefined): string[] {
  return asked?.instruction === undefined
    ? []
    : [vscode.l10n.t('Instruction: {0}', asked.instruction)];
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
