import * as vscode from 'vscode';
import type { LanguageModel, Passage } from '../../core/model/languageModel';
import type { Token } from '../../core/model/token';
import { deal } from '../../core/rewrite/deal';
import { rewrite, type RewriteParts as LoopParts } from '../../core/rewrite/rewrite';
import type { Exemplar, RewriteChunk, RewriteRequest } from '../../core/rewrite/rewriting';
import type { RewriteStrategy } from '../../core/rewrite/strategy';
import { cutPassage } from '../../core/text/passage';
import type { Span } from '../../core/text/span';
import type { Notice } from '../../protocol';
import type { Rewriting } from '../batch';
import { exemplarBudget, exemplarPath } from '../exemplars/exemplarSettings';
import { gatherPassage } from '../passageSource';
import { modelOptions } from '../settings';
import type { RewriteParts } from './rewriteFeature';

/** How much around a passage goes with it, in UTF-16 code units: enough for its tone, and what it must not lose. */
const AROUND = { before: 6_000, after: 2_000 };

/** A text to be rewritten, and where it stands. */
export interface ToRewrite {
  document: vscode.TextDocument;
  /** The text around it, line ends LF; the source is no part of it. */
  around: string;
  /** Where in that text it stood. */
  at: number;
  source: string;
  /** Where it stands in the document; absent where that does not show it. */
  span?: Span;
  strategies: readonly string[];
  instruction: string | undefined;
  avoid: readonly string[];
}

/** All that is known before a model is asked. */
export interface Gathered {
  passage: Passage;
  request: RewriteRequest;
  rewriting: Rewriting;
  loop: LoopParts;
  notices: readonly Notice[];
}

/**
 * What goes out with a passage: the text around it, notes, exemplars of the writer's own prose; and who is to
 * be asked how.
 * @param strategies all there are
 * @param n rewrites wanted
 * @throws VariorumError when a strategy that is named does not exist
 */
export async function gatherRewrite(
  parts: RewriteParts,
  wanted: ToRewrite,
  strategies: readonly RewriteStrategy[],
  n: number,
): Promise<Gathered> {
  const { document, around, at, source, instruction, avoid } = wanted;
  const { files } = parts;
  const gathered = await gatherPassage(document, around, at, { files, instruction });
  const { before, after } = cutPassage(around, at, AROUND);
  const exemplars = await chooseExemplars(parts, wanted, before);
  const passage = { ...gathered.passage, before, after };
  const { notes } = passage;
  const request: RewriteRequest = {
    ...{ source, before, after, exemplars, n, avoid, taken: [] },
    strategies: wanted.strategies,
    ...(passage.instruction ? { instruction: passage.instruction } : {}),
    ...(notes ? { notes } : {}),
  };
  const { temperature, alternatives, seed } = modelOptions(document);
  const loop: LoopParts = {
    ...{ strategies, temperature, alternatives },
    ...(seed === undefined ? {} : { seed }),
    flagsOf: async (text, signal) => {
      const { service } = await parts.collapse.load();
      return service.findInBranch(text, { document, passage: before }, signal);
    },
  };
  const zeroShot = exemplars.length === 0 ? [zeroShotNotice()] : [];
  return {
    ...{ passage, request, loop },
    rewriting: rewritingOf(request, loop),
    notices: [...gathered.notices, ...zeroShot],
  };
}

async function chooseExemplars(
  { exemplars, log }: RewriteParts,
  { document, source, span }: ToRewrite,
  before: string,
): Promise<readonly Exemplar[]> {
  const place = span ? { at: { ...span, path: exemplarPath(document.uri) } } : {};
  const asked = { source, before, budget: exemplarBudget(document), ...place };
  try {
    return await exemplars.choose(asked, new AbortController().signal);
  } catch (error) {
    // They are a help; the writer is not kept from rewriting without them.
    log.warn(`No exemplars could be chosen: ${String(error)}`);
    return [];
  }
}

/** Deals the strategies to the cards by their numbers, so that asking again asks the same way. */
function rewritingOf(request: RewriteRequest, loop: LoopParts): Rewriting {
  const { source, strategies: names } = request;
  const strategyOf = (index: number) => {
    const strategy = deal(names, loop.strategies, index + 1)[index];
    return { name: strategy?.name ?? '', line: strategy?.about ?? '' };
  };
  // A name that is no strategy's is said before anything is asked for.
  strategyOf(0);
  return {
    source,
    strategyOf,
    write: ({ model, cards, taken }, signal) => {
      const strategies = cards.map((index) => strategyOf(index).name);
      const asked = { ...request, n: cards.length, taken, strategies };
      return withCards(rewrite(model, asked, loop, signal), cards);
    },
  };
}

/** Faults name siblings by their numbers in a request; the writer knows them by those on the cards. */
async function* withCards(
  stream: AsyncIterable<RewriteChunk>,
  cards: readonly number[],
): AsyncGenerator<RewriteChunk> {
  const named = <T extends { kind: string }>(fault: T): T =>
    'branch' in fault && typeof fault.branch === 'number'
      ? { ...fault, branch: cards[fault.branch] ?? fault.branch }
      : fault;
  for await (const chunk of stream) {
    if (chunk.kind === 'again') {
      yield { ...chunk, attempt: { ...chunk.attempt, fault: named(chunk.attempt.fault) } };
    } else if (chunk.kind === 'about') {
      const { attempts, fault, ...about } = chunk.about;
      const renamed = attempts.map((each) => ({ ...each, fault: named(each.fault) }));
      const own = fault ? { fault: named(fault) } : {};
      yield { ...chunk, about: { ...about, attempts: renamed, ...own } };
    } else {
      yield chunk;
    }
  }
}

/** Rewrites that each begin with the white space that a branch began with. */
export async function* withLead(
  stream: AsyncIterable<RewriteChunk>,
  lead: string,
): AsyncGenerator<RewriteChunk> {
  const begun = new Set<number>();
  for await (const chunk of stream) {
    if (chunk.kind !== 'delta') {
      yield chunk;
      continue;
    }
    const { tokens, ...rest } = chunk;
    const text = begun.has(chunk.branch) ? chunk.text : lead + chunk.text;
    begun.add(chunk.branch);
    yield { ...rest, text, ...(tokens ? { tokens: tokens.map((each) => moved(each, lead)) } : {}) };
  }
}

function moved(token: Token, { length }: string): Token {
  return { ...token, start: token.start + length, end: token.end + length };
}

/** Whether a model can be told what to do with a text. */
export function canRewrite(model: LanguageModel): boolean {
  const { chat, raw } = model.capabilities;
  return model.answer !== undefined && (chat.value !== 'no' || raw.value !== 'no');
}

function zeroShotNotice(): Notice {
  return {
    severity: 'info',
    message: vscode.l10n.t('Zero-shot: no text of yours is known to be human.'),
    fix: 'own-writing',
  };
}
