import * as vscode from 'vscode';
import type { FormatId } from '../../core/tree/formats/loom';

interface FormatName {
  label: string;
  detail: string;
}

/** What formats are called, and what they are good for. */
export function formatNames(): Record<FormatId, FormatName> {
  const { l10n } = vscode;
  return {
    jsonl: {
      label: 'JSON Lines',
      detail: l10n.t('One node a line; everything but token probabilities.'),
    },
    loomsidian: {
      label: 'loomsidian',
      detail: l10n.t(
        'For the loom of Obsidian and those that read its files: texts and bookmarks.',
      ),
    },
    pyloom: {
      label: 'Loom',
      detail: l10n.t('The first loom’s own file: texts, models, token probabilities.'),
    },
    'pyloom-simple': {
      label: l10n.t('Loom, texts only'),
      detail: l10n.t('Nested texts and nothing else.'),
    },
    miniloom: { label: 'miniloom', detail: l10n.t('Texts, models, names, times.') },
    mikupad: {
      label: 'mikupad',
      detail: l10n.t('A session: one way through the tree, with token probabilities.'),
    },
    markdown: {
      label: 'Markdown',
      detail: l10n.t('Plain text: one way through the tree.'),
    },
  };
}
