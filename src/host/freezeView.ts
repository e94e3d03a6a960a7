import * as vscode from 'vscode';
import {
  FROZEN_BY_SAMPLES,
  FROZEN_BY_TOKENS,
  pointOfNoReturn,
  type BorderFutures,
} from '../core/diversity/futures';
import type { FreezeView } from '../protocol';

/** Where a text froze, for the view. */
export function freezeView(by: FreezeView['by'], borders: readonly BorderFutures[]): FreezeView {
  const frozen = by === 'tokens' ? FROZEN_BY_TOKENS : FROZEN_BY_SAMPLES;
  const noReturn = pointOfNoReturn(borders, frozen);
  return {
    by,
    line: lineOf(noReturn, borders.length),
    borders: borders.map(({ sentence, futures, most }) => ({
      ...sentence,
      futures,
      ...(most === undefined ? {} : { most }),
    })),
    noReturn,
  };
}

function lineOf(noReturn: number | null, count: number): string {
  return noReturn === null
    ? vscode.l10n.t('It did not freeze: more than one future is left near its end.')
    : vscode.l10n.t(
        'Point of no return: sentence {0} of {1}. From there it goes one way.',
        noReturn + 1,
        count,
      );
}
