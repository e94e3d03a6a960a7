/** Sparse sets of weighted features, one a text; what two texts share is the weight of their common features. */
export class Channel {
  /** Σ weight of the features of each text. */
  readonly totals: Float64Array;
  readonly #features: readonly Int32Array[];
  readonly #weights: Float64Array;
  readonly #postings: readonly Int32Array[];

  /**
   * @param sets the features of each text; repeated ones count once
   * @param weigh the weight of a feature that `holders` of `texts` texts have
   */
  constructor(
    sets: readonly (readonly string[])[],
    weigh: (holders: number, texts: number) => number,
  ) {
    const ids = new Map<string, number>();
    this.#features = sets.map((set) => {
      const own = new Set<number>();
      for (const feature of set) {
        let id = ids.get(feature);
        if (id === undefined) {
          id = ids.size;
          ids.set(feature, id);
        }
        own.add(id);
      }
      return Int32Array.from(own).sort();
    });
    this.#postings = postings(this.#features, ids.size);
    this.#weights = Float64Array.from(this.#postings, ({ length }) => weigh(length, sets.length));
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
    for (const feature of this.featuresOf(i)) {
      const weight = this.weightOf(feature);
      const holders = this.#postings[feature] ?? NONE;
      for (let at = holders.length - 1; at >= 0; at--) {
        const j = holders[at] ?? 0;
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

/** For each feature the texts that have it, ascending. */
function postings(features: readonly Int32Array[], count: number): Int32Array[] {
  const sizes = new Int32Array(count);
  for (const own of features) {
    for (const feature of own) {
      sizes[feature] = (sizes[feature] ?? 0) + 1;
    }
  }
  const lists = Array.from(sizes, (size) => new Int32Array(size));
  const filled = new Int32Array(count);
  features.forEach((own, text) => {
    for (const feature of own) {
      const at = filled[feature] ?? 0;
      lists[feature]?.fill(text, at, at + 1);
      filled[feature] = at + 1;
    }
  });
  return lists;
}
