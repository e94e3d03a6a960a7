import * as vscode from 'vscode';
import { CODES } from '../core/collapse/codes';
import { describeFault, describeLabel } from '../core/rewrite/describeRewrite';
import type { RewriteMark } from '../core/tree/rewriteMark';
import type { RewriteView } from '../protocol';
import { translate } from './collapse/words';

/** What is known of a rewrite, worded for the view. */
export function rewriteView({ strategy, line, attempts, fault, labels }: RewriteMark): RewriteView {
  return {
    strategy,
    line,
    attempts: attempts.map(({ text, fault }) => ({ text, why: describeFault(fault, translate) })),
    ...(fault ? { fault: describeFault(fault, translate) } : {}),
    labels: labels.map((label) => describeLabel(label, translate, titleOf)),
  };
}

function titleOf(code: string): string {
  const known = Object.entries(CODES).find(([name]) => name === code);
  return known ? vscode.l10n.t(known[1].title) : code;
}
