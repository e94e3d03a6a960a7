import type { Mixture } from './mixture';
import type { QuoteState } from './quotes';
import { glues, traitsOf } from './traits';
import { UNKNOWN } from './vocabulary';

/** This many tokens in a row are never written twice in one branch. */
const REPEAT = 4;
/** The most tokens taken in a row, word for word, from the sample or the draft. */
const RECITE = 8;

/**
 * What Sketch keeps itself from writing. These are filters of the sampling only: the probabilities
 * that are reported know nothing of them. A token is refused when it would
 * - glue itself onto the one before it ("the" + "cat"), or stand off from a paragraph's start,
 * - repeat four tokens already written in this branch, or at the end of the passage (loops),
 * - continue more than eight tokens word for word from what was learnt: a model of order 5 on few
 *   data otherwise recites whole paragraphs,
 * - close a quote or bracket that is not open, open a second one, or end a paragraph inside.
 */
export class Guard {
  private readonly written = new Set<string>();
  private readonly recent: number[] = [];
  private run = 0;
  private last = '';
  private lastTraits = 0;

  /**
   * @param context the last tokens of the passage but one
   * @param quotes what is open after them
   */
  constructor(
    private readonly mixture: Mixture,
    context: readonly number[],
    private readonly quotes: QuoteState,
  ) {
    for (const token of context) {
      this.remember(token);
    }
  }

  /** Takes note of the last token of the passage, which may be in no vocabulary. */
  reached(text: string): void {
    this.remember(this.mixture.vocabulary.find(text));
    this.quotes.pass(text);
    this.last = text;
    this.lastTraits = traitsOf(text);
  }

  allows(states: readonly number[], token: number): boolean {
    const { vocabulary } = this.mixture;
    const text = vocabulary.text(token);
    if (
      glues(this.last, this.lastTraits, text, vocabulary.traitsOf(token)) ||
      !this.quotes.allows(text)
    ) {
      return false;
    }
    if (this.run >= RECITE - REPEAT && this.mixture.recites(states, token)) {
      return false;
    }
    return this.recent.length < REPEAT - 1 || !this.written.has(this.gram(token));
  }

  /** Takes note of a token written after these states. */
  wrote(states: readonly number[], token: number): void {
    this.run = this.mixture.recites(states, token) ? this.run + 1 : 0;
    this.quotes.pass(this.mixture.vocabulary.text(token));
    this.remember(token);
  }

  private remember(token: number): void {
    this.written.add(this.gram(token));
    this.recent.push(token);
    if (this.recent.length >= REPEAT) {
      this.recent.shift();
    }
    if (token !== UNKNOWN) {
      this.last = this.mixture.vocabulary.text(token);
      this.lastTraits = this.mixture.vocabulary.traitsOf(token);
    }
  }

  private gram(token: number): string {
    return `${this.recent.join(' ')} ${token}`;
  }
}
