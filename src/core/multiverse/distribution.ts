import type { Token } from '../model/token';

/** One thing that can come next. */
export interface Entry {
  text: string;
  /** 0 to 1, given what stands before it. */
  probability: number;
}

/** What can come next at one place: entries with different texts, most probable first, and the rest. */
export interface Distribution {
  entries: readonly Entry[];
  /** Probability mass (0 to 1) of what is not listed: entries and tail sum to 1. */
  tail: number;
}

/** Mass beyond 1 up to here is rounding; more is no distribution. */
const ROUNDING = 0.01;

/** Spaces before a word. */
const SPACES = /^[ \t]+(?=\S)/u;

/**
 * The distribution that a token was drawn from, as far as its record tells it.
 * @param text the token's text
 * @param spaceIsThere whether the draft has the space already that the listed words bring
 * @returns null where it has no probability, or what is listed adds up to more than 1
 */
export function distributionOf(
  text: string,
  token: Token,
  spaceIsThere = false,
): Distribution | null {
  if (token.logprob === null) {
    return null;
  }
  const masses = new Map<string, number>();
  for (const other of token.alternatives) {
    // Several tokens may show the same text, such as parts of characters.
    const own = spaceIsThere ? other.text.replace(SPACES, '') : other.text;
    masses.set(own, (masses.get(own) ?? 0) + Math.exp(other.logprob));
  }
  if (!masses.has(text)) {
    masses.set(text, Math.exp(token.logprob));
  }
  return normal([...masses].map(([each, probability]) => ({ text: each, probability })));
}

/**
 * Two records of the same place as one: what the first lists, and of the second what is new and fits into
 * the mass that the first leaves. Nothing listed changes.
 */
export function merged(first: Distribution, second: Distribution): Distribution {
  const known = new Set(first.entries.map(({ text }) => text));
  let { tail } = first;
  const entries = [...first.entries];
  for (const entry of second.entries) {
    if (!known.has(entry.text) && entry.probability <= tail) {
      entries.push(entry);
      tail -= entry.probability;
    }
  }
  return { entries: entries.sort(byProbability), tail };
}

function normal(entries: Entry[]): Distribution | null {
  const sum = entries.reduce((mass, { probability }) => mass + probability, 0);
  if (!(sum > 0) || sum > 1 + ROUNDING) {
    return null;
  }
  const scale = sum > 1 ? 1 / sum : 1;
  const scaled = entries.map(({ text, probability }) => ({
    text,
    probability: probability * scale,
  }));
  return { entries: scaled.sort(byProbability), tail: Math.max(0, 1 - sum * scale) };
}

function byProbability(a: Entry, b: Entry): number {
  return b.probability - a.probability || (a.text < b.text ? -1 : 1);
}
