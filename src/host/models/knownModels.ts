import * as vscode from 'vscode';
import { summaryOf } from '../../core/model/examine/summary';
import { translate } from '../collapse/words';
import type { Examinations } from './examinations';
import type { PickerRow } from './source';

/** The line of a model with what an examination has found, and since when. */
export function withKnown(row: PickerRow, examinations: Examinations): PickerRow {
  const known = row.model === undefined ? undefined : examinations.get(row.model);
  if (known === undefined) {
    return row;
  }
  const { l10n } = vscode;
  const { examination, record, stale } = known;
  if (stale !== undefined) {
    const detail = l10n.t(
      '$(warning) Examined on {0}; the server lists other models since {1}',
      dateOf(examination.time),
      dateOf(stale),
    );
    return { ...row, detail };
  }
  const found = summaryOf(record, translate).join(' · ');
  return { ...row, detail: l10n.t('{0} (examined on {1})', found, dateOf(examination.time)) };
}

function dateOf(time: number): string {
  return new Date(time).toLocaleDateString(vscode.env.language);
}
