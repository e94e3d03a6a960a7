import { modelLabel } from '../core/model/modelLabel';
import type { LanguageModel } from '../core/model/languageModel';
import type { Token } from '../core/model/token';
import { readForkMark, type ForkMark } from '../core/tree/forkMark';
import { readFreezeMark } from '../core/tree/freezeMark';
import { MARKS } from '../core/tree/marks';
import type { NodeId, TreeNode } from '../core/tree/node';
import { readRewriteMark } from '../core/tree/rewriteMark';
import type { Tree } from '../core/tree/tree';
import type { BranchView, ForkView, FreezeView, ModelView } from '../protocol';
import { cardsOf, errorInfo, tokenViews, type Batch } from './batch';
import { freezeView } from './freezeView';
import { rewriteView } from './rewriteView';

/** The models of a batch as the view shows them. */
export function modelViews(tree: Tree, { id, request }: Batch): ModelView[] {
  if (request) {
    return request.models.map(modelView);
  }
  const ids = new Set(tree.batch(id).map(modelIdOf));
  return [...ids].map((model) => ({ label: modelLabel(model), note: '' }));
}

function modelView({ label, note, capabilities }: LanguageModel): ModelView {
  const { value, evidence } = capabilities.logprobs;
  return { label, note, ...(value === 'no' ? { noLogprobs: evidence } : {}) };
}

function modelIdOf({ source }: Readonly<TreeNode>): string {
  return source.kind === 'model' ? source.model : '';
}

/** The branches of a batch as the view shows them. */
export function branchViews(
  tree: Tree,
  batch: Batch,
  tokensOf: (node: NodeId) => readonly Token[] | undefined,
  freezes: ReadonlyMap<NodeId, FreezeView>,
): BranchView[] {
  const several = modelViews(tree, batch).length > 1;
  const cards = cardsOf(tree, batch.id);
  return cards.flatMap((id) => {
    const node = tree.node(id);
    if (!node) {
      return [];
    }
    const { index, status, finish, error, seconds, usage, text } = node;
    const flags = batch.review?.flags.get(index);
    const openness = batch.review?.openness?.get(index);
    const freeze = freezes.get(id) ?? keptFreeze(tree, node);
    return {
      index,
      node: id,
      ...originOf(tree, id, cards),
      ...(several ? { model: labelOf(node, batch) } : {}),
      tokens: tokenViews(tokensOf(id) ?? withoutTokens(text), text, { openness }),
      status,
      ...(finish ? { finish } : {}),
      ...(error ? { error: errorInfo(error, batch.request !== undefined) } : {}),
      ...(seconds === undefined ? {} : { seconds }),
      ...(usage ? { usage } : {}),
      ...(flags ? { flags } : {}),
      ...(freeze ? { freeze } : {}),
    };
  });
}

/** How it came to be, where it was not simply asked for. */
function originOf(
  tree: Tree,
  id: NodeId,
  cards: readonly NodeId[],
): Pick<BranchView, 'fork' | 'rewrite'> {
  const marks = tree.marks(id);
  const fork = readForkMark(marks.get(MARKS.fork));
  const rewrite = readRewriteMark(marks.get(MARKS.rewrite));
  return {
    ...(fork ? { fork: forkView(fork, cards) } : {}),
    ...(rewrite ? { rewrite: rewriteView(rewrite) } : {}),
  };
}

/** What resampling told in an earlier session. */
function keptFreeze(tree: Tree, { id, text }: Readonly<TreeNode>): FreezeView | undefined {
  const borders = readFreezeMark(tree.marks(id).get(MARKS.freeze), text);
  return borders && freezeView('samples', borders);
}

export function forkView(mark: ForkMark, cards: readonly NodeId[]): ForkView {
  const { kind, of, text, instead, logprob, told = false } = mark;
  const from = of === undefined ? -1 : cards.indexOf(of);
  return { kind, from: from === -1 ? null : from, text, instead, logprob, told };
}

function labelOf(node: Readonly<TreeNode>, { request }: Batch): string {
  const id = modelIdOf(node);
  return request?.models.find((model) => model.id === id)?.label ?? modelLabel(id);
}

/** A text whose tokens are lost, or never came. */
function withoutTokens(text: string): Token[] {
  return text === ''
    ? []
    : [{ start: 0, end: text.length, logprob: null, missing: 'gap', alternatives: [], tail: null }];
}
