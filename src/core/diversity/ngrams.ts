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
  const vocabulary = new Map<string, number>();
  const words = texts.map((text) => Int32Array.from(text, (word) => numberOf(vocabulary, word)));
  const orders: Grams[] = [{ texts: words, kinds: vocabulary.size }];
  let grams = words;
  for (let order = 1; order < LONGEST; order++) {
    const numbers = new Map<number, number>();
    grams = grams.map((shorter, text) => {
      const longer = new Int32Array(Math.max(0, shorter.length - 1));
      for (let at = 0; at < longer.length; at++) {
        const last = words[text]?.[at + order] ?? 0;
        longer[at] = numberOf(numbers, (shorter[at] ?? 0) * vocabulary.size + last);
      }
      return longer;
    });
    orders.push({ texts: grams, kinds: numbers.size });
  }
  return orders;
}

function numberOf<T>(numbers: Map<T, number>, value: T): number {
  const known = numbers.get(value);
  if (known === undefined) {
    numbers.set(value, numbers.size);
  }
  return known ?? numbers.size - 1;
}
