import { merged, type Distribution, type Entry } from './distribution';

/** Colours that blocks are told apart by; neighbours of one parent have different ones. */
export const HUES = 7;

/** The block of the place that everything forks from. */
export const ROOT_BLOCK = 0;

/** Where what was listed for a block comes from. */
export type Origin = 'stored' | 'model';

/** One token after those of its ancestors. */
export interface Block {
  readonly id: number;
  /** Null for the root, which has no text. */
  readonly parent: number | null;
  readonly text: string;
  /** 0 to 1, given its parent. */
  readonly probability: number;
  /** 0 to 1, from the root: the product along the path. */
  readonly path: number;
  readonly depth: number;
  /** 0 to `HUES` − 1. The most probable child has its parent's: what is certain stays one colour. */
  readonly hue: number;
  /** Whether the draft went on with it. */
  readonly taken: boolean;
}

/** What is known of what follows a block. */
export interface After {
  /** Most probable first. */
  readonly children: readonly number[];
  /** Mass (0 to 1, given the block) that nothing listed accounts for. */
  readonly tail: number;
  readonly origin: Origin;
}

/** One step of growth; the same steps in the same order give the same blocks with the same ids. */
export interface Expansion {
  block: number;
  distribution: Distribution;
  origin: Origin;
}

/** What the draft went on with, as the tokens it was written in, or as text where those are not known. */
export type Taken = { tokens: readonly string[] } | { text: string };

/** Everything that could come next from one place, as far as it is known: a tree of tokens that only grows. */
export class Multiverse {
  readonly #blocks: Block[] = [ROOT];
  readonly #after: (After | undefined)[] = [];
  readonly #expansions: Expansion[] = [];

  constructor(readonly taken: Taken = { text: '' }) {}

  get size(): number {
    return this.#blocks.length;
  }

  /** In order: what rebuilds it elsewhere. */
  get expansions(): readonly Expansion[] {
    return this.#expansions;
  }

  block(id: number): Block | undefined {
    return this.#blocks[id];
  }

  /** Undefined while nothing is known of what follows. */
  after(id: number): After | undefined {
    return this.#after[id];
  }

  children(id: number): Block[] {
    return (this.#after[id]?.children ?? []).flatMap((child) => this.#blocks[child] ?? []);
  }

  /** From the root's child down to the block itself. */
  pathTo(id: number): Block[] {
    const path: Block[] = [];
    let at = this.#blocks[id];
    while (at && at.parent !== null) {
      path.push(at);
      at = this.#blocks[at.parent];
    }
    return path.reverse();
  }

  /** The texts of a path. */
  tokensTo(id: number): string[] {
    return this.pathTo(id).map(({ text }) => text);
  }

  /**
   * Takes note of what can follow a block. Of one that was expanded before, entries that are new are added
   * as far as the mass not listed allows; what was listed stays.
   * @returns the blocks added; none for a block that does not exist
   */
  expand(expansion: Expansion): readonly Block[] {
    const { block: id, distribution, origin } = expansion;
    const parent = this.#blocks[id];
    if (parent === undefined) {
      return [];
    }
    this.#expansions.push(expansion);
    const known = this.children(id);
    const before = this.#after[id];
    const all = before ? merged({ entries: known, tail: before.tail }, distribution) : distribution;
    const texts = new Map(known.map((child) => [child.text, child.id]));
    const fresh = all.entries.filter(({ text }) => !texts.has(text));
    const takenText = this.#takenAfter(parent, all.entries);
    const added = fresh.map((entry, at) =>
      this.#add(parent, entry, known.length + at, entry.text === takenText),
    );
    added.forEach((block) => texts.set(block.text, block.id));
    const children = all.entries.flatMap(({ text }) => texts.get(text) ?? []);
    this.#after[id] = { children, tail: all.tail, origin };
    return added;
  }

  #add(parent: Block, { text, probability }: Entry, rank: number, taken: boolean): Block {
    const block: Block = {
      id: this.#blocks.length,
      parent: parent.id,
      text,
      probability,
      path: parent.path * probability,
      depth: parent.depth + 1,
      hue: (parent.hue + rank) % HUES,
      taken,
    };
    this.#blocks.push(block);
    return block;
  }

  /** The text of the entry that the draft went on with; of several that fit its text, the longest. */
  #takenAfter(parent: Block, entries: readonly Entry[]): string | undefined {
    const hasTaken = this.children(parent.id).some(({ taken }) => taken);
    if (hasTaken || !(parent.taken || parent.id === ROOT_BLOCK)) {
      return undefined;
    }
    if ('tokens' in this.taken) {
      return this.taken.tokens[parent.depth];
    }
    const rest = this.taken.text.slice(this.tokensTo(parent.id).join('').length);
    const fitting = entries.filter(({ text }) => text !== '' && rest.startsWith(text));
    return fitting.sort((a, b) => b.text.length - a.text.length)[0]?.text;
  }
}

const ROOT: Block = {
  id: ROOT_BLOCK,
  parent: null,
  text: '',
  probability: 1,
  path: 1,
  depth: 0,
  hue: 0,
  taken: true,
};

/** Half a character, or the end of the text: nothing can follow it as text. */
export function canGoOn({ id, text }: Block): boolean {
  return id === ROOT_BLOCK || (text !== '' && !text.includes('\uFFFD'));
}
