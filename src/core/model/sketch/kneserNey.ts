import { type NgramCounts, NONE, ROOT, START } from './ngramCounts';
import type { NgramModel, Sink, Unigrams } from './ngramModel';

/**
 * Interpolated modified Kneser–Ney smoothing over counts (Chen & Goodman 1998, §3, eq. 27):
 *
 *     P(w | h) = (c(hw) − D(c(hw))) / Σ c(h·)  +  γ(h) P(w | h without its first token)
 *     γ(h)     = (D₁ N₁(h·) + D₂ N₂(h·) + D₃₊ N₃₊(h·)) / Σ c(h·)
 *
 * Below the unigrams they interpolate with the uniform distribution over the vocabulary; here
 * all that mass is left for the words never seen.
 */
export class KneserNey implements NgramModel {
  readonly start = START;
  readonly blank = ROOT;
  private readonly discounts: Float64Array;
  private table: Unigrams | null = null;

  constructor(private readonly counts: NgramCounts) {
    this.discounts = new Float64Array((counts.order + 1) * 4);
    this.refresh();
  }

  /** Takes the discounts anew from the counts; call it after counting. */
  refresh(): void {
    const { histogram, order } = this.counts;
    for (let n = 1; n <= order; n++) {
      const at = (c: number) => histogram[n * 5 + c] ?? 0;
      this.discounts.set(discountsOf(at(1), at(2), at(3), at(4)), n * 4 + 1);
    }
    this.table = null;
  }

  get unigrams(): Unigrams {
    return (this.table ??= this.sortUnigrams());
  }

  knows(token: number): boolean {
    return this.counts.child(ROOT, token) !== NONE;
  }

  next(state: number, token: number): number {
    const { counts } = this;
    for (let context = state; ; context = counts.suffix(context)) {
      const node = counts.child(context, token);
      if (node !== NONE) {
        return counts.orderOf(node) === counts.order ? counts.suffix(node) : node;
      }
      if (context === ROOT) {
        return ROOT;
      }
    }
  }

  probability(state: number, token: number): number {
    const { counts } = this;
    let node = NONE;
    let mass = 1;
    let sum = 0;
    for (let context = state; ; context = counts.suffix(context)) {
      // Once an n-gram is found, its shorter forms are one link away each.
      node = node === NONE ? counts.child(context, token) : counts.suffix(node);
      if (node !== NONE) {
        sum += mass * this.share(context, node);
      }
      mass *= this.backoff(context);
      if (context === ROOT) {
        return node === NONE ? 0 : sum;
      }
    }
  }

  unseen(state: number): number {
    let mass = 1;
    for (let context = state; ; context = this.counts.suffix(context)) {
      mass *= this.backoff(context);
      if (context === ROOT) {
        return mass;
      }
    }
  }

  scatter(state: number, weight: number, sink: Sink): number {
    const { counts } = this;
    let mass = weight;
    for (let context = state; context !== ROOT; context = counts.suffix(context)) {
      for (let node = counts.firstChild(context); node !== NONE; node = counts.nextChild(node)) {
        sink.add(counts.token(node), mass * this.share(context, node), counts.orderOf(context));
      }
      mass *= this.backoff(context);
    }
    return mass;
  }

  recites(state: number, token: number): boolean {
    const { counts } = this;
    return counts.orderOf(state) === counts.order - 1 && counts.child(state, token) !== NONE;
  }

  private share(context: number, node: number): number {
    const count = this.counts.count(node);
    const discount = this.discounts[this.counts.orderOf(node) * 4 + Math.min(count, 3)] ?? 0;
    return (count - discount) / this.counts.total(context);
  }

  private backoff(context: number): number {
    const { counts, discounts } = this;
    const total = counts.total(context);
    if (total === 0) {
      return 1;
    }
    const at = (counts.orderOf(context) + 1) * 4;
    const freed =
      (discounts[at + 1] ?? 0) * counts.followers(context, 1) +
      (discounts[at + 2] ?? 0) * counts.followers(context, 2) +
      (discounts[at + 3] ?? 0) * counts.followers(context, 3);
    return freed / total;
  }

  private sortUnigrams(): Unigrams {
    const { counts } = this;
    const nodes: number[] = [];
    for (let node = counts.firstChild(ROOT); node !== NONE; node = counts.nextChild(node)) {
      nodes.push(node);
    }
    nodes.sort((a, b) => counts.count(b) - counts.count(a) || counts.token(a) - counts.token(b));
    const masses = Float64Array.from(nodes, (node) => this.share(ROOT, node));
    return {
      tokens: Int32Array.from(nodes, (node) => counts.token(node)),
      masses,
      unseen: this.backoff(ROOT),
    };
  }
}

/** Used where a count of counts is 0 and the estimate has no value. */
const TYPICAL = [0.75, 1.1, 1.4] as const;

/**
 * D₁, D₂ and D₃₊ from the numbers of n-grams with counts 1 to 4 (Chen & Goodman 1998, eq. 26). On
 * few data an estimate can take all or more than all of a count: it is kept within 0.05 and c − 0.05.
 */
export function discountsOf(n1: number, n2: number, n3: number, n4: number): number[] {
  const y = n1 / (n1 + 2 * n2);
  const raw = [
    n1 > 0 && n2 > 0 ? 1 - (2 * y * n2) / n1 : TYPICAL[0],
    n2 > 0 && n3 > 0 ? 2 - (3 * y * n3) / n2 : TYPICAL[1],
    n3 > 0 && n4 > 0 ? 3 - (4 * y * n4) / n3 : TYPICAL[2],
  ];
  return raw.map((d, i) => Math.min(Math.max(d, 0.05), i + 0.95));
}
