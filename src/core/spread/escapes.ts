import type { Alternative, Token } from '../model/token';
import { whyUnpickable } from './pickable';

/**
 * Least probability of an alternative that counts as plausible, the winner left out and the others
 * renormalised: one in a hundred of what the model would say if it could not say the winner.
 */
export const PLAUSIBLE = 0.01;

/** A token with its place's alternatives and its own text. */
export type EscapeToken = Pick<Token, 'logprob' | 'alternatives'> & {
  text: string;
  /** Of the token before it; undefined at the beginning of a branch. */
  previous?: string;
};

/**
 * The most different plausible alternatives of a token. The first is the most probable one; each further one
 * is the alternative with the greatest q^¼ · d, where q is its renormalised probability and d how unlike it is
 * to the nearest of those chosen and the winner (`unlikeness`): maximal marginal relevance as a product
 * (after Carbonell & Goldstein 1998). Other spellings of one word count once.
 * @param n how many at most; fewer come back where the model sees no more plausible ways
 */
export function chooseEscapes(token: EscapeToken, n: number): Alternative[] {
  const left = candidates(token);
  const chosen: Alternative[] = [];
  const taken = [token.text];
  while (chosen.length < n) {
    const scored = left
      .filter(({ alternative }) => !taken.some((text) => sameWord(text, alternative.text)))
      .map(({ alternative, q }) => ({
        alternative,
        worth: chosen.length === 0 ? q : q ** 0.25 * nearest(alternative.text, taken),
      }));
    const best = scored.reduce<(typeof scored)[number] | undefined>(
      (a, b) => (a === undefined || b.worth > a.worth ? b : a),
      undefined,
    );
    if (best === undefined) {
      break;
    }
    chosen.push(best.alternative);
    taken.push(best.alternative.text);
  }
  return chosen;
}

/** Plausible alternatives that can be put in as text, with their share of what the winner leaves. */
function candidates({ text, previous, logprob, alternatives }: EscapeToken) {
  const others = alternatives.filter((other) => other.text !== text);
  const winner = logprob === null ? 0 : Math.exp(logprob);
  // The unseen tail counts: without it a short list would make all of its own members plausible.
  const rest = Math.max(
    1 - winner,
    others.reduce((sum, other) => sum + Math.exp(other.logprob), 0),
  );
  return others
    .map((alternative) => ({ alternative, q: Math.exp(alternative.logprob) / rest }))
    .filter(({ q }) => rest > 0 && q >= PLAUSIBLE)
    .filter(({ alternative }) => whyUnpickable(alternative.text, previous) === null)
    .filter(({ alternative }) => alternative.text.trim() !== '' || alternative.text.includes('\n'));
}

function nearest(text: string, taken: readonly string[]): number {
  return Math.min(...taken.map((other) => unlikeness(text, other)));
}

/** How unlike two tokens are, 0 to 1: half by their class, half by the letters they share (Dice of pairs). */
export function unlikeness(a: string, b: string): number {
  const kind = classOf(a) === classOf(b) ? 0 : 1;
  return (kind + 1 - dice(bare(a), bare(b))) / 2;
}

type TokenClass = 'break' | 'quote' | 'mark' | 'number' | 'function' | 'name' | 'word' | 'piece';

/** Words that carry grammar more than meaning; English, as nearly all of them are short elsewhere too. */
const FUNCTION = new Set(
  (
    'the a an and or but if of to in on at by for with from as into than then so not no nor he she it they ' +
    'we you i me him her us them his its their our your my is are was were be been had has have did do'
  ).split(' '),
);

function classOf(text: string): TokenClass {
  const word = text.trim();
  if (word === '') {
    return 'break';
  }
  if (/^["“”'‘’«»]/u.test(word)) {
    return 'quote';
  }
  if (!/[\p{L}\p{N}]/u.test(word)) {
    return 'mark';
  }
  if (/^\p{N}/u.test(word)) {
    return 'number';
  }
  if (FUNCTION.has(word.toLowerCase())) {
    return 'function';
  }
  if (!/^\s/u.test(text) && /^\p{Ll}/u.test(word)) {
    return 'piece';
  }
  return /^\p{Lu}/u.test(word) ? 'name' : 'word';
}

function sameWord(a: string, b: string): boolean {
  return a === b || (bare(a) !== '' && bare(a) === bare(b));
}

function bare(text: string): string {
  return text.trim().toLowerCase();
}

function dice(a: string, b: string): number {
  const [left, right] = [pairs(a), pairs(b)];
  if (left.length + right.length === 0) {
    return a === b ? 1 : 0;
  }
  const rest = [...right];
  const shared = left.filter((pair) => {
    const at = rest.indexOf(pair);
    if (at >= 0) {
      rest.splice(at, 1);
    }
    return at >= 0;
  });
  return (2 * shared.length) / (left.length + right.length);
}

/** Pairs of letters, the beginning of the word being one. */
function pairs(word: string): string[] {
  const letters = [' ', ...Array.from(word)];
  return letters.slice(1).map((letter, i) => (letters[i] ?? '') + letter);
}
