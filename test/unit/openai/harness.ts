import { clock } from '../../../src/cli/platform';
import { Collector, type CollectedBranch } from '../../../src/core/model/collector';
import type { Chunk, LanguageModel, Options, Passage } from '../../../src/core/model/languageModel';
import { createOpenAiModel, type Endpoint } from '../../../src/parts/openai';

export const OPTIONS: Options = {
  n: 1,
  maxTokens: 20,
  temperature: 1,
  topP: 1,
  minP: 0,
  alternatives: 5,
};

export const PASSAGE: Passage = { before: 'Once upon a time, there was a', after: '' };

/** What a chat model says to this needs no space before it. */
export const NEW_PARAGRAPH: Passage = { before: 'It was late.\n\n', after: '' };

/** A model of the whole stack over real sockets. */
export function openModel(
  baseUrl: string,
  endpoint: Partial<Endpoint> = {},
  timeouts?: { first: number; next: number },
): LanguageModel {
  return createOpenAiModel(
    { baseUrl, model: 'stories260K', ...endpoint },
    { fetch, clock, random: () => 0, ...(timeouts ? { timeouts } : {}) },
  );
}

export interface Outcome {
  chunks: Chunk[];
  branches: readonly CollectedBranch[];
}

/** Collects all that comes, however it ends. */
export async function collect(
  model: LanguageModel,
  options: Partial<Options> = {},
  passage: Passage = PASSAGE,
  signal = new AbortController().signal,
): Promise<Outcome> {
  const all = { ...OPTIONS, ...options };
  const collector = new Collector(all.n);
  const chunks: Chunk[] = [];
  for await (const chunk of model.continue(passage, all, signal)) {
    chunks.push(chunk);
    collector.add(chunk);
  }
  return { chunks, branches: collector.branches };
}

/** The texts of a branch's tokens: joined, they are its text, or the tokens do not tile. */
export function pieces({ text, tokens }: Pick<CollectedBranch, 'text' | 'tokens'>): string[] {
  return tokens.map(({ start, end }) => text.slice(start, end));
}

/** As `collect`, after a paragraph that has ended. */
export function collectParagraph(
  model: LanguageModel,
  options: Partial<Options> = {},
  signal?: AbortSignal,
): Promise<Outcome> {
  return collect(model, options, NEW_PARAGRAPH, signal);
}
