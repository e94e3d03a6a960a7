import { PairNumbers, StringNumbers } from './numbers';

/** The n-grams of one order: a number each, from 0 to `kinds`, in the order they stand in each text. */
export interface Grams {
  texts: readonly Int32Array[];
  kinds: number;
}

/** The longest n-grams. */
const LONGEST = 4;

/**
 * Numbers the words of some texts, their pairs, and so on to runs of four: once, for every measure that
 * counts them. An n-gram is numbered by the one that it lengthens and its last word.
 * @returns the orders from 1 to 4
 */
export function ngramsOf(texts: readonly (readonly string[])[]): readonly Grams[] {
  const vocabulary = new StringNumbers();
  const words = texts.map((text) => Int32Array.from(text, (word) => vocabulary.of(word)));
  const orders: Grams[] = [{ texts: words, kinds: vocabulary.size }];
  let grams = words;
  for (let order = 1; order < LONGEST; order++) {
    const numbers = new PairNumbers();
    grams = grams.map((shorter, text) => lengthened(shorter, words[text], order, numbers));
    orders.push({ texts: grams, kinds: numbers.size });
  }
  return orders;
}

/** The n-grams one word longer than `shorter`, which have `order` words. */
function lengthened(
  shorter: Int32Array,
  words: Int32Array | undefined,
  order: number,
  numbers: PairNumbers,
): Int32Array<ArrayBuffer> {
  const longer = new Int32Array(Math.max(0, shorter.length - 1));
  for (let at = 0; at < longer.length; at++) {
    longer[at] = numbers.of(shorter[at] ?? 0, words?.[at + order] ?? 0);
  }
  return longer;
}
