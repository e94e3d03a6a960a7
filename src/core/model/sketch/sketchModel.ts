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
 * hand. It knows one kind of quotes and apostrophes, and writes those of the draft. It is fluent for a clause and loses the thread over a sentence, in the English of before 1929.
 * It is a base model: nobody tuned it to please.
 */
import { isVariorumError, VariorumError } from '../error';
import { textOfEmitted } from '../emitted';
import type {
  Capabilities,
  Chunk,
  LanguageModel,
  Options,
  Passage,
  Prompt,
  ScoreOptions,
} from '../languageModel';
import type { Openness } from '../openness';
import { checkOptions, OPTION_RANGES } from '../options';
import type { Clock, LoadAsset } from '../../platform';
import type { Span } from '../../text/span';
import type { Run, Token } from '../token';
import { emptyBase, missingBase, readBase, type SketchBase } from './base';
import type { Draft } from './draft';
import { DraftCache } from './draftCache';
import { Mixture } from './mixture';
import { OpennessMeter } from './openness';
import { ProseCache } from './proseCache';
import type { Random } from './random';
import { scoreSpan, scoreText } from './scorer';
import { straightened, Typesetter, typesetBranches, typesetRun, typographyOf } from './typography';
import { writeBranches } from './writing';

/** The trained model, under `media/`. */
export const SKETCH_FILE = 'sketch.bin';

/** More of a text than can matter to what comes next, in UTF-16 code units. */
const NEAR = 2000;

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
    chat: { value: 'no', evidence: 'Sketch continues text; it cannot be told anything.' },
    infill: { value: 'no', evidence: 'Sketch reads what stands before the place.' },
    embed: { value: 'no', evidence: 'Sketch has no embeddings.' },
    samplers: { minP: yes, topK: yes, xtcProbability: yes, xtcThreshold: yes },
  };
  private readonly drafts: DraftCache;
  private readonly prose: ProseCache;
  private loading: Promise<void> | null = null;
  private base: SketchBase | null = null;
  private yardstick: OpennessMeter | null = null;
  private failure: VariorumError | null = null;

  constructor(private readonly parts: SketchParts) {
    this.drafts = new DraftCache(parts.clock);
    this.prose = new ProseCache(parts.clock);
  }

  /** Reads the model file, once; never rejects: `notice` says what went wrong. */
  load(): Promise<void> {
    return (this.loading ??= this.read());
  }

  /**
   * Reads the writer's other prose, which then counts beside the draft. Continuing does not wait for it.
   * @param texts the most telling first; about the first two million characters are read
   * @param signal ends it; what was read before stays in use
   */
  async readProse(texts: Iterable<string>, signal: AbortSignal): Promise<void> {
    await this.load();
    await this.prose.read(this.base ?? emptyBase(), Array.from(texts, straightened), signal);
  }

  /** What the writer should know about this model now, as sentences; null when all is well. */
  notice(): string | null {
    const because = this.failure?.detail;
    return because === undefined
      ? null
      : `${because.message} Sketch works from the open draft alone. ${because.action}`;
  }

  prompt(passage: Passage, { reach, ...parameters }: Options): Prompt {
    return {
      strategy: 'raw',
      parts: [{ role: 'text', text: storyOf(passage) }],
      parameters,
    };
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
    const { emitted = [] } = passage;
    const story = storyOf(passage);
    // What Sketch wrote itself is no part of the draft that it counts.
    const own = textOfEmitted(emitted).length;
    const before = straightened(story.slice(0, story.length - own));
    const after = straightened(passage.after);
    const draft = await this.drafts.read(base, { before, after }, signal, this.prose.current);
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
      const chunks = writeBranches(
        mixture,
        { before, emitted: emitted.map(({ text }) => straightened(text)) },
        { ...options, seed },
        usage,
        this.parts.clock,
        signal,
      );
      const typography = typographyOf(story.slice(0, story.length - own), passage.after);
      yield* typesetBranches(chunks, new Typesetter(typography, story));
    } finally {
      draft.readers -= 1;
    }
  }

  /**
   * Scores a text by the trained model alone; without alternatives it is many times faster.
   * @throws VariorumError `asset-missing` or `asset-damaged`
   */
  async *score(
    text: string,
    signal: AbortSignal,
    { span = { start: 0, end: text.length }, alternatives = 5 }: ScoreOptions = {},
  ): AsyncGenerator<Run, void, undefined> {
    await this.load();
    const { mixture } = this.measure();
    const typography = typographyOf(text);
    const wanted = { span, alternatives };
    const runs = scoreText(mixture, straightened(text), wanted, this.parts.clock, signal);
    for await (const run of runs) {
      yield typesetRun(run, text, typography);
    }
  }

  /**
   * The human yardstick, by the trained model alone (the draft may hold model text). An `OpennessOf`.
   * @throws VariorumError when `load` has not finished, or `asset-missing` or `asset-damaged`
   */
  openness(context: string, next?: string): Openness {
    const near = straightened(context.slice(-NEAR));
    return this.measure().at(near, straightened(next?.slice(0, NEAR) ?? ''));
  }

  /**
   * As `openness`, of many places of one text at once, which is faster. An `OpennessOver`.
   * @param places UTF-16 offsets, ascending
   * @throws VariorumError as `openness`
   */
  opennessOver(text: string, places: readonly number[]): Openness[] {
    return this.measure().over(straightened(text), places);
  }

  /**
   * What human fiction makes of a span of a text: its tokens that reach into the span, each given what
   * stands before it, without alternatives. A `HumanTokens`, for `phraseLogRatio`.
   * @throws VariorumError as `openness`
   */
  humanTokens(text: string, span: Span): readonly Token[] {
    return scoreSpan(this.measure().mixture, straightened(text), span);
  }

  private measure(): OpennessMeter {
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
    return (this.yardstick ??= new OpennessMeter(new Mixture(this.base)));
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

/** The mixture of the base with a draft and what lies below it. */
export function mix(base: SketchBase, draft: Draft): Mixture {
  const { workspace, draft: own } = draft.weights();
  const layer = ({ model, spelled, vocabulary }: Draft, weight: number) => ({
    vocabulary,
    model,
    spelled,
    weight,
  });
  return new Mixture(
    base,
    ...(draft.below === null ? [] : [{ ...layer(draft.below, workspace), short: true }]),
    ...(own === 0 ? [] : [layer(draft, own)]),
  );
}

/** The text before the place, with the end of the file before this one ahead of it. */
function storyOf({ before, earlier = '' }: Passage): string {
  return earlier.trim() === '' ? before : `${earlier.trimEnd()}\n\n${before.trimStart()}`;
}

function* cancelled(n: number): Generator<Chunk> {
  for (let branch = 0; branch < n; branch++) {
    yield { branch, kind: 'end', finish: 'cancelled' };
  }
}
