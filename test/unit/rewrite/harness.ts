import { Collector, type CollectedBranch } from '../../../src/core/model/collector';
import type { LanguageModel } from '../../../src/core/model/languageModel';
import { rewrite, type RewriteParts } from '../../../src/core/rewrite/rewrite';
import type {
  Attempt,
  RewriteAbout,
  RewriteChunk,
  RewriteRequest,
} from '../../../src/core/rewrite/rewriting';
import { allStrategies } from '../../../src/core/rewrite/strategies';
import { PASSAGE } from '../../fixtures/collapsingServer';

export const REQUEST: RewriteRequest = {
  source: PASSAGE,
  before: '',
  after: '',
  exemplars: [],
  n: 5,
  strategies: [],
  avoid: [],
  taken: [],
};

export const PARTS: RewriteParts = {
  strategies: allStrategies(),
  flagsOf: () => Promise.resolve([]),
};

export interface Rewritten {
  branches: readonly CollectedBranch[];
  abouts: readonly (RewriteAbout | undefined)[];
  again: Attempt[];
  chunks: RewriteChunk[];
}

/** Collects all that comes of a rewriting. */
export async function rewritten(
  model: LanguageModel,
  request: Partial<RewriteRequest> = {},
  parts: Partial<RewriteParts> = {},
  signal = new AbortController().signal,
): Promise<Rewritten> {
  const all = { ...REQUEST, ...request };
  const collector = new Collector(all.n);
  const abouts = new Array<RewriteAbout | undefined>(all.n).fill(undefined);
  const [again, chunks]: [Attempt[], RewriteChunk[]] = [[], []];
  for await (const chunk of rewrite(model, all, { ...PARTS, ...parts }, signal)) {
    chunks.push(chunk);
    if (chunk.kind === 'about') {
      abouts[chunk.branch] = chunk.about;
    } else if (chunk.kind === 'again') {
      again.push(chunk.attempt);
    } else {
      collector.add(chunk);
    }
  }
  return { branches: collector.branches, abouts, again, chunks };
}

/** The modes that a set of texts is in, by the project's own estimate. */
export { compareTexts, findModes } from '../../../src/core/diversity/modes';
