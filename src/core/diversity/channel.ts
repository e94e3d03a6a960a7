/** Features of some texts, by number from 0 to `kinds`; repeated ones count once. */
export interface Numbered {
  sets: readonly Int32Array[];
  kinds: number;
}

/** Sparse sets of weighted features, one a text; what two texts share is the weight of their common features. */
export class Channel {
  /** Σ weight of the features of each text. */
  readonly totals: Float64Array;
  readonly #features: readonly Int32Array[];
  readonly #weights: Float64Array;
  readonly #postings: Postings;

  /** @param weigh the weight of a feature that `holders` of `texts` texts have */
  constructor({ sets, kinds }: Numbered, weigh: (holders: number, texts: number) => number) {
    const seen = new Int32Array(kinds).fill(-1);
    this.#features = sets.map((set, text) =>
      set
        .filter((feature) => {
          const known = seen[feature] === text;
          seen[feature] = text;
          return !known;
        })
        .sort(),
    );
    this.#postings = new Postings(this.#features, kinds);
    this.#weights = Float64Array.from({ length: kinds }, (_, feature) =>
      weigh(this.#postings.holders(feature), sets.length),
    );
    this.totals = Float64Array.from(this.#features, (own) => {
      let total = 0;
      for (const feature of own) {
        total += this.#weights[feature] ?? 0;
      }
      return total;
    });
  }

  /** The features of one text, ascending. */
  featuresOf(i: number): Int32Array {
    return this.#features[i] ?? NONE;
  }

  weightOf(feature: number): number {
    return this.#weights[feature] ?? 0;
  }

  /** The weight that two texts share. */
  shared(i: number, j: number): number {
    const [a, b] = [this.featuresOf(i), this.featuresOf(j)];
    let weight = 0;
    for (let p = 0, q = 0; p < a.length && q < b.length;) {
      const [x = 0, y = 0] = [a[p], b[q]];
      if (x === y) {
        weight += this.weightOf(x);
      }
      p += x <= y ? 1 : 0;
      q += y <= x ? 1 : 0;
    }
    return weight;
  }

  /** Writes the weight that text `i` shares with every text from `from` on into `shared`. */
  sharedWith(i: number, from: number, shared: Float64Array): void {
    shared.fill(0);
    const { starts, texts } = this.#postings;
    for (const feature of this.featuresOf(i)) {
      const weight = this.#weights[feature] ?? 0;
      const first = starts[feature] ?? 0;
      for (let at = (starts[feature + 1] ?? 0) - 1; at >= first; at--) {
        const j = texts[at] ?? 0;
        if (j < from) {
          break;
        }
        shared[j] = (shared[j] ?? 0) + weight;
      }
    }
  }

  /** Shared weight over the weight of both together; 0 where there is none. */
  jaccard(i: number, j: number, shared: number): number {
    const all = this.#total(i) + this.#total(j) - shared;
    return all > 0 ? shared / all : 0;
  }

  /** Shared weight over the geometric mean of both. */
  cosine(i: number, j: number, shared: number): number {
    const both = Math.sqrt(this.#total(i) * this.#total(j));
    return both > 0 ? shared / both : 0;
  }

  /** Shared weight over the lighter of both. */
  overlap(i: number, j: number, shared: number): number {
    const lighter = Math.min(this.#total(i), this.#total(j));
    return lighter > 0 ? shared / lighter : 0;
  }

  #total(i: number): number {
    return this.totals[i] ?? 0;
  }
}

const NONE = new Int32Array(0);

/** For each feature the texts that have it, ascending, all in one row. */
class Postings {
  /** Where the texts of each feature begin; one place more than there are features. */
  readonly starts: Int32Array;
  readonly texts: Int32Array;

  constructor(features: readonly Int32Array[], kinds: number) {
    this.starts = new Int32Array(kinds + 1);
    for (const own of features) {
      for (const feature of own) {
        this.starts[feature + 1] = (this.starts[feature + 1] ?? 0) + 1;
      }
    }
    for (let feature = 0; feature < kinds; feature++) {
      this.starts[feature + 1] = (this.starts[feature + 1] ?? 0) + (this.starts[feature] ?? 0);
    }
    this.texts = new Int32Array(this.starts[kinds] ?? 0);
    const next = this.starts.slice();
    features.forEach((own, text) => {
      for (const feature of own) {
        const at = next[feature] ?? 0;
        this.texts[at] = text;
        next[feature] = at + 1;
      }
    });
  }

  holders(feature: number): number {
    return (this.starts[feature + 1] ?? 0) - (this.starts[feature] ?? 0);
  }
}
