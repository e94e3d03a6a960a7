import type { Similarity } from './similarity';

/**
 * Groups by average linkage (UPGMA, Sokal & Michener 1958) along nearest-neighbour chains (Murtagh 1983):
 * two groups are one while the mean similarity of their texts is at least the threshold.
 * @param counts how many texts stand behind each
 * @returns the group of each text: a number, the same for texts of one group
 */
export function averageLinkage(
  similarity: Similarity,
  counts: readonly number[],
  threshold: number,
): number[] {
  const links = new Links(similarity, counts);
  const group = Array.from(counts, (_, i) => i);
  for (let merge = links.next(); merge !== null; merge = links.next()) {
    if (merge.height >= threshold) {
      join(group, merge.into, merge.gone);
    }
  }
  return group.map((_, i) => root(group, i));
}

interface Merge {
  into: number;
  gone: number;
  height: number;
}

/** The dendrogram, merge by merge, not in order of height. */
class Links {
  readonly #size: number;
  readonly #matrix: Float32Array;
  readonly #weights: Float64Array;
  readonly #alive: Uint8Array;
  #chain: number[] = [];
  #left: number;
  #first = 0;

  constructor(similarity: Similarity, counts: readonly number[]) {
    const size = counts.length;
    this.#size = size;
    this.#left = size;
    this.#weights = Float64Array.from(counts);
    this.#alive = new Uint8Array(size).fill(1);
    this.#matrix = new Float32Array(size * size);
    const row = new Float64Array(size);
    for (let i = 0; i < size; i++) {
      similarity.row(i, row);
      this.#matrix.set(row, i * size);
    }
  }

  next(): Merge | null {
    if (this.#left < 2) {
      return null;
    }
    if (this.#chain.length === 0) {
      this.#first = this.#alive.indexOf(1, this.#first);
      this.#chain.push(this.#first);
    }
    for (;;) {
      const tip = this.#chain.at(-1) ?? 0;
      const before = this.#chain.at(-2) ?? -1;
      const near = this.#nearest(tip, before);
      if (near === before) {
        this.#chain.length -= 2;
        return this.#merge(before, tip);
      }
      this.#chain.push(near);
    }
  }

  /** The most similar group; where several are, the one before in the chain, else the first. */
  #nearest(of: number, before: number): number {
    const start = of * this.#size;
    let best = before;
    let height = before < 0 ? -1 : (this.#matrix[start + before] ?? 0);
    for (let j = 0; j < this.#size; j++) {
      if (this.#alive[j] === 1 && j !== of && (this.#matrix[start + j] ?? 0) > height) {
        best = j;
        height = this.#matrix[start + j] ?? 0;
      }
    }
    return best;
  }

  #merge(a: number, b: number): Merge {
    const height = this.#matrix[a * this.#size + b] ?? 0;
    const [inA, inB] = [this.#weights[a] ?? 0, this.#weights[b] ?? 0];
    for (let k = 0; k < this.#size; k++) {
      if (this.#alive[k] === 1 && k !== a && k !== b) {
        const toA = this.#matrix[a * this.#size + k] ?? 0;
        const toB = this.#matrix[b * this.#size + k] ?? 0;
        const mean = (toA * inA + toB * inB) / (inA + inB);
        this.#matrix[a * this.#size + k] = mean;
        this.#matrix[k * this.#size + a] = mean;
      }
    }
    this.#weights[a] = inA + inB;
    this.#alive[b] = 0;
    this.#left -= 1;
    return { into: a, gone: b, height };
  }
}

/**
 * Groups round leaders (leader clustering, Hartigan 1975): each text joins the leader most like it, the most
 * frequent texts first, or becomes one. An estimate of what average linkage would find.
 * @param candidates the leaders worth comparing a text with, from those there are
 * @returns the group of each text, as `averageLinkage` does
 */
export function roundLeaders(
  similarity: Similarity,
  counts: readonly number[],
  threshold: number,
  candidates: Candidates,
): number[] {
  const order = Array.from(counts, (_, i) => i).sort(
    (a, b) => (counts[b] ?? 0) - (counts[a] ?? 0) || a - b,
  );
  const group = Array.from(counts, (_, i) => i);
  for (const text of order) {
    let best = -1;
    let height = threshold;
    for (const leader of candidates.of(text)) {
      const likeness = similarity.between(text, leader);
      if (likeness >= height) {
        best = leader;
        height = likeness;
      }
    }
    if (best < 0) {
      candidates.add(text);
    } else {
      group[text] = best;
    }
  }
  return group;
}

/** An index of leaders. */
export interface Candidates {
  add(leader: number): void;
  of(text: number): Iterable<number>;
}

function root(group: readonly number[], i: number): number {
  let at = i;
  while (group[at] !== at) {
    at = group[at] ?? at;
  }
  return at;
}

function join(group: number[], into: number, gone: number): void {
  group[root(group, gone)] = root(group, into);
}
