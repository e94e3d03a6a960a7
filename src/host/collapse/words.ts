import * as vscode from 'vscode';
import { describe } from '../../core/collapse/describe';
import type { Flag } from '../../core/collapse/flag';
import type { Translate } from '../../core/collapse/translate';
import type { FlagView } from '../../protocol';

/** Messages of core in the reader's language. */
export const translate: Translate = (message, args = {}) => vscode.l10n.t(message, args);

/** A finding as the cards show it. */
export function flagView(flag: Flag): FlagView {
  const { code, severity, start, end } = flag;
  return { code, severity, start, end, message: describe(flag, translate) };
}
