import * as l10n from '@vscode/l10n';

/** Strings about rewrites. */
export const rewriteStrings = {
  apply: () => l10n.t('Apply'),
  applyHint: (number: number) => l10n.t('Apply rewrite {0} in place of the passage', number),
  applyAll: () => l10n.t('Apply in place of the passage'),
  diff: () => l10n.t('Compare, then apply'),
  again: () => l10n.t('Another one instead'),
  rewriteThis: () => l10n.t('Rewrite this branch'),
  pin: () => l10n.t('Pin the passage as exemplar'),
  more: () => l10n.t('More rewrites of the passage (M)'),
  pushApart: () => l10n.t('Push apart: more rewrites, unlike those that are there (A)'),
  changes: () => l10n.t('Show what changed against the passage (I)'),
  changesIn: (number: number) => l10n.t('What changed in rewrite {0}', number),
  passage: () => l10n.t('The passage'),
  rewritesOf: () => l10n.t('Rewrites of'),
  effectHint: () => l10n.t('The numbers behind this, before and after'),
  clean: () => l10n.t('no findings'),
  rewrite: (number: number, total: number) => l10n.t('Rewrite {0} of {1}', number, total),
  strategy: (name: string) => l10n.t('strategy {0}', name),
  discarded: (number: number) => l10n.t('Thrown away on try {0}', number),
  nameOwn: () => l10n.t('Name what is yours…'),
  applied: (number: number) => l10n.t('Rewrite {0} is in the draft.', number),
};

/** Which try a rewrite is. @param number from 2 */
function tryWords(number: number): string {
  switch (number) {
    case 2:
      return l10n.t('Second try');
    case 3:
      return l10n.t('Third try');
    case 4:
      return l10n.t('Fourth try');
    default:
      return l10n.t('Try {0}', number);
  }
}

/** "Third try: says much the same as rewrite 1. (×2)" @param whys of what was thrown away, oldest first */
export function triesWords(whys: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const why of whys) {
    counts.set(why, (counts.get(why) ?? 0) + 1);
  }
  const reasons = Array.from(counts, ([why, count]) =>
    count > 1 ? l10n.t('{0} (×{1})', why, count) : why,
  );
  return l10n.t('{0}: {1}', tryWords(whys.length + 1), reasons.join(' '));
}

/** What the keys do that are for rewrites. */
export function rewriteKeyHelp(): { keys: readonly string[]; does: string }[] {
  return [
    { keys: ['B'], does: l10n.t('Rewrite the branch you are on') },
    { keys: ['I'], does: l10n.t('Of rewrites: show what changed against the passage') },
    { keys: ['H'], does: l10n.t('Of rewrites: pin the passage as an exemplar') },
  ];
}
