import type { LanguageModel, Options, Passage } from '../model/languageModel';
import type { Token } from '../model/token';

/** How many first tokens are asked for, where a model gives as many. */
const OPENINGS_ASKED = 40;

/** A token that a model emitted first, with its alternatives. */
export interface FirstToken {
  token: Token;
  text: string;
}

/** The model's first token with as many alternatives as it gives; null when it tells none. */
export async function firstToken(
  model: LanguageModel,
  passage: Passage,
  options: Options,
  signal: AbortSignal,
): Promise<FirstToken | null> {
  const alternatives = Math.min(OPENINGS_ASKED, model.capabilities.alternatives.max);
  const { reach, ...rest } = options;
  const asked: Options = { ...rest, n: 1, maxTokens: 1, alternatives };
  for await (const chunk of model.continue(passage, asked, signal)) {
    const token = chunk.kind === 'delta' ? chunk.tokens?.find(isTold) : undefined;
    if (chunk.kind === 'delta' && token) {
      return { token, text: chunk.text.slice(token.start, token.end) };
    }
  }
  return null;
}

function isTold({ logprob, alternatives }: Token): boolean {
  return logprob !== null || alternatives.length > 0;
}
