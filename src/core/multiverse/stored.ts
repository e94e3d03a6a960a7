import type { Token } from '../model/token';
import { distributionOf, merged, type Distribution } from './distribution';

interface Place {
  known: Distribution | undefined;
  next: Map<string, Place>;
}

/** What tokens that were kept tell of the places they were drawn at. Several branches join where they agree. */
export class StoredTokens {
  readonly #root: Place = { known: undefined, next: new Map() };
  #count = 0;

  /** @param spaceIsThere whether the draft before the root ends with a space that models were not sent */
  constructor(private readonly spaceIsThere = false) {}

  /** How many tokens told something. */
  get count(): number {
    return this.#count;
  }

  /**
   * Takes the tokens of one text in, after a path of others. What follows a token without a probability is
   * known as well: its path is its text.
   * @param text that the tokens' offsets are in
   */
  add(path: readonly string[], tokens: readonly Token[], text: string): void {
    let place = path.reduce(enter, this.#root);
    for (const token of tokens) {
      const own = text.slice(token.start, token.end);
      const told = distributionOf(own, token, this.spaceIsThere && place === this.#root);
      if (told !== null) {
        place.known = place.known ? merged(...longerFirst(place.known, told)) : told;
        this.#count += 1;
      }
      place = enter(place, own);
    }
  }

  /** What is known of the place after a path; null when nothing is. */
  at(path: readonly string[]): Distribution | null {
    let place: Place | undefined = this.#root;
    for (const text of path) {
      place = place?.next.get(text);
    }
    return place?.known ?? null;
  }
}

function enter(place: Place, text: string): Place {
  let next = place.next.get(text);
  if (next === undefined) {
    next = { known: undefined, next: new Map() };
    place.next.set(text, next);
  }
  return next;
}

function longerFirst(a: Distribution, b: Distribution): [Distribution, Distribution] {
  return b.entries.length > a.entries.length ? [b, a] : [a, b];
}
