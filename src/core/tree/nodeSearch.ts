import { modelLabel } from '../model/modelLabel';
import { MARKS } from './marks';
import type { NodeId, TreeNode } from './node';
import type { Tree } from './tree';
import { isOwn } from './version';

/** What to look for; every condition must hold. */
export interface NodeQuery {
  /** All must occur in the text, the name or the note; case does not matter. */
  words: readonly string[];
  /** Must occur in the model's name. */
  model?: string;
  /** A finding's code, or its beginning. */
  flag?: string;
  is: readonly Kind[];
}

const KINDS = ['human', 'model', 'bookmarked', 'pruned', 'failed'] as const;
type Kind = (typeof KINDS)[number];

export interface SearchSource {
  tree: Tree;
  /** Codes of what detectors found in a node, as far as it was read. */
  flagsOf: (id: NodeId) => readonly string[];
}

const TERM = /(?:(model|flag|is):)?(?:"([^"]*)"?|(\S+))/giu;

/**
 * Reads `rain "the sea" model:sketch flag:template is:bookmarked`. A filter that is not known is taken
 * for a word.
 */
export function parseQuery(text: string): NodeQuery {
  const words: string[] = [];
  const is: Kind[] = [];
  const query: NodeQuery = { words, is };
  for (const [whole, filter = '', quoted, plain] of text.matchAll(TERM)) {
    const value = (quoted ?? plain ?? '').trim();
    const kind = KINDS.find((each) => value !== '' && each.startsWith(value.toLowerCase()));
    if (value === '') {
      continue;
    }
    switch (filter.toLowerCase()) {
      case 'model':
        query.model = value;
        break;
      case 'flag':
        query.flag = value.toLowerCase();
        break;
      case 'is':
        (kind === undefined ? words : is).push(kind ?? whole);
        break;
      default:
        words.push(value);
    }
  }
  return query;
}

/**
 * The nodes that a query asks for, newest first, those of one batch by their numbers.
 * @param limit at most so many
 */
export function searchNodes(
  { tree, flagsOf }: SearchSource,
  query: NodeQuery,
  limit: number,
): Readonly<TreeNode>[] {
  const words = query.words.map(pattern);
  const model = query.model === undefined ? undefined : pattern(query.model);
  const found: Readonly<TreeNode>[] = [];
  for (const node of tree.nodes()) {
    const isMatch =
      words.every((word) => word.test(node.text) || isInMarks(tree, node.id, word)) &&
      (model === undefined || isOfModel(node, model)) &&
      query.is.every((kind) => isKind(tree, node, kind)) &&
      (query.flag === undefined ||
        flagsOf(node.id).some((code) => code.startsWith(query.flag ?? '')));
    if (isMatch && (query.is.includes('pruned') || !tree.isPruned(node.id))) {
      found.push(node);
    }
  }
  return found.sort((a, b) => b.created - a.created || a.index - b.index).slice(0, limit);
}

function pattern(word: string): RegExp {
  return new RegExp(word.replace(/[\\^$.*+?()[\]{}|/-]/gu, '\\$&'), 'iu');
}

function isInMarks(tree: Tree, id: NodeId, word: RegExp): boolean {
  const marks = tree.marks(id);
  return [MARKS.name, MARKS.note].some((mark) => word.test(marks.get(mark) ?? ''));
}

function isOfModel({ source }: Readonly<TreeNode>, model: RegExp): boolean {
  return (
    source.kind === 'model' && (model.test(source.model) || model.test(modelLabel(source.model)))
  );
}

function isKind(tree: Tree, node: Readonly<TreeNode>, kind: Kind): boolean {
  switch (kind) {
    case 'human':
      return isOwn(node);
    case 'model':
      return !isOwn(node);
    case 'bookmarked':
      return tree.marks(node.id).has(MARKS.bookmark);
    case 'pruned':
      return tree.isPruned(node.id);
    case 'failed':
      return node.status === 'failed';
  }
}
