import { traitsOf } from './traits';

/** The id of a token that is in no vocabulary. */
export const UNKNOWN = -1;

/** Tokens numbered from 0. */
export interface Lexicon {
  readonly size: number;
  /** The token's id, or `UNKNOWN`. */
  find(text: string): number;
  /** The token's text; empty for an id that was never given. */
  text(id: number): string;
  /** The token's `TRAIT` bits; 0 for an id that was never given. Worked out when first asked for. */
  traitsOf(id: number): number;
  /** The ids of the tokens that begin like this and are longer, ascending. */
  longerThan(prefix: string): number[];
}

/**
 * Tokens numbered in order of appearance. One laid over another keeps the lower one's numbers and
 * adds its own after them, without changing the lower one.
 */
export class Vocabulary implements Lexicon {
  private readonly ids = new Map<string, number>();
  private readonly texts: string[] = [];
  private readonly traits: number[] = [];
  private readonly offset: number;

  constructor(private readonly below: Lexicon | null = null) {
    this.offset = below === null ? 0 : below.size;
  }

  get size(): number {
    return this.offset + this.texts.length;
  }

  find(text: string): number {
    const id = this.below === null ? UNKNOWN : this.below.find(text);
    return id === UNKNOWN ? (this.ids.get(text) ?? UNKNOWN) : id;
  }

  /** The token's id, given a new one when it had none. */
  intern(text: string): number {
    const known = this.find(text);
    if (known !== UNKNOWN) {
      return known;
    }
    const id = this.size;
    this.ids.set(text, id);
    this.texts.push(text);
    return id;
  }

  text(id: number): string {
    return this.below !== null && id < this.offset
      ? this.below.text(id)
      : (this.texts[id - this.offset] ?? '');
  }

  traitsOf(id: number): number {
    return this.below !== null && id < this.offset
      ? this.below.traitsOf(id)
      : (this.traits[id - this.offset] ??= traitsOf(this.texts[id - this.offset] ?? ''));
  }

  longerThan(prefix: string): number[] {
    const ids = this.below?.longerThan(prefix) ?? [];
    for (const [i, text] of this.texts.entries()) {
      if (text.length > prefix.length && text.startsWith(prefix)) {
        ids.push(this.offset + i);
      }
    }
    return ids;
  }
}
