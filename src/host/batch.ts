import type { ModelError, ModelErrorCode } from '../core/model/error';
import type { LanguageModel, Options, Passage } from '../core/model/languageModel';
import type { RewriteChunk } from '../core/rewrite/rewriting';
import { factsOf } from '../core/model/tokenDetails';
import type { Beginning } from '../core/spread/forks';
import type { Token } from '../core/model/token';
import { writeForkMark, type ForkMark } from '../core/tree/forkMark';
import { MARKS } from '../core/tree/marks';
import type { NodeId, TreeNode } from '../core/tree/node';
import type { DocumentJournal } from '../core/tree/documentJournal';
import type { Tree } from '../core/tree/tree';
import type {
  BatchView,
  ErrorInfo,
  FlagView,
  IdeasView,
  Notice,
  RewrittenView,
  TokenView,
} from '../protocol';
import type { Placement } from './placement';

/** What was asked for; kept so that more, or one branch again, can be asked for. */
export interface Request {
  /** Cards are dealt to them in turn. */
  models: readonly [LanguageModel, ...LanguageModel[]];
  passage: Passage;
  options: Options;
  spread: NonNullable<BatchView['spread']>;
  /** Where in the tree the branches fork. */
  parent: NodeId | null;
  at: number;
  /** Present where alternatives for a text are asked for, and not what follows it. */
  rewrite?: Rewriting;
}

/** How alternatives for a text are asked for. */
export interface Rewriting {
  /** Line ends are LF. */
  source: string;
  /** The strategy of the card with this number. */
  strategyOf(index: number): { name: string; line: string };
  /** One rewrite for each card, in order, unlike those that are taken. */
  write(asked: AskedRewrites, signal: AbortSignal): AsyncIterable<RewriteChunk>;
}

export interface AskedRewrites {
  model: LanguageModel;
  /** The numbers of the cards. */
  cards: readonly number[];
  /** Texts that the batch has already. */
  taken: readonly string[];
}

/** How a branch is made to begin, and what is remembered of that. */
export interface Fork {
  beginning: Beginning;
  mark: ForkMark;
}

/** A batch as the session holds it. Its branches are nodes of the tree. */
export interface Batch {
  id: string;
  /** The last words before the place; empty when they are no longer known. */
  lead: string;
  placement: Placement;
  notices: readonly Notice[];
  /** Absent when the batch was read from the journal. */
  request?: Request;
  /** What was found in its branches; absent until they have ended and been read. */
  review?: Review;
  /** What its branches are alternatives for; absent where they go on with a text. */
  source?: string;
  /** By the number of the card: those made to begin as told in this session. */
  forks?: Map<number, { request: Request; fork: Fork }>;
}

/** What was found in the branches of a batch. */
export interface Review {
  /** By the number of the card. */
  flags: ReadonlyMap<number, readonly FlagView[]>;
  ideas?: IdeasView;
  /** What was found in the text that was rewritten, and what that came to. */
  rewritten?: Omit<RewrittenView, 'source'>;
  /** By the number of the card: how open human text is where each token begins; null where not asked. */
  openness?: ReadonlyMap<number, readonly (number | null)[]>;
}

/** The model that writes the branch with this number. */
export function modelOf({ models }: Request, index: number): LanguageModel {
  return models[index % models.length] ?? models[0];
}

/** The node on each card: of several with one number, the latest, since a retry takes its card over. */
export function cardsOf(tree: Tree, batch: string): NodeId[] {
  const cards: NodeId[] = [];
  for (const { index, id } of tree.batch(batch)) {
    cards[index] = id;
  }
  return cards;
}

/** How many branches of a batch have come to an end of their own, of how many; and a failure. */
export function progressOf(
  tree: Tree,
  batch: Batch | undefined,
): { done: number; of: number; failure?: ModelError } {
  const nodes = (batch ? cardsOf(tree, batch.id) : []).map((id) => tree.node(id));
  const failure = nodes.find((node) => node?.error)?.error;
  const done = nodes.filter((node) => node?.status === 'done' || node?.status === 'stopped');
  return { done: done.length, of: nodes.length, ...(failure ? { failure } : {}) };
}

/** Remembers how a branch is made to begin: for a retry, and in the tree. */
export async function keepFork(
  batch: Batch,
  journal: DocumentJournal,
  node: Readonly<TreeNode> | undefined,
  request: Request,
  fork: Fork | undefined,
): Promise<void> {
  if (node && fork) {
    (batch.forks ??= new Map()).set(node.index, { request, fork });
    await journal.recordMark(node.id, MARKS.fork, writeForkMark(fork.mark));
  }
}

/** Remembers what the rewrites of a batch are alternatives for; it stands on its first node. */
export async function keepSource(
  journal: DocumentJournal,
  first: Readonly<TreeNode> | undefined,
  { rewrite }: Request,
): Promise<void> {
  if (first && rewrite) {
    await journal.recordMark(first.id, MARKS.rewritten, rewrite.source);
  }
}

/** What stands at a place of the tree already, but for the branches about to be written. */
export function siblingsAt(
  tree: Tree,
  { parent, at }: Pick<Request, 'parent' | 'at'>,
  cards: readonly { node: NodeId }[],
): string[] {
  const own = new Set(cards.map(({ node }) => node));
  return tree
    .children(parent)
    .filter((node) => node.at === at && !own.has(node.id) && node.text !== '')
    .map(({ text }) => text);
}

const FIXES: Partial<Record<ModelErrorCode, NonNullable<ErrorInfo['fix']>>> = {
  'no-key': 'key',
  unauthorized: 'key',
  forbidden: 'key',
  'not-found': 'model',
  unreachable: 'model',
};

/** A failure for the view; it can only be tried again while its request is known. */
export function errorInfo(
  { code, message, action, retryable }: ModelError,
  canAskAgain = true,
): ErrorInfo {
  const fix = FIXES[code];
  return { message, action, retryable: retryable && canAskAgain, ...(fix ? { fix } : {}) };
}

/**
 * Tokens with their text spelt out, for the view.
 * @param text what they tile
 * @param from where in the branch the text begins
 * @param openness how open human text is at each, in bits; null where nobody looked
 */
export function tokenViews(
  tokens: readonly Token[],
  text: string,
  {
    from = 0,
    openness = [],
  }: { from?: number; openness?: readonly (number | null)[] | undefined } = {},
): TokenView[] {
  return tokens.map((token, i) => {
    const view: TokenView = factsOf(token, text, from);
    const bits = openness[i] ?? null;
    if (bits !== null) {
      view.bits = bits;
    }
    return view;
  });
}
