/**
 * Sketch, the base model that is built in: it runs with no key, no server and no network.
 *
 * It is an n-gram model. It has counted which token follows which four others, in a library of
 * public-domain fiction (trained once, see `scripts/train-sketch.ts`) and in the draft that is open,
 * and it continues a text with what tended to come next (interpolated modified Kneser–Ney, both mixed
 * by how well each predicts the draft).
 * Words it never saw are spelt letter by letter, so every text has a probability, and those of
 * everything that could come next sum to 1. Its probabilities, alternatives and scores are real.
 *
 * What it is not: it understands nothing, follows no instruction (`passage.instruction` is not
 * read), and does not know what the text after the place says except as more prose of the same
 * hand. It is fluent for a clause and loses the thread over a sentence, in the English of before 1929.
 * It is a base model: nobody tuned it to please.
 */
import { isVariorumError, VariorumError } from '../error';
import type {
  Capabilities,
  Chunk,
  LanguageModel,
  Options,
  Passage,
  Prompt,
} from '../languageModel';
import type { Openness } from '../openness';
import { checkOptions, OPTION_RANGES } from '../options';
import type { Clock, LoadAsset } from '../../platform';
import type { Run } from '../token';
import { emptyBase, missingBase, readBase, type SketchBase } from './base';
import { Distribution } from './distribution';
import type { Draft } from './draft';
import { DraftCache } from './draftCache';
import { Mixture } from './mixture';
import { opennessAt } from './openness';
import type { Random } from './random';
import { scoreText } from './scorer';
import { writeBranches } from './writing';

/** The trained model, under `media/`. */
export const SKETCH_FILE = 'sketch.bin';

/** Without the model file, a draft with fewer tokens than this is too little to go on. */
const LEAST_DRAFT = 40;

export interface SketchParts {
  loadAsset: LoadAsset;
  clock: Clock;
  /** Where a seed comes from when the caller gives none. */
  random: Random;
}

const yes = { value: 'yes', evidence: 'Sketch counts its own probabilities.' } as const;

export class SketchModel implements LanguageModel {
  readonly id = 'sketch';
  readonly label = 'Sketch';
  readonly note =
    'The built-in sketch model, trained on 225 works of public-domain English fiction up to 1928: ' +
    'fluent for a clause, no understanding. ' +
    'Nothing leaves this machine.';
  readonly capabilities: Capabilities = {
    logprobs: { ...yes, semantics: 'raw' },
    alternatives: { ...yes, max: OPTION_RANGES.alternatives.max },
    score: yes,
    raw: { value: 'yes', evidence: 'Sketch is a base model.' },
    seed: { value: 'yes', evidence: 'Sketch draws from a generator of its own.' },
    prefill: { value: 'no', evidence: 'Sketch has no chat.' },
    infill: { value: 'no', evidence: 'Sketch reads what stands before the place.' },
    embed: { value: 'no', evidence: 'Sketch has no embeddings.' },
  };
  private readonly drafts: DraftCache;
  private loading: Promise<void> | null = null;
  private base: SketchBase | null = null;
  private yardstick: Distribution | null = null;
  private failure: VariorumError | null = null;

  constructor(private readonly parts: SketchParts) {
    this.drafts = new DraftCache(parts.clock);
  }

  /** Reads the model file, once; never rejects: `notice` says what went wrong. */
  load(): Promise<void> {
    return (this.loading ??= this.read());
  }

  /** What the writer should know about this model now, as sentences; null when all is well. */
  notice(): string | null {
    const because = this.failure?.detail;
    return because === undefined
      ? null
      : `${because.message} Sketch works from the open draft alone. ${because.action}`;
  }

  prompt({ before }: Passage, { reach, ...parameters }: Options): Prompt {
    return { strategy: 'raw', parts: [{ role: 'text', text: before }], parameters };
  }

  /**
   * Streams the branches side by side.
   * @throws VariorumError `bad-request`; `asset-missing` or `asset-damaged` when there is no model
   *   file and too little draft to do without
   */
  async *continue(
    passage: Passage,
    options: Options,
    signal: AbortSignal,
  ): AsyncGenerator<Chunk, void, undefined> {
    checkOptions(options);
    await this.load();
    const base = this.base ?? emptyBase();
    const seed = options.seed ?? Math.floor(this.parts.random() * 2 ** 32);
    const draft = await this.drafts.read(base, passage, signal);
    if (draft === null) {
      yield* cancelled(options.n);
      return;
    }
    try {
      if (this.failure !== null && draft.tokens < LEAST_DRAFT) {
        throw this.failure;
      }
      const mixture = mix(base, draft);
      const usage = draft.tokens;
      yield* writeBranches(
        mixture,
        passage.before,
        { ...options, seed },
        usage,
        this.parts.clock,
        signal,
      );
    } finally {
      draft.readers -= 1;
    }
  }

  /** Scores a text by the trained model alone, five alternatives a token. Ends early when aborted. */
  score(text: string, signal: AbortSignal): AsyncGenerator<Run, void, undefined> {
    return this.scoreWith(text, 5, signal);
  }

  /**
   * As `score`, with a number of alternatives; without any it is many times faster.
   * @throws VariorumError `asset-missing` or `asset-damaged`
   */
  async *scoreWith(
    text: string,
    alternatives: number,
    signal: AbortSignal,
  ): AsyncGenerator<Run, void, undefined> {
    await this.load();
    yield* scoreText(this.measure().mixture, text, alternatives, this.parts.clock, signal);
  }

  /**
   * The human yardstick, by the trained model alone (the draft may hold model text). An `OpennessOf`.
   * @throws VariorumError when `load` has not finished, or `asset-missing` or `asset-damaged`
   */
  openness(context: string, next?: string): Openness {
    return opennessAt(this.measure(), context, next);
  }

  private measure(): Distribution {
    if (this.base === null) {
      throw (
        this.failure ??
        new VariorumError({
          code: 'internal',
          message: 'Sketch was asked before it was loaded.',
          action: 'Try again in a moment.',
          retryable: true,
        })
      );
    }
    return (this.yardstick ??= new Distribution(new Mixture(this.base)));
  }

  private async read(): Promise<void> {
    try {
      const bytes = await this.parts.loadAsset(SKETCH_FILE).catch((cause: unknown) => {
        throw missingBase(cause);
      });
      this.base = readBase(bytes);
    } catch (error) {
      if (!isVariorumError(error)) {
        throw error;
      }
      this.failure = error;
    }
  }
}

function mix(base: SketchBase, draft: Draft): Mixture {
  const { model, spelled, vocabulary } = draft;
  const weight = draft.weight();
  return new Mixture(base, weight === 0 ? null : { vocabulary, model, spelled, weight });
}

function* cancelled(n: number): Generator<Chunk> {
  for (let branch = 0; branch < n; branch++) {
    yield { branch, kind: 'end', finish: 'cancelled' };
  }
}
