import type { Passage, Usage } from '../model/languageModel';
import { estimateTokens } from '../prompt/fitPassage';

/** What asking would cost at most. */
export interface Cost {
  requests: number;
  /** Sent, all requests together: an estimate. */
  promptTokens: number;
  /** Written: one a request. */
  completionTokens: number;
  /** US dollars, by what this model's requests have cost before; null where no server has told it. */
  dollars: number | null;
}

/** An estimate of what so many requests of one token cost. */
export function costOf(passage: Passage, requests: number, paid: Price | null): Cost {
  const { before, after, earlier = '', notes = '', instruction = '' } = passage;
  const once = estimateTokens([earlier, before, after, notes, instruction].join('\n'));
  const promptTokens = once * requests;
  const dollars = paid && paid.perToken * (promptTokens + requests);
  return { requests, promptTokens, completionTokens: requests, dollars };
}

/** What tokens have cost, read and written ones alike. */
export interface Price {
  /** US dollars. */
  perToken: number;
}

/** Of a model that runs here. */
export const FREE: Price = { perToken: 0 };

/** The price by the latest requests that a server told the cost of; null where none did. */
export function priceOf(usages: Iterable<Usage>): Price | null {
  let tokens = 0;
  let dollars: number | null = null;
  for (const { promptTokens, completionTokens, cost } of usages) {
    if (cost !== undefined) {
      tokens += promptTokens + completionTokens;
      dollars = (dollars ?? 0) + cost;
    }
  }
  return dollars === null || tokens === 0 ? null : { perToken: dollars / tokens };
}
