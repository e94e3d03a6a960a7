import type { NgramModel } from './ngramModel';
import { UNKNOWN } from './vocabulary';

/** Symbols beyond those learnt share what is left evenly: every code point, and the end. */
const SYMBOLS = 0x110000 + 1;
/** The end of a word, which also stands before its first letter. */
export const END = 0;

/**
 * How likely a token is, letter by letter: an n-gram model over code points, trained on rare words.
 * It gives every string a probability above 0 (as a logarithm: long ones underflow), and all strings
 * together have 1. (A lone high surrogate before a lone low one is not a string of its own; that
 * sliver of mass is lost.)
 */
export class Spelling {
  private readonly ids = new Map<number, number>();
  private readonly learnt: number;

  /**
   * @param model over the end (0) and the letters (from 1); null when nothing was learnt: then
   *   all code points and the end are equally likely
   * @param letters their code points
   */
  constructor(
    private readonly model: NgramModel | null,
    letters: Iterable<number>,
  ) {
    for (const letter of letters) {
      this.ids.set(letter, this.ids.size + 1);
    }
    this.learnt = model === null ? 0 : this.ids.size + 1;
  }

  /** Natural logarithm of the probability of this string and no letter more. */
  logprob(word: string): number {
    const { state, logprob } = this.spell(word);
    return logprob + Math.log(this.symbolProbability(state, END));
  }

  /** Natural logarithm of the probability of all strings that begin like this. */
  prefixLogprob(prefix: string): number {
    return this.spell(prefix).logprob;
  }

  /** P(letter | the letters before it in the word); `null` stands for the end of the word. */
  letterProbability(before: string, letter: string | null): number {
    const code = letter?.codePointAt(0);
    const symbol = code === undefined ? END : (this.ids.get(code) ?? UNKNOWN);
    return this.symbolProbability(this.spell(before).state, symbol);
  }

  /** The code points it learnt; every other one is as likely as the next. */
  get letters(): string[] {
    return [...this.ids.keys()].map((code) => String.fromCodePoint(code));
  }

  private spell(word: string): { state: number; logprob: number } {
    let state = this.model?.start ?? 0;
    let logprob = 0;
    for (const letter of word) {
      const symbol = this.ids.get(letter.codePointAt(0) ?? 0) ?? UNKNOWN;
      logprob += Math.log(this.symbolProbability(state, symbol));
      state = this.model?.next(state, symbol) ?? 0;
    }
    return { state, logprob };
  }

  private symbolProbability(state: number, symbol: number): number {
    if (this.model === null) {
      return 1 / SYMBOLS;
    }
    return symbol === UNKNOWN
      ? this.model.unseen(state) / (SYMBOLS - this.learnt)
      : this.model.probability(state, symbol);
  }
}
