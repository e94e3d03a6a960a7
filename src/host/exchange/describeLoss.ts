import * as vscode from 'vscode';
import type { Loss } from '../../core/tree/formats/loom';

/** What was left out, as words for the writer. */
export function describeLoss({ code, count }: Loss): string {
  const { l10n } = vscode;
  switch (code) {
    case 'settings':
      return l10n.t('settings and keys of the other program: left out');
    case 'tokens':
      return l10n.t('token probabilities: left out of {0} nodes', count);
    case 'sources':
      return l10n.t('who wrote it: left out of {0} nodes', count);
    case 'models':
      return l10n.t('which model wrote it: left out of {0} nodes', count);
    case 'requests':
      return l10n.t('how it was asked, time and cost: left out of {0} nodes', count);
    case 'notes':
      return l10n.t('notes: {0} left out', count);
    case 'bookmarks':
      return l10n.t('bookmarks: {0} left out', count);
    case 'names':
      return l10n.t('names of nodes: {0} left out', count);
    case 'times':
      return l10n.t('times: left out of {0} nodes', count);
    case 'ratings':
      return l10n.t('ratings: {0} left out', count);
    case 'branches':
      return l10n.t('one way through the tree; {0} nodes beside it: left out', count);
    case 'forks':
      return l10n.t('nodes divided where others fork from them: {0} more', count);
    case 'hidden':
      return l10n.t('hidden nodes: {0}, shown there', count);
    case 'documents':
      return l10n.t('trees of several documents side by side: {0}', count);
  }
}

/** The losses as lines of a list; empty when there are none. */
export function describeLosses(losses: readonly Loss[]): string {
  return losses.map((loss) => `• ${describeLoss(loss)}`).join('\n');
}
