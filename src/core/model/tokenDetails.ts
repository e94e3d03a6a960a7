import type { Certainty } from './certainty';
import { entropyBounds, type Bounds } from './entropy';
import { hexOf } from '../text/visible';
import type { Alternative, MissingReason, Token } from './token';

/** A token with its text spelt out. */
export interface TokenFacts {
  text: string;
  /** Natural logarithm; null when missing. */
  logprob: number | null;
  missing?: MissingReason;
  alternatives: readonly TokenOption[];
  /** Probability mass (0 to 1) not listed; null when unknown. */
  tail: number | null;
  /** Its bytes in hexadecimal ("E2 9C"), where they are a part of a character. */
  hex?: string;
}

export interface TokenOption {
  text: string;
  logprob: number;
  hex?: string;
}

/**
 * A token with its text spelt out.
 * @param text what it is a slice of
 * @param from where in the branch the text begins
 */
export function factsOf(token: Token, text: string, from = 0): TokenFacts {
  const { start, end, logprob, missing, alternatives, tail, bytes } = token;
  const own = text.slice(start - from, end - from);
  const facts: TokenFacts = { text: own, logprob, alternatives: alternatives.map(optionOf), tail };
  const hex = hexOf(own, bytes);
  if (missing !== undefined) {
    facts.missing = missing;
  }
  if (hex !== undefined) {
    facts.hex = hex;
  }
  return facts;
}

function optionOf({ text, logprob, bytes }: Alternative): TokenOption {
  const hex = hexOf(text, bytes);
  return hex === undefined ? { text, logprob } : { text, logprob, hex };
}

/** One bar: a token that could have stood here, a group of them, or all that is not listed. */
export type Bar = { share: number } & (
  | { kind: 'chosen'; option: TokenOption }
  /** `number`: its place in the list that the model gave, from 0. */
  | { kind: 'other'; option: TokenOption; number: number }
  | { kind: 'rest'; count: number }
  | { kind: 'tail' }
);

/** Where a token stood on the model's list. */
export type Rank = { is: 'listed'; rank: number; of: number } | { is: 'below'; of: number };

/** What there is to say about a token. */
export interface TokenDetails {
  /** 0 to 1; null when missing. */
  probability: number | null;
  /** Null where there is no list, or no probability. */
  rank: Rank | null;
  /** Of what could have stood here, in bits; null where too little is known. */
  entropy: Bounds | null;
  bars: readonly Bar[];
  /** At a stuck token: what the others would have without the winner, adding up to 1. */
  withoutWinner: readonly Bar[];
}

/** Alternatives shown one by one; the rest of the list is one bar. */
const SHOWN = 8;

/** What a popup says about a token: numbers and nothing that was not told by the model. */
export function tokenDetails(token: TokenFacts, certainty: Certainty | null): TokenDetails {
  const { logprob, alternatives, tail } = token;
  const list = candidates(token);
  const bars = alternatives.length > 0 ? barsOf(list, tail) : [];
  if (logprob === null) {
    return { probability: null, rank: null, entropy: null, bars, withoutWinner: [] };
  }
  return {
    probability: Math.exp(logprob),
    rank: rankOf(token, list),
    entropy: bitsOf(tokenEntropy(token)),
    bars,
    withoutWinner: certainty === 'stuck' ? withoutFirst(list, tail) : [],
  };
}

/** Bounds on the entropy of what could have stood in a token's place, in nats; null where unknown. */
export function tokenEntropy(token: TokenFacts): Bounds | null {
  const { logprob, alternatives, tail } = token;
  if (logprob === null) {
    return null;
  }
  const list = candidates(token);
  const known = list.map(({ option }) => Math.exp(option.logprob));
  // The emitted token may be listed without being among the top ones: it bounds nothing.
  const least = list.findLast(({ isChosen }) => !isChosen);
  const ceiling = alternatives.length > 0 && least ? Math.exp(least.option.logprob) : 1;
  return entropyBounds(known, tail, ceiling);
}

interface Candidate {
  option: TokenOption;
  isChosen: boolean;
  /** Its place in the list that the model gave; -1 when it is not on it. */
  number: number;
}

/** The listed alternatives, most probable first, with the emitted token in its place among them. */
function candidates({ text, hex, logprob, alternatives }: TokenFacts): Candidate[] {
  const isOwn = (other: TokenOption) => other.text === text && (other.hex ?? '') === (hex ?? '');
  const at = logprob === null ? -1 : alternatives.findIndex(isOwn);
  const list = alternatives.map((option, number): Candidate => ({
    option,
    number,
    isChosen: number === at,
  }));
  if (at === -1 && logprob !== null) {
    const option = { text, logprob, ...(hex === undefined ? {} : { hex }) };
    list.push({ option, number: -1, isChosen: true });
  }
  return list.sort((a, b) => b.option.logprob - a.option.logprob);
}

function rankOf({ alternatives }: TokenFacts, list: readonly Candidate[]): Rank | null {
  const of = alternatives.length;
  if (of === 0) {
    return null;
  }
  const rank = list.findIndex(({ isChosen }) => isChosen) + 1;
  return list.length > of && rank > of ? { is: 'below', of } : { is: 'listed', rank, of };
}

function barsOf(list: readonly Candidate[], tail: number | null): Bar[] {
  const isShown = ({ isChosen }: Candidate, rank: number) => rank < SHOWN || isChosen;
  const bars = list.filter(isShown).map(({ isChosen, option, number }): Bar => {
    const share = Math.exp(option.logprob);
    return isChosen ? { kind: 'chosen', option, share } : { kind: 'other', option, number, share };
  });
  const hidden = list.filter((candidate, rank) => !isShown(candidate, rank));
  if (hidden.length > 0) {
    const share = hidden.reduce((sum, { option }) => sum + Math.exp(option.logprob), 0);
    bars.push({ kind: 'rest', count: hidden.length, share });
  }
  if (tail !== null && tail > 0) {
    bars.push({ kind: 'tail', share: tail });
  }
  return bars;
}

/** The others, as shares of what they have together; none where nothing of them is known. */
function withoutFirst([, ...others]: readonly Candidate[], tail: number | null): Bar[] {
  const bars = barsOf(others, tail);
  const sum = bars.reduce((total, { share }) => total + share, 0);
  return others.length === 0 || sum <= 0
    ? []
    : bars.map((bar) => ({ ...bar, share: bar.share / sum }));
}

function bitsOf(nats: Bounds | null): Bounds | null {
  return nats && { low: nats.low / Math.LN2, high: nats.high / Math.LN2 };
}
