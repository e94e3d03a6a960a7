import * as l10n from '@vscode/l10n';
import type { LandmarkKind } from '../core/model/landmarks';
import type { Unpickable } from '../core/spread/pickable';

/** Strings about branching off, stuck places and how many futures are left. */
export const forkStrings = {
  pickHint: (word: string, percent: string) =>
    l10n.t('{0} {1}: branch here; the text there stays', word, percent),
  pickCue: () => l10n.t('Click a word, or press O, to branch here with it.'),
  othersHint: (word: string) => l10n.t('Other words in place of “{0}”', word),
  noOthers: () => l10n.t('The model listed no other words here.'),
  escape: () => l10n.t('Escape here'),
  escapeHint: () =>
    l10n.t('Escape here: other branches from the first place where it is stuck (E)'),
  escapeFrom: (sentence: string) => l10n.t('Escape here: other branches from “{0}”', sentence),
  escapeChip: () => l10n.t('Enter or click: other branches from this place.'),
  freeze: () => l10n.t('Where did it freeze?'),
  resample: () => l10n.t('Resample…'),
  resampleHint: () =>
    l10n.t('Resample: ask the model for short branches at each border; the cost is shown first'),
  picked: (word: string, percent: string, instead: string) =>
    l10n.t('“{0}” {1} in place of “{2}”', word, percent, instead),
  begins: (word: string, percent: string) => l10n.t('begins with “{0}” (p = {1})', word, percent),
  pickedFrom: (number: number) => l10n.t('from branch {0}', number),
  escaped: () => l10n.t('escaped'),
  told: () => l10n.t('beginning told, not forced'),
  borders: () => l10n.t('Futures left at each sentence'),
  byTokens: () =>
    l10n.t(
      'Ways at each open place, at least and at most: exp of the mean entropy; unseen words as bounds.',
    ),
  bySamples: () => l10n.t('Ideas among short branches asked for at each border: an estimate.'),
  atLeast: (least: string) => l10n.t('≥{0}', least),
  between: (least: string, most: string) => l10n.t('{0}–{1}', least, most),
  unknown: () => l10n.t('?'),
  border: (number: number, futures: string, sentence: string) =>
    l10n.t('{1} {2} (futures left at sentence {0})', number, futures, sentence),
  borderUnknown: (number: number, sentence: string) =>
    l10n.t('? {1} (futures left at sentence {0}: not known)', number, sentence),
  noReturn: () => l10n.t('point of no return'),
  frozenSpoken: (line: string) => l10n.t('Where it froze: {0}', line),
};

/** Why an alternative cannot begin a branch. */
export function unpickableWords(why: Unpickable): string {
  switch (why) {
    case 'part':
      return l10n.t('a piece of a character: no text alone');
    case 'end':
      return l10n.t('the end of the text');
    case 'inside':
      return l10n.t('inside a character: pick at the token before');
  }
}

/** That there is nothing more to go to. */
export function noLandmark(kind: LandmarkKind): string {
  switch (kind) {
    case 'fork':
      return l10n.t('No more forks that way: places where the model was between words.');
    case 'uncertain':
      return l10n.t('No more unlikely words that way.');
    case 'stuck':
      return l10n.t('No more stuck runs that way.');
  }
}

/** What the keys about forks do. */
export function forkKeyHelp(): { keys: readonly string[]; does: string }[] {
  return [
    { keys: ['O'], does: l10n.t('On a token: other words in its place, as new branches') },
    { keys: ['N', 'Shift+N'], does: l10n.t('Next and previous fork') },
    { keys: ['L', 'Shift+L'], does: l10n.t('Next and previous unlikely word') },
    { keys: ['K', 'Shift+K'], does: l10n.t('Next and previous stuck run') },
    { keys: ['E'], does: l10n.t('Escape: other branches from the next stuck place') },
    { keys: ['J'], does: l10n.t('Where did it freeze?') },
  ];
}
