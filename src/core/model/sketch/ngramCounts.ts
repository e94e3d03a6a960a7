/**
 * The counts of all n-grams up to an order, kept as a trie whose nodes live in one typed array and
 * whose edges live in one hash table; nothing is allocated per n-gram. Counting is incremental:
 * after every token all sums are exact, so a growing draft never needs counting again.
 *
 * Counts are the adjusted counts of Kneser–Ney smoothing: an n-gram of the highest order, or one
 * that begins at the start of the text, holds how often it occurred; any other holds how many
 * different tokens stood before it (Kneser & Ney 1995; Heafield et al. 2013, §3.2).
 */

/** The empty context. */
export const ROOT = 0;
/** The context "nothing stands before". */
export const START = 1;
/** No such node. The root is no node's child or sibling, so its number is free for this. */
export const NONE = 0;

const STRIDE = 12;
const PARENT = 0;
const TOKEN = 1;
const SUFFIX = 2;
const COUNT = 3;
const TOTAL = 4;
const ONES = 5;
const FIRST = 8;
const NEXT = 9;
const ORDER = 10;

export class NgramCounts {
  /** Count of counts: at order × 5 + c, how many n-grams of that order have the count c (1 to 4). */
  readonly histogram: Int32Array;
  private nodes: Int32Array;
  private slots: Int32Array;
  private used = 2;

  /** @param order the longest n-gram counted, ≥ 2 */
  constructor(
    readonly order: number,
    capacity = 1024,
  ) {
    this.histogram = new Int32Array((order + 1) * 5);
    this.nodes = new Int32Array(capacity * STRIDE);
    this.slots = new Int32Array(hashSize(capacity));
    // Nodes come zeroed: no children, and the root as parent and suffix.
    this.set(START, ORDER, 1);
  }

  /** Nodes in use: every n-gram counted, and the two contexts above. */
  get size(): number {
    return this.used;
  }

  /**
   * Counts one token after a context.
   * @param context the node this returned for the token before, or `START`
   * @returns the context of the token that follows
   */
  add(context: number, token: number): number {
    let parent = context;
    let before = this.size;
    let node = this.child(parent, token);
    const longest = node === NONE ? this.create(parent, token) : node;
    this.bump(longest);
    // A new n-gram is one more left neighbour of the same n-gram without its first token.
    for (let shorter = longest; shorter >= before && parent !== ROOT;) {
      before = this.size;
      parent = this.get(parent, SUFFIX);
      node = this.child(parent, token);
      const suffix = node === NONE ? this.create(parent, token) : node;
      this.set(shorter, SUFFIX, suffix);
      this.bump(suffix);
      shorter = suffix;
    }
    return this.get(longest, ORDER) === this.order ? this.suffix(longest) : longest;
  }

  /** The node of the context's n-gram with `token` after it, or `NONE`. */
  child(context: number, token: number): number {
    const mask = this.slots.length - 1;
    for (let slot = hash(context, token) & mask; ; slot = (slot + 1) & mask) {
      const node = this.slots[slot] ?? 0;
      if (node === 0) {
        return NONE;
      }
      if (this.get(node, PARENT) === context && this.get(node, TOKEN) === token) {
        return node;
      }
    }
  }

  /** The node without its first token; meaningless for `ROOT`. */
  suffix(node: number): number {
    return this.get(node, SUFFIX);
  }

  count(node: number): number {
    return this.get(node, COUNT);
  }

  /** The sum of the counts of all that followed this context. */
  total(node: number): number {
    return this.get(node, TOTAL);
  }

  /** How many tokens followed this context with a count of 1, of 2, of 3 or more (`size` 1 to 3). */
  followers(node: number, size: 1 | 2 | 3): number {
    return this.get(node, ONES + size - 1);
  }

  orderOf(node: number): number {
    return this.get(node, ORDER);
  }

  token(node: number): number {
    return this.get(node, TOKEN);
  }

  /** The last token seen for the first time after this context, as a node, or `NONE`. */
  firstChild(node: number): number {
    return this.get(node, FIRST);
  }

  nextChild(node: number): number {
    return this.get(node, NEXT);
  }

  private get(node: number, field: number): number {
    return this.nodes[node * STRIDE + field] ?? NONE;
  }

  private set(node: number, field: number, value: number): void {
    this.nodes[node * STRIDE + field] = value;
  }

  private create(parent: number, token: number): number {
    const node = this.used++;
    if (node * STRIDE >= this.nodes.length) {
      this.grow();
    }
    this.set(node, PARENT, parent);
    this.set(node, TOKEN, token);
    this.set(node, ORDER, this.get(parent, ORDER) + 1);
    this.set(node, NEXT, this.get(parent, FIRST));
    this.set(parent, FIRST, node);
    this.place(node);
    return node;
  }

  private place(node: number): void {
    const mask = this.slots.length - 1;
    let slot = hash(this.get(node, PARENT), this.get(node, TOKEN)) & mask;
    while (this.slots[slot] !== 0) {
      slot = (slot + 1) & mask;
    }
    this.slots[slot] = node;
  }

  private grow(): void {
    const nodes = new Int32Array(this.nodes.length * 2);
    nodes.set(this.nodes);
    this.nodes = nodes;
    this.slots = new Int32Array(hashSize(nodes.length / STRIDE));
    for (let node = START + 1; node < this.used - 1; node++) {
      this.place(node);
    }
  }

  private bump(node: number): void {
    const count = this.get(node, COUNT);
    const parent = this.get(node, PARENT);
    this.set(node, COUNT, count + 1);
    change(this.nodes, parent * STRIDE + TOTAL, 1);
    if (count < 3) {
      change(this.nodes, parent * STRIDE + ONES + count, 1);
    }
    if (count === 1 || count === 2) {
      change(this.nodes, parent * STRIDE + ONES + count - 1, -1);
    }
    const bin = this.get(node, ORDER) * 5;
    if (count >= 1 && count <= 4) {
      change(this.histogram, bin + count, -1);
    }
    if (count < 4) {
      change(this.histogram, bin + count + 1, 1);
    }
  }
}

function change(array: Int32Array, at: number, by: number): void {
  array[at] = (array[at] ?? 0) + by;
}

/** A power of two that keeps the table under half full. */
function hashSize(capacity: number): number {
  return 2 ** Math.ceil(Math.log2(capacity * 2));
}

/** Two 32-bit numbers to one, by the finaliser of MurmurHash3 (Appleby 2011). */
function hash(context: number, token: number): number {
  let h = Math.imul(context, 0x9e3779b1) ^ Math.imul(token + 1, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
