import type { Mixture } from './mixture';
import type { QuoteState } from './quotes';
import { SKETCH_ORDER } from './base';
import { glues, TRAIT, traitsOf } from './traits';
import { UNKNOWN } from './vocabulary';

/** This many tokens in a row are never written twice in one branch. */
const REPEAT = 4;
/**
 * So many words in a row are never taken from the draft, the last ones of the passage included; nor
 * from what the model has kept of the works.
 */
const COPY = 6;

/**
 * What Sketch keeps itself from writing. These are filters of the sampling only: the probabilities
 * that are reported know nothing of them. A token is refused when it would
 * - glue itself onto the one before it ("the" + "cat"), or stand off from a paragraph's start,
 * - repeat four tokens already written in this branch, or at the end of the passage (loops),
 * - be the sixth word in a row taken from the draft or the works: a model of order 5 on few data otherwise recites
 *   whole paragraphs,
 * - close a quote or bracket that is not open, open a second one, or end a paragraph inside,
 * - be a word that is withheld.
 */
export class Guard {
  private readonly written = new Set<string>();
  private readonly recent: number[] = [];
  /** Which of the latest tokens are words, as many as the model looks back at. */
  private readonly words: boolean[] = [];
  /** Words in a row that stand in the draft or the model just so; 0 while none do. */
  private copied = 0;
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

  /** Whether a quote or bracket is open. */
  get isOpen(): boolean {
    return this.quotes.isOpen;
  }

  allows(states: readonly number[], token: number): boolean {
    const { vocabulary } = this.mixture;
    const text = vocabulary.text(token);
    const traits = vocabulary.traitsOf(token);
    if (
      (traits & TRAIT.withheld) !== 0 ||
      glues(this.last, this.lastTraits, text, traits) ||
      !this.quotes.allows(text)
    ) {
      return false;
    }
    if (this.mixture.recites(states, token) && this.copiedWith(token) >= COPY) {
      return false;
    }
    return this.recent.length < REPEAT - 1 || !this.written.has(this.gram(token));
  }

  /** Takes note of a token written after these states. */
  wrote(states: readonly number[], token: number): void {
    this.copied = this.mixture.recites(states, token) ? this.copiedWith(token) : 0;
    this.quotes.pass(this.mixture.vocabulary.text(token));
    this.remember(token);
  }

  private copiedWith(token: number): number {
    const before = this.copied > 0 ? this.copied : this.words.filter((isWord) => isWord).length;
    return before + ((this.mixture.vocabulary.traitsOf(token) & TRAIT.word) === 0 ? 0 : 1);
  }

  private remember(token: number): void {
    this.written.add(this.gram(token));
    this.words.push((this.mixture.vocabulary.traitsOf(token) & TRAIT.word) !== 0);
    if (this.words.length >= SKETCH_ORDER) {
      this.words.shift();
    }
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
