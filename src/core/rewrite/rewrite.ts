import { toModelError, VariorumError } from '../model/error';
import { interleave } from '../model/interleave';
import type { LanguageModel, Prompt, Said } from '../model/languageModel';
import { estimateTokens } from '../prompt/fitPassage';
import { cannotBeTold } from './ask';
import { rewriteBatch } from './batch';
import { rewriteBranch } from './branch';
import { deal } from './deal';
import { Job } from './job';
import type { RewriteParts } from './rewriteParts';
import type { RewriteChunk, RewriteRequest } from './rewriting';
import type { RewriteStrategy } from './strategy';
import { wordsAlone } from './words';

export type { RewriteLimits, RewriteParts } from './rewriteParts';

/** Rewrites in one batch at most. */
export const MOST_REWRITES = 32;
/** A passage of more tokens than this (an estimate) is too much to rewrite at once: about 12 pages. */
const MOST_TOKENS = 5000;

/**
 * Rewrites a passage in several ways that differ. Each candidate is checked before it is shown: one that is near
 * another, derailed or no rewrite at all is asked for again with the reason, within the limits; what is left
 * after that is shown with its fault. A branch that fails says so alone. Ends early when aborted, every open
 * branch with `cancelled`. White space around the source is no part of it: see `inPlaceOf`.
 * @throws VariorumError `unsupported` when the model cannot be told anything, `bad-request` when there is
 *   nothing to rewrite, too much, or a strategy that does not exist
 */
export async function* rewrite(
  model: LanguageModel,
  request: RewriteRequest,
  parts: RewriteParts,
  signal: AbortSignal,
): AsyncGenerator<RewriteChunk, void, undefined> {
  checkRequest(model, request);
  const dealt = deal(request.strategies, parts.strategies, request.n);
  const job = new Job(model, request, parts, signal);
  const inTurn: [number, RewriteStrategy][] = [];
  const batches = new Map<RewriteStrategy, number[]>();
  const streams: AsyncIterable<RewriteChunk>[] = [];
  dealt.forEach((strategy, branch) => {
    if (strategy.how === 'batch' && job.isTold) {
      batches.set(strategy, [...(batches.get(strategy) ?? []), branch]);
    } else if (strategy.how === 'alone') {
      streams.push(failingAlone([branch], rewriteBranch(job, branch, strategy)));
    } else {
      inTurn.push([branch, strategy]);
    }
  });
  for (const [strategy, own] of batches) {
    streams.push(failingAlone(own, rewriteBatch(job, own, strategy)));
  }
  streams.push(oneAfterTheOther(job, inTurn));
  yield* interleave(streams);
}

/** When a stream fails as a whole, those of its branches fail that have not ended; the others go on. */
async function* failingAlone(
  branches: readonly number[],
  stream: AsyncIterable<RewriteChunk>,
): AsyncGenerator<RewriteChunk> {
  const open = new Set(branches);
  try {
    for await (const chunk of stream) {
      if (chunk.kind === 'end' || chunk.kind === 'error') {
        open.delete(chunk.branch);
      }
      yield chunk;
    }
  } catch (error) {
    for (const branch of open) {
      yield { branch, kind: 'error', error: toModelError(error) };
    }
  }
}

async function* oneAfterTheOther(
  job: Job,
  branches: readonly (readonly [number, RewriteStrategy])[],
): AsyncGenerator<RewriteChunk> {
  for (const [branch, strategy] of branches) {
    yield* failingAlone([branch], rewriteBranch(job, branch, strategy));
  }
}

/**
 * What the first request for each branch would say; those after it are told what came, too.
 * @throws VariorumError as `rewrite`
 */
export function rewritePrompts(
  model: LanguageModel,
  request: RewriteRequest,
  parts: RewriteParts,
): { strategy: string; said: Said }[] {
  checkRequest(model, request);
  const job = new Job(model, request, parts, new AbortController().signal);
  return deal(request.strategies, parts.strategies, request.n).map((strategy) => ({
    strategy: strategy.name,
    said: job.say(strategy, { n: 1 }),
  }));
}

/** What a model is told, in the shape in which prompts are shown. */
export function promptOf(said: Said): Prompt {
  return said.kind === 'text'
    ? { strategy: 'raw', parts: [{ role: 'text', text: said.text }], parameters: {} }
    : { strategy: 'instruction', parts: said.messages, parameters: {} };
}

/** A rewrite with the white space that stood around its source. */
export function inPlaceOf(source: string, text: string): string {
  const [lead = ''] = /^\s*/u.exec(source) ?? [];
  const [trail = ''] = lead === source ? [''] : (/\s*$/u.exec(source) ?? []);
  return `${lead}${text}${trail}`;
}

function checkRequest(model: LanguageModel, { source, n }: RewriteRequest): void {
  const { chat, raw } = model.capabilities;
  if (model.answer === undefined || (chat.value === 'no' && raw.value === 'no')) {
    throw cannotBeTold(model);
  }
  if (wordsAlone(source) === '') {
    throw bad('There is nothing to rewrite: the passage has no word in it.', 'Select some text.');
  }
  const tokens = estimateTokens(source);
  if (tokens > MOST_TOKENS) {
    throw bad(
      `The passage is too long to rewrite at once: about ${tokens} tokens, where ${MOST_TOKENS} are the most.`,
      'Select a scene or a few paragraphs of it.',
    );
  }
  if (!Number.isInteger(n) || n < 1 || n > MOST_REWRITES) {
    throw bad(`${n} rewrites cannot be asked for.`, `Ask for 1 to ${MOST_REWRITES}.`);
  }
}

function bad(message: string, action: string): VariorumError {
  return new VariorumError({ code: 'bad-request', message, action, retryable: false });
}
