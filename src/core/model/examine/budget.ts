/** What an examination may cost at most. */
export const MOST_REQUESTS = 12;
export const MOST_TOKENS = 64;

/** Counts what an examination has asked for. */
export class Budget {
  #requests = 0;
  #tokens = 0;

  get requests(): number {
    return this.#requests;
  }

  /** Tokens that were asked for at most: servers that stop sooner write fewer. */
  get tokens(): number {
    return this.#tokens;
  }

  /** Takes one request for so many tokens; false when there is not that much left. */
  take(tokens: number): boolean {
    if (this.#requests >= MOST_REQUESTS || this.#tokens + tokens > MOST_TOKENS) {
      return false;
    }
    this.#requests += 1;
    this.#tokens += tokens;
    return true;
  }
}
