import type { Distribution } from './distribution';
import type { Mixture } from './mixture';
import { alignStart, Tokenizer } from './tokenizer';
import { TRAIT } from './traits';

/** As much of the end of a text as can matter, in UTF-16 code units. */
const REACH = 800;

/** Where in the model a text ends. */
export interface Place {
  /** The states before the last token. */
  states: number[];
  /** The text of the last token; empty at the start of a text. */
  last: string;
  /** The tokens before the last, nearest last. */
  recent: number[];
}

/** Reads the end of a text. */
export function placeAt(mixture: Mixture, text: string): Place {
  const from = alignStart(text, text.length - REACH);
  const tokens = new Tokenizer().tokens(text.slice(from));
  const last = tokens.pop() ?? '';
  const states = from === 0 ? mixture.start() : mixture.blank();
  const recent = tokens.map((token) => mixture.vocabulary.find(token));
  for (const token of recent) {
    mixture.advance(states, token);
  }
  return { states, last, recent };
}

/**
 * What can stand at the end of a text whose last token may be unfinished ("riv", or a space): either
 * that token is whole and the next one follows, or it is the beginning of a longer one. Both are
 * conditioned on what is there: P(x | the last token begins with `last`).
 */
export interface Opening extends Place {
  /** The states after the last token, should it be whole. */
  after: number[];
  /** The probability that it is whole. */
  whole: number;
  /** The tokens it may be the beginning of, and their probabilities. */
  completions: readonly { token: number; text: string; probability: number }[];
}

/** The place after tokens that the model wrote itself: none of them is the beginning of a longer one. */
export function openingAfter(
  mixture: Mixture,
  distribution: Distribution,
  text: string,
  emitted: readonly string[],
): Opening {
  const opening = openingAt(mixture, distribution, text);
  const [first, ...rest] = emitted;
  if (first === undefined) {
    return opening;
  }
  const completed = opening.completions.find((completion) => completion.text === first);
  const states = [...(completed ? opening.states : opening.after)];
  const { vocabulary } = mixture;
  const known = opening.last === '' || completed ? [] : [vocabulary.find(opening.last)];
  const tokens = [
    completed?.token ?? vocabulary.find(first),
    ...rest.map((each) => vocabulary.find(each)),
  ];
  tokens.forEach((token) => mixture.advance(states, token));
  const recent = [...opening.recent, ...known, ...tokens];
  return { states: [], last: '', recent, after: states, whole: 1, completions: [] };
}

export function openingAt(mixture: Mixture, distribution: Distribution, text: string): Opening {
  const place = placeAt(mixture, text);
  const { states, last } = place;
  const after = [...states];
  if (last === '') {
    return { ...place, after, whole: 1, completions: [] };
  }
  mixture.advance(after, mixture.vocabulary.find(last));
  distribution.fill(states);
  const masses = new Float64Array(mixture.size);
  distribution.spread(masses);
  const completions: { token: number; text: string; probability: number }[] = [];
  const { vocabulary } = mixture;
  const tokens = vocabulary.longerThan(last);
  let longer = mixture.unknownBeginning(states, last, tokens);
  for (const token of tokens) {
    const probability = masses[token] ?? 0;
    longer += probability;
    const rest = vocabulary.text(token).slice(last.length);
    const withheld = (vocabulary.traitsOf(token) & TRAIT.withheld) !== 0;
    if (!withheld && !/^[\p{M}\p{Cs}\u200c\u200d]/u.test(rest)) {
      completions.push({ token, text: rest, probability });
    }
  }
  const wholeMass = Math.exp(mixture.logprob(states, last));
  const all = wholeMass + longer;
  // A text so long and strange that its probability is below all numbers: nothing is known of it.
  const scale = all > 0 ? 1 / all : 0;
  for (const completion of completions) {
    completion.probability *= scale;
  }
  completions.sort((a, b) => b.probability - a.probability || a.token - b.token);
  return { ...place, after, whole: all > 0 ? wholeMass * scale : 1, completions };
}
