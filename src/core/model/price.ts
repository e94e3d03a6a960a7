import type { Options, Passage, Prompt, Usage } from './languageModel';
import { estimateTokens } from '../prompt/fitPassage';

/** US dollars for a million tokens: sent, and written. */
export interface Price {
  input: number;
  output: number;
}

/** Prices by the model's id; a `*` stands for any characters. */
export type PriceTable = Readonly<Record<string, Price>>;

const MILLION = 1_000_000;

/**
 * The price of a model: of several patterns that fit, the longest one's, since it says most.
 * @param names what the model is called: its id, and its id with its server's address
 */
export function priceIn(table: PriceTable, names: readonly string[]): Price | undefined {
  const fitting = Object.keys(table).filter((pattern) => names.some((name) => fits(pattern, name)));
  const [best] = fitting.sort((a, b) => b.length - a.length);
  return best === undefined ? undefined : table[best];
}

function fits(pattern: string, name: string): boolean {
  const pieces = pattern.split('*').map((piece) => piece.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${pieces.join('.*')}$`, 'iu').test(name);
}

/** US dollars for tokens that were counted. */
export function costOf(
  { input, output }: Price,
  { promptTokens, completionTokens }: Usage,
): number {
  return (input * promptTokens + output * completionTokens) / MILLION;
}

/** What is asked of one model, and what it would cost at most. */
export interface Estimate {
  /** Sent by all requests together, an estimate; and written at most. */
  tokens: Usage;
  /** Absent where no price is known. */
  dollars?: number;
}

/** What `n` branches by a prompt would take at most. */
export function estimateOf(
  { parts, parameters }: Prompt,
  { n, maxTokens }: Pick<Options, 'n' | 'maxTokens'>,
  price: Price | undefined,
): Estimate {
  const once = parts.reduce((sum, { text }) => sum + estimateTokens(text), 0);
  const together = typeof parameters['n'] === 'number' ? parameters['n'] : 1;
  const promptTokens = once * Math.ceil(n / Math.max(1, together));
  const tokens = { promptTokens, completionTokens: n * maxTokens };
  return { tokens, ...(price ? { dollars: costOf(price, tokens) } : {}) };
}

/** What can be asked for an estimate. */
export interface Priced {
  readonly price?: Price | undefined;
  prompt(passage: Passage, options: Options): Prompt;
}

/**
 * What several models would take for a batch whose branches are dealt to them in turn; dollars are of those
 * whose price is known.
 */
export function estimateBatch(
  models: readonly Priced[],
  passage: Passage,
  options: Options,
): Estimate {
  const estimates = models.map((model, i) => {
    const own = { ...options, n: Math.ceil((options.n - i) / models.length) };
    return estimateOf(model.prompt(passage, own), own, model.price);
  });
  const sum = (of: (estimate: Estimate) => number): number =>
    estimates.reduce((total, estimate) => total + of(estimate), 0);
  const known = estimates.filter(({ dollars }) => dollars !== undefined);
  return {
    tokens: {
      promptTokens: sum(({ tokens }) => tokens.promptTokens),
      completionTokens: sum(({ tokens }) => tokens.completionTokens),
    },
    ...(known.length > 0 ? { dollars: sum(({ dollars = 0 }) => dollars) } : {}),
  };
}
