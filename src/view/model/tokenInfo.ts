import type { Reading } from '../../core/model/certainty';
import { confidenceStep } from '../../core/model/confidence';
import type { Bounds } from '../../core/model/entropy';
import { tokenDetails, type Bar, type Rank, type TokenOption } from '../../core/model/tokenDetails';
import { whyUnpickable, type Unpickable } from '../../core/spread/pickable';
import { withSymbols } from '../../core/text/visible';
import type { TokenView } from '../../protocol';
import { certaintyWords, missingWords, stepWords, strings } from '../strings';
import type { Percent } from './percent';
import { spokenText } from './tokenText';

/** One bar: a token that could have stood here, or a group of them. */
export interface Row {
  kind: Bar['kind'];
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
  /** How much choice there was; empty when not known. */
  entropy: string;
  rows: readonly Row[];
  /** At a stuck token: the others, as if the winner were not there. */
  withoutWinner: readonly Row[];
}

/**
 * @param reading how the token is read in its place; by itself when absent
 * @param previous text of the token before; undefined at the beginning of a branch
 */
export function tokenInfo(
  token: TokenView,
  percent: Percent,
  reading: Reading = { step: confidenceStep(token.logprob), certainty: null },
  previous?: string,
): TokenInfo {
  const { probability, rank, entropy, bars, withoutWinner } = tokenDetails(
    token,
    reading.certainty,
  );
  const isKnown = probability !== null;
  return {
    symbols: labelOf(token),
    percent: isKnown ? percent(probability) : null,
    cue: isKnown ? cueOf(rank, reading) : missingWords(token.missing),
    entropy: entropy && token.alternatives.length > 0 ? strings.entropy(boundsWords(entropy)) : '',
    rows: bars.map((bar) => ({ ...rowOf(bar, percent), ...pickOf(bar, previous) })),
    withoutWinner: withoutWinner.map((bar) => rowOf(bar, percent)),
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

function cueOf(rank: Rank | null, { step, certainty }: Reading): string {
  return [rankWords(rank), stepWords(step), certaintyWords(certainty)].filter(Boolean).join(' · ');
}

function rankWords(rank: Rank | null): string {
  if (rank === null) {
    return strings.noAlternatives();
  }
  if (rank.is === 'below') {
    return strings.belowListed(rank.of);
  }
  return rank.rank === 1 ? strings.firstChoice() : strings.rank(rank.rank, rank.of);
}

function boundsWords({ low, high }: Bounds): string {
  const [least, most] = [low.toFixed(1), high.toFixed(1)];
  return least === most ? least : strings.bounds(least, most);
}

/** Whether a bar begins a branch when it is picked, or why not. */
function pickOf(bar: Bar, previous: string | undefined): Pick<Row, 'pick' | 'why'> {
  if (bar.kind !== 'other') {
    return {};
  }
  const why = whyUnpickable(bar.option.text, previous);
  return why === null ? { pick: bar.number } : { why };
}

/** Bytes where it is a part of a character; white space as signs. */
function labelOf({ text, hex }: Pick<TokenOption, 'text' | 'hex'>): string {
  return hex === undefined ? withSymbols(text) || strings.noText() : strings.partOf(hex);
}

function rowOf(bar: Bar, percent: Percent): Row {
  const share = Math.min(1, Math.max(0, bar.share));
  return { kind: bar.kind, label: barLabel(bar), share, percent: percent(bar.share) };
}

function barLabel(bar: Bar): string {
  switch (bar.kind) {
    case 'rest':
      return strings.moreAlternatives(bar.count);
    case 'tail':
      return strings.tail();
    case 'chosen':
    case 'other':
      return labelOf(bar.option);
  }
}
