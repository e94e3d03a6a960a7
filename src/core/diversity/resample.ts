import { Collector, type CollectedBranch } from '../model/collector';
import { withText } from '../model/emitted';
import { VariorumError } from '../model/error';
import type { LanguageModel, Options, Passage } from '../model/languageModel';
import { limitReach } from '../model/reach';
import { effectiveNumber } from './measures';
import { compareTexts, findModes } from './modes';

/** Borders that are resampled at most, branches at each, and tokens of each. */
export const SAMPLED = { borders: 12, branches: 5, tokens: 40 } as const;

/** What is resampled. */
export interface Resampling {
  model: LanguageModel;
  /** It ends where the text begins. */
  passage: Passage;
  options: Options;
  text: string;
}

/** What came at one border. */
export interface Samples {
  /** As the model was asked. */
  passage: Passage;
  options: Options;
  /** Those that say anything. */
  branches: readonly CollectedBranch[];
  /**
   * The effective number of ideas among them; null where there are too few to compare, or the rest was cut short:
   * a part of them would look like less choice than there is.
   */
  futures: number | null;
}

/**
 * Short branches from an offset of a text. What came before `signal` or a failure is handed over.
 * @throws VariorumError when all of them failed
 */
export async function resampleAt(
  { model, passage: whole, options: usual, text }: Resampling,
  at: number,
  signal: AbortSignal,
): Promise<Samples> {
  const n = SAMPLED.branches;
  const { seed, ...rest } = usual;
  const options: Options = {
    ...rest,
    n,
    maxTokens: SAMPLED.tokens,
    reach: 'sentence',
    ...(seed === undefined ? {} : { seed: seed + at }),
  };
  const passage = withText(whole, text.slice(0, at), []);
  const collector = new Collector(n);
  try {
    const stream = model.continue(passage, options, signal);
    for await (const chunk of limitReach(stream, 'sentence', { n, before: passage.before })) {
      collector.add(chunk);
    }
    collector.close({ cancelled: true });
  } catch (error) {
    collector.close(signal.aborted ? { cancelled: true } : { error });
  }
  const branches = collector.branches.filter((branch) => branch.text.trim() !== '');
  const failure = collector.branches.find(({ error }) => error)?.error;
  if (branches.length === 0 && failure) {
    throw new VariorumError(failure);
  }
  const texts = branches.map((branch) => branch.text);
  return { passage, options, branches, futures: signal.aborted ? null : futuresOf(texts) };
}

function futuresOf(texts: readonly string[]): number | null {
  if (texts.length < 2) {
    return null;
  }
  const modes = findModes(compareTexts(texts));
  return effectiveNumber(modes.map(({ size }) => size / texts.length));
}
