import * as vscode from 'vscode';
import type { ShownConfidence } from '../../core/attachment/shownConfidence';
import type { Reading } from '../../core/model/certainty';
import type { Bounds } from '../../core/model/entropy';
import { formatProbability } from '../../core/model/percent';
import type { MissingReason, Run, Token } from '../../core/model/token';
import type { Bar, Rank, TokenOption } from '../../core/model/tokenDetails';
import { withSymbols } from '../../core/text/visible';
import type { DocumentSession } from '../documentSession';
import type { ConfidenceServices } from './onDemand';
import { modelNameOf, semanticsOf, wholeToken } from './shownInDraft';

/** All that is known of a token the document shows. */
export interface Looked {
  shown: ShownConfidence;
  token: Token;
  reading: Reading;
  /** Whose number it is. */
  model: string;
  /** Whether it is from before or after sampling, as far as that is known. */
  semantics: Run['semantics'];
}

/** Looks at a token with the yardstick at hand. */
export async function lookAt(
  { yardstick, steps }: ConfidenceServices,
  session: DocumentSession,
  shown: ShownConfidence,
): Promise<Looked> {
  const { text } = session.draft;
  // Taken first: the document may change while the yardstick is asked.
  const token = wholeToken(session, shown);
  const model = modelNameOf(session, shown);
  const semantics = semanticsOf(session, shown);
  await yardstick.measure(text, yardstick.unknown(text, [shown], steps.current));
  return { shown, token, model, semantics, reading: yardstick.read(text, shown, steps.current) };
}

/** What a number is of, where that matters; empty where it is the model's own, or not known. */
export function semanticsWords(semantics: Run['semantics']): string {
  return semantics === 'processed'
    ? vscode.l10n.t('After temperature and filters: what it was drawn from.')
    : '';
}

export function percentWords(probability: number): string {
  return formatProbability(probability, vscode.env.language);
}

/** How sure the model was, in words; empty for the plain step. */
export function readingWords({ step, certainty }: Reading): string {
  const { l10n } = vscode;
  switch (certainty) {
    case 'stuck':
      return l10n.t('stuck: certain where human text is open');
    case 'given':
      return l10n.t('given: the context leaves no choice');
    case null:
      return step === 'low' ? l10n.t('unlikely') : step === 'plain' ? '' : l10n.t('sure');
  }
}

export function rankWords(rank: Rank | null): string {
  const { l10n } = vscode;
  if (rank === null) {
    return '';
  }
  if (rank.is === 'below') {
    return l10n.t('less likely than the {0} listed', rank.of);
  }
  return rank.rank === 1
    ? l10n.t('first choice')
    : l10n.t('choice {0} of the {1} listed', rank.rank, rank.of);
}

/** A number that may be known only within bounds. */
export function boundsWords({ low, high }: Bounds, digits = 1): string {
  const format = new Intl.NumberFormat(vscode.env.language, { maximumFractionDigits: digits });
  const [least, most] = [format.format(low), format.format(high)];
  return least === most ? least : vscode.l10n.t('{0} to {1}', least, most);
}

/** Why a token has no probability. */
export function missingWords(reason: MissingReason | undefined): string {
  const { l10n } = vscode;
  switch (reason) {
    case 'unsupported':
      return l10n.t('This model does not tell how sure it was.');
    case 'dropped':
      return l10n.t('The probability was asked for here and did not come.');
    case 'floor':
      return l10n.t('The server sent a stand-in here instead of a probability.');
    case 'gap':
      return l10n.t('The server sent no probability for this part of the text.');
    case 'first':
      return l10n.t('Nothing stands before it, so there is nothing to expect it from.');
    case 'edited':
      return l10n.t('You changed this text, so its probability no longer holds.');
    case 'reasoning':
      return l10n.t('The model thought this and did not say it.');
    case undefined:
      return l10n.t('No probability came with this token.');
  }
}

/** A token with its white space as signs, or as bytes where it is a part of a character. */
export function optionWords({ text, hex }: Pick<TokenOption, 'text' | 'hex'>): string {
  return hex === undefined
    ? withSymbols(text) || vscode.l10n.t('part of a character')
    : vscode.l10n.t('bytes {0}', hex);
}

export function barLabel(bar: Bar): string {
  switch (bar.kind) {
    case 'rest':
      return vscode.l10n.t('{0} more', bar.count);
    case 'tail':
      return vscode.l10n.t('everything not listed');
    case 'chosen':
    case 'other':
      return optionWords(bar.option);
  }
}
