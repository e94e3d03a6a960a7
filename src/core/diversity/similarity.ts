import { MOST_COMPARED } from './bounds';
import type { Steps } from '../steps';
import type { Distinct } from './distinct';
import {
  answering,
  answersOf,
  channelling,
  channelsOf,
  type Answer,
  type Channels,
} from './features';
import { WEIGHTS } from './weights';

/** How alike some texts are, pair by pair: 0 to 1, symmetric, 1 between a text and itself. */
export interface Similarity {
  readonly size: number;
  between(i: number, j: number): number;
  /** Writes the similarity of text `i` to every text into `row`; for whole sets far faster than pair by pair. */
  row(i: number, row: Float64Array): void;
}

/** The features of a pair before their square roots, in the order of `WEIGHTS`. */
export const PAIR_FEATURES = [
  'characters: Jaccard index of runs of four',
  'content: cosine, rare words weigh more',
  'content: overlap coefficient, rare words weigh more',
  'word pairs: Jaccard index',
  'key: overlap coefficient',
  'opening sentence: Jaccard index',
  'first eight content words: Jaccard index',
  'length of both in words: natural log of how often it is that of a short pair, at least 0',
] as const;

/** A weight per pair feature and per square root of one. */
export interface PairWeights {
  bias: number;
  plain: readonly number[];
  root: readonly number[];
}

const SIDES = ['characters', 'content', 'pairs', 'key', 'opening', 'early'] as const;
/** Words in two short answers together. */
const SHORT_PAIR = 8;
const PAIR = PAIR_FEATURES.length;

/**
 * The estimated probability that two answers say the same thing, by words and characters alone: a logistic
 * regression on the features above and their square roots. Rarity is counted within the set.
 * @param texts distinct answers to one passage
 */
export class LexicalSimilarity implements Similarity {
  readonly size: number;
  readonly #channels: Channels;
  readonly #lengths: Float64Array;
  readonly #shared: readonly Float64Array[];
  readonly #weights: PairWeights;
  #matrix: Float32Array | null = null;
  readonly #features = new Float64Array(PAIR);

  constructor(
    texts: readonly string[],
    weights: PairWeights = WEIGHTS,
    answers: readonly Answer[] = answersOf(texts),
    channels: Channels = channelsOf(answers),
  ) {
    this.#weights = weights;
    this.size = texts.length;
    this.#channels = channels;
    this.#lengths = Float64Array.from(answers, ({ words }) => words.length);
    this.#shared = SIDES.map(() => new Float64Array(texts.length));
  }

  /** Between texts that were told apart, whose words are known; with pauses. */
  static *over({ texts, bodies, words }: Distinct): Steps<LexicalSimilarity> {
    const answers = yield* answering(texts, bodies, words);
    return new LexicalSimilarity(texts, WEIGHTS, answers, yield* channelling(answers));
  }

  between(i: number, j: number): number {
    return i === j ? 1 : this.#probability(this.features(i, j));
  }

  /** What the regression sees of a pair; the array is overwritten by the next call. */
  features(i: number, j: number): Float64Array {
    const { characters, content, pairs, key, opening, early } = this.#channels;
    return this.#compare(
      i,
      j,
      characters.shared(i, j),
      content.shared(i, j),
      pairs.shared(i, j),
      key.shared(i, j),
      opening.shared(i, j),
      early.shared(i, j),
    );
  }

  row(i: number, row: Float64Array): void {
    if (this.size > MOST_COMPARED) {
      this.#fill(i, 0, row);
      return;
    }
    this.#matrix ??= this.#all();
    row.set(this.#matrix.subarray(i * this.size, (i + 1) * this.size));
  }

  /** Every pair once: rows are asked for again and again. */
  #all(): Float32Array {
    const { size } = this;
    const matrix = new Float32Array(size * size);
    const row = new Float64Array(size);
    for (let i = 0; i < size; i++) {
      this.#fill(i, i, row);
      for (let j = i; j < size; j++) {
        const value = row[j] ?? 0;
        matrix[i * size + j] = value;
        matrix[j * size + i] = value;
      }
    }
    return matrix;
  }

  /** Writes the similarity of text `i` to every text from `from` on. */
  #fill(i: number, from: number, row: Float64Array): void {
    const [characters, content, pairs, key, opening, early] = this.#shared;
    SIDES.forEach((side, at) => {
      const shared = this.#shared[at];
      if (shared) {
        this.#channels[side].sharedWith(i, from, shared);
      }
    });
    for (let j = from; j < this.size; j++) {
      const features = this.#compare(
        i,
        j,
        characters?.[j] ?? 0,
        content?.[j] ?? 0,
        pairs?.[j] ?? 0,
        key?.[j] ?? 0,
        opening?.[j] ?? 0,
        early?.[j] ?? 0,
      );
      row[j] = i === j ? 1 : this.#probability(features);
    }
  }

  #compare(
    i: number,
    j: number,
    characters: number,
    content: number,
    pairs: number,
    key: number,
    opening: number,
    early: number,
  ): Float64Array {
    const sides = this.#channels;
    const features = this.#features;
    features[0] = sides.characters.jaccard(i, j, characters);
    features[1] = sides.content.cosine(i, j, content);
    features[2] = sides.content.overlap(i, j, content);
    features[3] = sides.pairs.jaccard(i, j, pairs);
    features[4] = sides.key.overlap(i, j, key);
    features[5] = sides.opening.jaccard(i, j, opening);
    features[6] = sides.early.jaccard(i, j, early);
    const words = (this.#lengths[i] ?? 0) + (this.#lengths[j] ?? 0);
    features[7] = Math.max(0, Math.log((1 + words) / (1 + SHORT_PAIR)));
    return features;
  }

  #probability(features: Float64Array): number {
    let logit = this.#weights.bias;
    for (let f = 0; f < PAIR; f++) {
      const value = features[f] ?? 0;
      logit +=
        value * (this.#weights.plain[f] ?? 0) + Math.sqrt(value) * (this.#weights.root[f] ?? 0);
    }
    return 1 / (1 + Math.exp(-logit));
  }
}

/** Similarity by embeddings from a model: the cosine, negative ones as 0. */
export class EmbeddingSimilarity implements Similarity {
  readonly size: number;
  readonly #vectors: readonly Float32Array[];

  /** @param vectors one a text, of one length; they need not be normed */
  constructor(vectors: readonly Float32Array[]) {
    this.size = vectors.length;
    this.#vectors = vectors.map((vector) => {
      const norm = Math.hypot(...vector) || 1;
      return vector.map((x) => x / norm);
    });
  }

  between(i: number, j: number): number {
    const [a, b] = [this.#vectors[i], this.#vectors[j]];
    if (i === j || !a || !b) {
      return i === j ? 1 : 0;
    }
    let cosine = 0;
    for (let k = 0; k < a.length; k++) {
      cosine += (a[k] ?? 0) * (b[k] ?? 0);
    }
    return Math.min(1, Math.max(0, cosine));
  }

  row(i: number, row: Float64Array): void {
    for (let j = 0; j < this.size; j++) {
      row[j] = this.between(i, j);
    }
  }
}
