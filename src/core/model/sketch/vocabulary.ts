import { traitsOf } from './traits';

/** The id of a token that is in no vocabulary. */
export const UNKNOWN = -1;

/**
 * Tokens numbered in order of appearance. One laid over another keeps the lower one's numbers and
 * adds its own after them, without changing the lower one.
 */
export class Vocabulary {
  private readonly ids = new Map<string, number>();
  private readonly texts: string[] = [];
  private readonly traits: number[] = [];
  private readonly offset: number;

  constructor(private readonly below: Vocabulary | null = null) {
    this.offset = below === null ? 0 : below.size;
  }

  get size(): number {
    return this.offset + this.texts.length;
  }

  /** The token's id, or `UNKNOWN`. */
  find(text: string): number {
    const id = this.below === null ? UNKNOWN : this.below.find(text);
    return id === UNKNOWN || id >= this.offset ? (this.ids.get(text) ?? UNKNOWN) : id;
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

  /** The token's text; empty for an id that was never given. */
  text(id: number): string {
    return this.below !== null && id < this.offset
      ? this.below.text(id)
      : (this.texts[id - this.offset] ?? '');
  }

  /** The token's `TRAIT` bits; 0 for an id that was never given. Worked out when first asked for. */
  traitsOf(id: number): number {
    return this.below !== null && id < this.offset
      ? this.below.traitsOf(id)
      : (this.traits[id - this.offset] ??= traitsOf(this.texts[id - this.offset] ?? ''));
  }
}
