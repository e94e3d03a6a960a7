import type { LanguageModel, Options, Passage } from '../core/model/languageModel';
import type { Token } from '../core/model/token';
import type { NodeId } from '../core/tree/node';
import type { Tree } from '../core/tree/tree';
import type { BatchView, BranchView, Notice, TokenView } from '../protocol';
import type { Placement } from './placement';

/** What was asked for; kept so that one branch can be asked for again. */
export interface Request {
  model: LanguageModel;
  passage: Passage;
  options: Options;
  /** Where in the tree the branches fork. */
  parent: NodeId | null;
  at: number;
}

/** A batch as the session holds it. Its branches are nodes of the tree. */
export interface Batch {
  id: string;
  /** The last words before the place; empty when they are no longer known. */
  lead: string;
  models: BatchView['models'];
  placement: Placement;
  notices: readonly Notice[];
  /** Absent when the batch was read from the journal. */
  request?: Request;
}

/** The node on each card: of several with one number, the latest, since a retry takes its card over. */
export function cardsOf(tree: Tree, batch: string): NodeId[] {
  const cards: NodeId[] = [];
  for (const { index, id } of tree.batch(batch)) {
    cards[index] = id;
  }
  return cards;
}

/** The branches of a batch as the view shows them. */
export function branchViews(
  tree: Tree,
  batch: Batch,
  tokensOf: (node: NodeId) => readonly Token[] | undefined,
): BranchView[] {
  return cardsOf(tree, batch.id).flatMap((id) => {
    const node = tree.node(id);
    if (!node) {
      return [];
    }
    const { index, status, finish, error, text } = node;
    const retryable = error?.retryable === true && batch.request !== undefined;
    return {
      index,
      node: id,
      tokens: tokenViews(tokensOf(id) ?? withoutTokens(text), text),
      status,
      ...(finish ? { finish } : {}),
      ...(error ? { error: { message: error.message, action: error.action, retryable } } : {}),
    };
  });
}

/** Tokens with their text spelt out, for the view. */
export function tokenViews(tokens: readonly Token[], text: string): TokenView[] {
  return tokens.map(({ start, end, logprob, missing, alternatives, tail }) => ({
    text: text.slice(start, end),
    logprob,
    ...(missing ? { missing } : {}),
    alternatives: alternatives.map((other) => ({ text: other.text, logprob: other.logprob })),
    tail,
  }));
}

/** A text whose tokens are lost, or never came. */
function withoutTokens(text: string): Token[] {
  return text === ''
    ? []
    : [{ start: 0, end: text.length, logprob: null, missing: 'gap', alternatives: [], tail: null }];
}
