const TAGS = ['think', 'thinking', 'thought', 'reasoning'];

/** What to do with the beginning of a reply: how much of it to drop, and whether more may follow. */
export interface Verdict {
  drop: number;
  settled: boolean;
}

/** Finds thinking aloud between tags at the head of a reply, however long it is and wherever it is cut. */
export class Thinking {
  /** The tag that ends the thinking; null before it has begun. */
  #close: string | null = null;
  #over = false;

  /**
   * @param held the reply as far as it has come, without what was dropped before
   * @param ended whether all of it has come
   */
  next(held: string, ended: boolean): Verdict {
    if (this.#over) {
      return space(held, 0, ended);
    }
    return this.#close === null
      ? this.#opening(held, ended)
      : this.#inside(held, 0, this.#close, ended);
  }

  #opening(held: string, ended: boolean): Verdict {
    const lead = held.length - held.trimStart().length;
    const said = held.slice(lead);
    for (const tag of TAGS) {
      const open = `<${tag}>`;
      if (said.startsWith(open)) {
        this.#close = `</${tag}>`;
        return this.#inside(held, lead + open.length, this.#close, ended);
      }
    }
    const settled = ended || !TAGS.some((tag) => `<${tag}>`.startsWith(said));
    return { drop: 0, settled };
  }

  #inside(held: string, from: number, close: string, ended: boolean): Verdict {
    const at = held.indexOf(close, from);
    if (at >= 0) {
      this.#over = true;
      return space(held, at + close.length, ended);
    }
    const rest = ended ? held.length : Math.max(from, held.length - close.length + 1);
    return { drop: rest, settled: ended };
  }
}

/** The space between the thinking and the text belongs to neither. */
function space(held: string, from: number, ended: boolean): Verdict {
  const rest = held.slice(from).trimStart();
  return { drop: held.length - rest.length, settled: ended || rest !== '' };
}
