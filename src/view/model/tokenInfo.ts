import { confidenceStep } from '../../core/model/confidence';
import { whyUnpickable, type Unpickable } from '../../core/spread/pickable';
import type { TokenView } from '../../protocol';
import { missingWords, stepWords, strings } from '../strings';
import type { Percent } from './percent';
import { spokenText, withSymbols } from './tokenText';

/** Alternatives shown one by one; the rest of the list is one row. */
const SHOWN = 8;

/** One bar: a token that could have stood here, or a group of them. */
export interface Row {
  kind: 'chosen' | 'other' | 'rest' | 'tail';
  label: string;
  /** 0 to 1, the length of the bar. */
  share: number;
  percent: string;
  /** The number of the alternative that a branch can begin with. */
  pick?: number;
  /** Why it cannot. */
  why?: Unpickable;
}

/** What the popup says about a token. */
export interface TokenInfo {
  symbols: string;
  /** Null when missing. */
  percent: string | null;
  /** Where it stood on the model's list and how sure that is; or why there is no probability. */
  cue: string;
  rows: readonly Row[];
}

type Candidate = TokenView['alternatives'][number] & {
  isChosen: boolean;
  /** Its number in the token's list; absent for the emitted token. */
  number?: number;
};

/** @param previous text of the token before; undefined at the beginning of a branch */
export function tokenInfo(token: TokenView, percent: Percent, previous?: string): TokenInfo {
  const symbols = withSymbols(token.text) || strings.noText();
  const list = candidates(token);
  if (token.logprob === null) {
    const rows = list.length > 0 ? barsOf(list, token.tail, percent, previous) : [];
    return { symbols, percent: null, cue: missingWords(token.missing), rows };
  }
  return {
    symbols,
    percent: percent(Math.exp(token.logprob)),
    cue: cueOf(token, list),
    rows: token.alternatives.length > 0 ? barsOf(list, token.tail, percent, previous) : [],
  };
}

/** The label a screen reader says when the cursor reaches the token. */
export function spokenToken({ text, logprob }: TokenView): string {
  const word = spokenText(text);
  if (logprob === null) {
    return strings.spokenMissing(word);
  }
  const percent = Math.round(Math.exp(logprob) * 100);
  return percent < 1 ? strings.spokenUnder(word) : strings.spoken(word, percent);
}

/** The listed alternatives, most probable first, with the emitted token in its place among them. */
function candidates({ text, logprob, alternatives }: TokenView): Candidate[] {
  const at = logprob === null ? -1 : alternatives.findIndex((other) => other.text === text);
  const list: Candidate[] = alternatives.map((other, index) => ({
    ...other,
    isChosen: index === at,
    ...(index === at ? {} : { number: index }),
  }));
  if (at === -1 && logprob !== null) {
    list.push({ text, logprob, isChosen: true });
  }
  return list.sort((a, b) => b.logprob - a.logprob);
}

function cueOf(token: TokenView, list: readonly Candidate[]): string {
  const step = stepWords(confidenceStep(token.logprob));
  return [placeOf(token, list), step].filter(Boolean).join(' · ');
}

function placeOf({ text, alternatives }: TokenView, list: readonly Candidate[]): string {
  if (alternatives.length === 0) {
    return strings.noAlternatives();
  }
  const rank = list.findIndex(({ isChosen }) => isChosen) + 1;
  if (rank === 1) {
    return strings.firstChoice();
  }
  const isListed = alternatives.some((other) => other.text === text);
  return isListed
    ? strings.rank(rank, alternatives.length)
    : strings.belowListed(alternatives.length);
}

function barsOf(
  list: readonly Candidate[],
  tail: number | null,
  percent: Percent,
  previous: string | undefined,
): Row[] {
  const isShown = ({ isChosen }: Candidate, rank: number) => rank < SHOWN || isChosen;
  const rows = list.filter(isShown).map(({ text, logprob, isChosen, number }): Row => {
    const kind = isChosen ? 'chosen' : 'other';
    const row = barOf(kind, withSymbols(text) || strings.noText(), Math.exp(logprob), percent);
    const why = whyUnpickable(text, previous);
    return number === undefined ? row : { ...row, ...(why ? { why } : { pick: number }) };
  });
  const hidden = list.filter((candidate, rank) => !isShown(candidate, rank));
  if (hidden.length > 0) {
    const share = hidden.reduce((sum, { logprob }) => sum + Math.exp(logprob), 0);
    rows.push(barOf('rest', strings.moreAlternatives(hidden.length), share, percent));
  }
  if (tail !== null && tail > 0) {
    rows.push(barOf('tail', strings.tail(), tail, percent));
  }
  return rows;
}

function barOf(kind: Row['kind'], label: string, share: number, percent: Percent): Row {
  return { kind, label, share: Math.min(1, Math.max(0, share)), percent: percent(share) };
}
