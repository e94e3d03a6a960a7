import { PAIR_FEATURES, pairScore, type EndWord } from '../../src/core/verse/pairFeatures';
import type { Pronouncer } from '../../src/core/verse/pronouncer';
import { contextFeatures, pairTable, REACH, usualDistances } from '../../src/core/verse/scheme';
import { logisticRegression } from './logistic';
import { endWords, type Stanza } from './verseData';

interface Pair {
  a: EndWord;
  b: EndWord;
  rhymes: boolean;
}

/** Rounds of choosing the pronunciations that fit best, then the weights. */
const ROUNDS = 3;
const EPOCHS = 12;
const RATE = 0.3;
const RIDGE = 2e-5;
const CONTEXT_RIDGE = 1;

const rounded = (values: readonly number[]) => values.map((v) => Math.round(v * 1000) / 1000);

/**
 * Weights for `pairScore` and `schemeOf`.
 * @param unrhymed stanzas without rhyme, so that surroundings are known that speak against it
 */
export function fitRhyme(
  stanzas: readonly Stanza[],
  unrhymed: readonly Stanza[],
  pronouncer: Pronouncer,
) {
  const pair = rounded(fitPairs(pairsOf(stanzas, pronouncer)));
  const context = rounded(fitContext([...stanzas, ...unrhymed], pronouncer, pair));
  return { pair, context };
}

function pairsOf(stanzas: readonly Stanza[], pronouncer: Pronouncer): Pair[] {
  return stanzas.flatMap((stanza) => {
    const words = endWords(stanza, pronouncer);
    return words.flatMap((a, i) =>
      words.slice(i + 1, i + 1 + REACH).map((b, d) => ({
        a,
        b,
        rhymes: stanza.scheme[i] === stanza.scheme[i + 1 + d],
      })),
    );
  });
}

/** Logistic regression over features that are 0 or 1 by AdaGrad (Duchi, Hazan & Singer 2011), in a fixed order. */
function fitPairs(pairs: readonly Pair[]): number[] {
  const weights = new Array<number>(PAIR_FEATURES).fill(0);
  // To begin with, of several pronunciations those are compared that sound the same.
  [2, 4, 5, 6, 7, 8, 9].forEach((feature) => (weights[feature] = 3));
  for (let round = 0; round < ROUNDS; round++) {
    const examples = pairs.map(({ a, b, rhymes }) => {
      const features: number[] = [];
      pairScore(a, b, weights, features);
      return { features, rhymes };
    });
    descend(examples, weights);
  }
  return weights;
}

function descend(
  examples: readonly { features: number[]; rhymes: boolean }[],
  weights: number[],
): void {
  const squares = new Float64Array(weights.length).fill(1);
  // A stride without a common divisor visits all, neighbours far apart.
  const stride = 7919;
  for (let step = 0; step < EPOCHS * examples.length; step++) {
    const { features, rhymes } = examples[(step * stride) % examples.length] ?? {
      features: [],
      rhymes: false,
    };
    const logit = features.reduce((sum, feature) => sum + (weights[feature] ?? 0), 0);
    const error = (rhymes ? 1 : 0) - 1 / (1 + Math.exp(-logit));
    for (const feature of features) {
      const slope = error - RIDGE * (weights[feature] ?? 0);
      squares[feature] = (squares[feature] ?? 1) + slope * slope;
      weights[feature] =
        (weights[feature] ?? 0) + (RATE * slope) / Math.sqrt(squares[feature] ?? 1);
    }
  }
}

function fitContext(
  stanzas: readonly Stanza[],
  pronouncer: Pronouncer,
  weights: readonly number[],
): number[] {
  const examples = stanzas.flatMap((stanza) => {
    const words = endWords(stanza, pronouncer);
    const table = pairTable(words, weights);
    const usual = usualDistances(table, 0, words.length);
    return words.flatMap((_, i) =>
      words.slice(i + 1, i + 1 + REACH).map((__, d) => ({
        x: contextFeatures(table, i, d + 1, usual),
        y: stanza.scheme[i] === stanza.scheme[i + 1 + d],
      })),
    );
  });
  return logisticRegression(examples, CONTEXT_RIDGE);
}
