import { KneserNey } from './kneserNey';
import { NgramCounts, ROOT, START } from './ngramCounts';

const ORDER = 4;
/** Symbols beyond those learnt share what is left evenly: every code point, and the end. */
const SYMBOLS = 0x110000 + 1;
const END = 0;

/**
 * How likely a token is, letter by letter: Kneser–Ney over code points, learnt from a list of
 * words. It gives every string a probability above 0 (as a logarithm: long ones underflow), and
 * all strings together have 1. (A lone high surrogate before a lone low one is not a string of its
 * own; that sliver of mass is lost.)
 */
export class Spelling {
  private readonly symbols = new Map<number, number>([[-1, END]]);
  private readonly counts = new NgramCounts(ORDER);
  private readonly model = new KneserNey(this.counts);

  constructor(words: Iterable<string>) {
    for (const word of words) {
      let context = START;
      for (const letter of word) {
        context = this.counts.add(context, this.intern(letter.codePointAt(0) ?? 0));
      }
      this.counts.add(context, END);
    }
    this.model.refresh();
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
    const code = letter === null ? -1 : (letter.codePointAt(0) ?? 0);
    return this.symbolProbability(this.spell(before).state, this.symbols.get(code));
  }

  /** The code points it learnt; every other one is as likely as the next. */
  get letters(): string[] {
    return [...this.symbols.keys()].filter((c) => c >= 0).map((c) => String.fromCodePoint(c));
  }

  private spell(word: string): { state: number; logprob: number } {
    let state = START;
    let logprob = 0;
    for (const letter of word) {
      const symbol = this.symbols.get(letter.codePointAt(0) ?? 0);
      logprob += Math.log(this.symbolProbability(state, symbol));
      state = symbol === undefined ? ROOT : this.model.next(state, symbol);
    }
    return { state, logprob };
  }

  private symbolProbability(state: number, symbol: number | undefined): number {
    // Before anything is learnt the end is as new as any letter.
    const learnt = this.counts.size > START + 1 ? this.symbols.size : 0;
    if (symbol !== undefined && learnt > 0) {
      return this.model.probability(state, symbol);
    }
    return this.model.unseen(state) / (SYMBOLS - learnt);
  }

  private intern(code: number): number {
    const known = this.symbols.get(code);
    if (known !== undefined) {
      return known;
    }
    this.symbols.set(code, this.symbols.size);
    return this.symbols.size - 1;
  }
}
