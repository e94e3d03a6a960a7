import { Collector, type CollectedBranch } from '../core/model/collector';
import type { LanguageModel, Options } from '../core/model/languageModel';
import { outOfRange } from '../core/model/options';
import type { Run, Token } from '../core/model/token';
import { samplersAsked } from '../core/model/samplers';
import { limitReach } from '../core/model/reach';
import { continueApart, type Begun } from '../core/spread/continueApart';
import type { OpeningChoice } from '../core/spread/openings';
import type { ForkMark } from '../core/tree/forkMark';
import { continueForks } from '../core/spread/forks';
import { MARKS } from '../core/tree/marks';
import { writeRewriteMark, type RewriteMark } from '../core/tree/rewriteMark';
import type { Attempt, RewriteChunk } from '../core/rewrite/rewriting';
import type { DocumentJournal, NodeDraft } from '../core/tree/documentJournal';
import { shortHash } from '../core/tree/hash';
import type { Asked, NodeId, TreeNode } from '../core/tree/node';
import type { Tree } from '../core/tree/tree';
import type { BranchDelta } from '../protocol';
import { errorInfo, modelOf, siblingsAt, tokenViews, type Fork, type Request } from './batch';

/** A card and the node on it. */
export interface Card {
  index: number;
  node: NodeId;
}

export interface Generation {
  request: Request;
  /** One for each branch asked for, in order. */
  cards: readonly Card[];
  /** How cards are made to begin, by number: of these cards all or none. */
  forks?: ReadonlyMap<number, { fork: Fork }> | undefined;
  journal: DocumentJournal;
  signal: AbortSignal;
  /** Told of tokens as they come, and of ends. */
  onGrow: (delta: BranchDelta) => void;
  /** Told of the tokens of a node whenever they have grown. */
  onTokens: (node: NodeId, tokens: readonly Token[]) => void;
  /** Which first tokens branches start from that are asked for apart. */
  openings?: OpeningChoice;
  /** Told how a card was made to begin. */
  onBegun?: (card: Card, mark: ForkMark) => void;
  /** Told what is known of a rewrite, whenever that is more. */
  onRewrite?: (card: Card, mark: RewriteMark) => void;
  /** Told when something could not be written down. */
  onWriteError: (error: unknown) => void;
}

/** The cards that one model writes. */
interface Share {
  generation: Generation;
  model: LanguageModel;
  cards: readonly Card[];
  /** When it was asked, in milliseconds of `performance`. */
  since: number;
  /** By the number of the card: rewrites that were thrown away. */
  tries: Map<number, readonly Attempt[]>;
}

/**
 * Streams branches into the journal and to the view, each model beside the others. Never rejects: what
 * goes wrong is on the cards it concerns.
 */
export async function generate(generation: Generation): Promise<void> {
  const shares = new Map<LanguageModel, Card[]>();
  for (const card of generation.cards) {
    const model = modelOf(generation.request, card.index);
    shares.set(model, [...(shares.get(model) ?? []), card]);
  }
  const since = performance.now();
  await Promise.all(
    [...shares].map(([model, cards]) =>
      write({ generation, model, cards, since, tries: new Map() }),
    ),
  );
}

async function write(share: Share): Promise<void> {
  const { request, signal } = share.generation;
  const options: Options = { ...request.options, n: share.cards.length };
  const collector = new Collector(share.cards.length);
  try {
    for await (const chunk of chunksOf(share, options)) {
      if (chunk.kind === 'about' || chunk.kind === 'again') {
        learn(share, chunk);
        continue;
      }
      const added = collector.add(chunk);
      const branch = collector.branches[chunk.branch];
      if (branch) {
        grow(share, branch, added, chunk.kind === 'delta' ? chunk.text : '');
      }
    }
    close(share, collector, signal.aborted ? { cancelled: true } : { error: endedEarly() });
  } catch (error) {
    close(share, collector, signal.aborted ? { cancelled: true } : { error });
  }
}

function chunksOf(
  { generation, model, cards }: Share,
  options: Options,
): AsyncIterable<RewriteChunk> {
  const { request, journal, signal, forks } = generation;
  const { passage, spread, rewrite } = request;
  if (rewrite) {
    const taken = textsBeside(journal.tree, cards);
    return rewrite.write({ model, cards: cards.map(({ index }) => index), taken }, signal);
  }
  const beginnings = cards.flatMap(({ index }) => forks?.get(index)?.fork.beginning ?? []);
  if (beginnings.length === cards.length) {
    return continueForks(model, passage, options, beginnings, signal);
  }
  const onBegun = (begun: Begun): void => {
    const card = cards[begun.branch];
    if (card) {
      generation.onBegun?.(card, markOf(begun));
    }
  };
  // What branches that are asked for apart keep away from.
  const siblings = () => siblingsAt(journal.tree, request, generation.cards);
  const stream =
    spread === 'apart'
      ? continueApart(model, passage, options, siblings(), signal, {
          ...(generation.openings ? { choice: generation.openings } : {}),
          onBegun,
        })
      : model.continue(passage, options, signal);
  return limitReach(stream, options.reach, { n: options.n, before: passage.before });
}

/** The texts that a batch has besides those about to be written, those that a card had before among them. */
function textsBeside(tree: Tree, cards: readonly Card[]): string[] {
  const own = new Set(cards.map(({ node }) => node));
  const batch = tree.node(cards[0]?.node ?? '')?.batch ?? '';
  return tree.batch(batch).flatMap(({ id, text }) => (own.has(id) || text === '' ? [] : [text]));
}

/** What is known of a rewrite: tries come one by one, and all of it once more when it is there. */
function learn(share: Share, chunk: RewriteChunk & { kind: 'about' | 'again' }): void {
  const card = share.cards[chunk.branch];
  const { request, journal, onRewrite, onWriteError } = share.generation;
  if (!card || !request.rewrite) {
    return;
  }
  const { name, line } = request.rewrite.strategyOf(card.index);
  const before = share.tries.get(card.index) ?? [];
  const mark: RewriteMark =
    chunk.kind === 'about'
      ? { ...chunk.about, line }
      : { strategy: name, line, attempts: [...before, chunk.attempt], labels: [] };
  share.tries.set(card.index, mark.attempts);
  if (chunk.kind === 'about') {
    journal.recordMark(card.node, MARKS.rewrite, writeRewriteMark(mark)).catch(onWriteError);
  }
  onRewrite?.(card, mark);
}

function markOf({ opening: { text, logprob }, instead }: Begun): ForkMark {
  return { kind: 'opening', at: 0, text, logprob, instead };
}

function endedEarly(): Error {
  return new Error('the model ended without saying so');
}

function close(share: Share, collector: Collector, reason: Parameters<Collector['close']>[0]) {
  for (const branch of collector.close(reason)) {
    grow(share, branch, [], '');
  }
}

/** @param text what the tokens added tile: cut from the whole text it would cost more the longer that is */
function grow(share: Share, branch: CollectedBranch, added: readonly Token[], text: string): void {
  const card = share.cards[branch.index];
  if (!card) {
    return;
  }
  const { journal, onGrow, onTokens } = share.generation;
  if (added.length > 0) {
    journal.recordText(card.node, text);
    onTokens(card.node, branch.tokens);
  }
  const tokens = tokenViews(added, text, { from: added[0]?.start ?? 0 });
  if (branch.status === 'streaming') {
    onGrow({ index: card.index, tokens });
    return;
  }
  const ending = endingOf(branch.status, branch, share.since);
  journal
    .recordEnd(card.node, { ...ending, tokens: runOf(branch, share.model) })
    .catch(share.generation.onWriteError);
  const { error } = ending;
  const end = { ...ending, ...(error ? { error: errorInfo(error) } : {}) };
  onGrow({ index: card.index, tokens, end });
}

function endingOf<S>(status: S, { finish, error, usage }: CollectedBranch, since: number) {
  const seconds = Math.round(performance.now() - since) / 1000;
  return {
    status,
    seconds,
    ...(finish ? { finish } : {}),
    ...(error ? { error } : {}),
    ...(usage ? { usage } : {}),
  };
}

/** A branch's tokens, as they are written down. */
export function runOf({ tokens }: CollectedBranch, { capabilities }: LanguageModel): Run {
  return { semantics: capabilities.logprobs.semantics, bytes: 'none', tokens };
}

/** What the tree is told of a branch before it is written. */
export function nodeDraft(request: Request, index: number, fork?: Fork): NodeDraft {
  const { passage, options, spread, parent, at, rewrite } = request;
  const model = modelOf(request, index);
  const asked = rewrite
    ? `rewrite:${rewrite.strategyOf(index).name}`
    : spread === 'apart'
      ? spread
      : model.prompt(passage, options).strategy;
  const strategy = fork?.mark.kind ?? asked;
  const prompt = shortHash(passage.before + (rewrite?.source ?? ''));
  const source = { kind: 'model', model: model.id, strategy, prompt } as const;
  // What no model takes is not worth keeping; the branch says so.
  const isSound = outOfRange(options) === undefined;
  return { parent, at, source, ...(isSound ? { asked: askedWith(request) } : {}) };
}

/** The samplers besides min-p, which always stands there. */
function othersAsked(options: Options): Pick<Asked, 'samplers'> {
  const { minP: _, ...samplers } = samplersAsked(options);
  return Object.keys(samplers).length === 0 ? {} : { samplers };
}

function askedWith({ passage, options, spread, rewrite }: Request): Asked {
  const { n, maxTokens, temperature, topP, minP, seed, reach } = options;
  const { before, instruction, notes, earlier } = passage;
  const after = (rewrite?.source ?? '') + passage.after;
  return {
    ...{ n, maxTokens, temperature, topP, minP },
    ...othersAsked(options),
    ...(seed === undefined ? {} : { seed }),
    ...(reach ? { reach } : {}),
    spread,
    ...(instruction ? { instruction } : {}),
    before: before.length,
    ...(after === '' ? {} : { after: after.length }),
    ...(notes ? { notes: shortHash(notes) } : {}),
    ...(earlier ? { earlier: shortHash(earlier) } : {}),
  };
}

export function cardOf({ id, index }: Readonly<TreeNode>): Card {
  return { index, node: id };
}
