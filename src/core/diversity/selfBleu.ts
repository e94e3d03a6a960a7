import type { Grams } from './ngrams';

/** What stands for no match, so that one missing order does not hide the others (Chen & Cherry 2014, method 1). */
const ALMOST_NONE = 0.1;

/**
 * Mean BLEU-4 (Papineni et al. 2002) of each text against all others as references (Zhu et al. 2018).
 * Exact, and linear in the words: the highest count of an n-gram among the others is the highest or, for
 * the text that holds it, the second highest of all. A text shorter than four words is compared by the
 * n-grams it has.
 * @param ngrams of orders 1 to 4
 * @returns 0 to 1; 0 for fewer than two texts
 */
export function selfBleu(ngrams: readonly Grams[]): number {
  const texts = ngrams[0]?.texts ?? [];
  if (texts.length < 2) {
    return 0;
  }
  const logs = new Float64Array(texts.length);
  const used = new Int32Array(texts.length);
  for (const grams of ngrams) {
    addPrecisions(grams, logs, used);
  }
  const lengths = texts.map(({ length }) => length).sort((a, b) => a - b);
  const sum = texts.reduce((total, { length }, text) => {
    const orders = used[text] ?? 0;
    const mean = orders === 0 ? 0 : Math.exp((logs[text] ?? 0) / orders);
    return total + mean * brevity(length, lengths);
  }, 0);
  return sum / texts.length;
}

/** Adds the logarithm of each text's clipped precision, where it has n-grams of this order. */
function addPrecisions({ texts, kinds }: Grams, logs: Float64Array, used: Int32Array): void {
  const { most, holder, second } = highest({ texts, kinds });
  const counts = new Int32Array(kinds);
  texts.forEach((grams, text) => {
    let matched = 0;
    for (const gram of grams) {
      const before = counts[gram] ?? 0;
      const elsewhere = (holder[gram] === text ? second[gram] : most[gram]) ?? 0;
      matched += before < elsewhere ? 1 : 0;
      counts[gram] = before + 1;
    }
    for (const gram of grams) {
      counts[gram] = 0;
    }
    if (grams.length > 0) {
      logs[text] =
        (logs[text] ?? 0) + Math.log((matched === 0 ? ALMOST_NONE : matched) / grams.length);
      used[text] = (used[text] ?? 0) + 1;
    }
  });
}

/** For each n-gram its highest count in a text, that text, and the highest count in the others. */
function highest({ texts, kinds }: Grams) {
  const most = new Int32Array(kinds);
  const holder = new Int32Array(kinds).fill(-1);
  const second = new Int32Array(kinds);
  const counts = new Int32Array(kinds);
  texts.forEach((grams, text) => {
    for (const gram of grams) {
      counts[gram] = (counts[gram] ?? 0) + 1;
    }
    for (const gram of grams) {
      const count = counts[gram] ?? 0;
      counts[gram] = 0;
      if (count > (most[gram] ?? 0)) {
        second[gram] = most[gram] ?? 0;
        most[gram] = count;
        holder[gram] = text;
      } else if (count > (second[gram] ?? 0)) {
        second[gram] = count;
      }
    }
  });
  return { most, holder, second };
}

/** The penalty for being shorter than the other text closest in length. */
function brevity(length: number, lengths: readonly number[]): number {
  // The text's own length is listed once; a second listing is another text of that length.
  const at = lengthIndex(lengths, length);
  const others = [lengths[at - 1], lengths[at + 1]].filter((other) => other !== undefined);
  const closest = others.reduce((best, other) =>
    Math.abs(other - length) < Math.abs(best - length) ? other : best,
  );
  return length >= closest ? 1 : length === 0 ? 0 : Math.exp(1 - closest / length);
}

/** Where a length stands in ascending lengths. */
function lengthIndex(lengths: readonly number[], length: number): number {
  let [low, high] = [0, lengths.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lengths[middle] ?? 0) < length) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}
