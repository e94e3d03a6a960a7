import * as l10n from '@vscode/l10n';
import type { Finish } from '../core/model/languageModel';
import type { ConfidenceStep } from '../core/model/confidence';
import type { MissingReason } from '../core/model/token';
import type { Notice } from '../protocol';

/** Every string of the view. Functions, because the language is known only once the page has loaded. */
export const strings = {
  more: () => l10n.t('More'),
  moreHint: () => l10n.t('More branches from here (M)'),
  stop: () => l10n.t('Stop'),
  stopHint: () => l10n.t('Stop and keep what came (Esc)'),
  previousBatch: () => l10n.t('Previous batch ([)'),
  nextBatch: () => l10n.t('Next batch (])'),
  batches: () => l10n.t('Batches'),
  position: (index: number, count: number) => l10n.t('{0} of {1}', index, count),
  batchOf: (index: number, count: number) => l10n.t('Batch {0} of {1}', index, count),
  controls: () => l10n.t('Controls'),
  continuing: () => l10n.t('Continuing'),

  emptyTitle: () => l10n.t('See how your draft could go on'),
  emptyText: (key: string) =>
    l10n.t('Put the cursor where the text should go on, then press {0} or the button.', key),
  emptyMore: () => l10n.t('Continue'),

  branches: () => l10n.t('Branches'),
  branch: (number: number, total: number) => l10n.t('Branch {0} of {1}', number, total),
  insert: () => l10n.t('Insert'),
  insertHint: (number: number) => l10n.t('Insert branch {0} into the draft', number),
  copy: () => l10n.t('Copy'),
  copyHint: (number: number) => l10n.t('Copy branch {0} (C)', number),
  copiedHint: (number: number) => l10n.t('Branch {0} is copied', number),
  retry: () => l10n.t('Retry'),
  retryHint: (number: number) => l10n.t('Retry branch {0}', number),
  writing: () => l10n.t('Writing…'),
  inserted: () => l10n.t('In draft'),
  nothing: () => l10n.t('The model wrote nothing here.'),
  failed: () => l10n.t('Failed'),
  stopped: () => l10n.t('Stopped'),

  started: (count: number) =>
    count === 1 ? l10n.t('Writing 1 branch.') : l10n.t('Writing {0} branches.', count),
  someDone: (done: number, total: number) => l10n.t('{0} of {1} done.', done, total),
  finished: (count: number) =>
    count === 1 ? l10n.t('Finished: 1 branch.') : l10n.t('Finished: {0} branches.', count),
  branchFailed: (number: number) => l10n.t('Branch {0} failed.', number),
  branchInserted: (number: number) => l10n.t('Branch {0} is in the draft.', number),
  branchCopied: (number: number) => l10n.t('Branch {0} is copied.', number),

  token: () => l10n.t('token'),
  spoken: (word: string, percent: number) => l10n.t('{0}, {1} percent', word, percent),
  spokenUnder: (word: string) => l10n.t('{0}, under 1 percent', word),
  spokenMissing: (word: string) => l10n.t('{0}, no probability', word),
  space: () => l10n.t('space'),
  lineBreak: () => l10n.t('line break'),
  noText: () => l10n.t('part of a character'),
  under: (percent: string) => l10n.t('<{0}', percent),
  over: (percent: string) => l10n.t('>{0}', percent),
  firstChoice: () => l10n.t('First choice'),
  rank: (rank: number, listed: number) => l10n.t('Choice {0} of the {1} listed', rank, listed),
  belowListed: (listed: number) => l10n.t('Less likely than the {0} listed', listed),
  chosen: () => l10n.t('written'),
  moreAlternatives: (count: number) => l10n.t('{0} more', count),
  tail: () => l10n.t('not listed'),
  noAlternatives: () => l10n.t('The model listed no alternatives.'),
  noProbability: () => l10n.t('No probability'),
  legend: () => l10n.t('How sure the model was:'),
  legendFrom: (percent: string) => l10n.t('{0}+', percent),
  legendUnder: (percent: string) => l10n.t('under {0}', percent),
};

/** Why a branch ended. */
export function finishWords(finish: Finish): { label: string; hint: string } {
  switch (finish) {
    case 'stop':
      return { label: l10n.t('Ended'), hint: l10n.t('The model ended here by itself.') };
    case 'length':
      return { label: l10n.t('At limit'), hint: l10n.t('It reached the length limit.') };
    case 'cancelled':
      return { label: strings.stopped(), hint: l10n.t('Stopped; what came was kept.') };
    case 'filtered':
      return { label: l10n.t('Filtered'), hint: l10n.t('The provider cut it off.') };
  }
}

/** Why a token has no probability. */
export function missingWords(reason: MissingReason | undefined): string {
  switch (reason) {
    case 'unsupported':
      return l10n.t('This model does not tell how sure it was.');
    case 'dropped':
      return l10n.t('The probability was asked for here and did not come.');
    case 'floor':
      return l10n.t('The server sent a stand-in here instead of a probability.');
    case 'gap':
      return l10n.t('The server sent this text without a token of its own.');
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

/** A step of confidence in words; empty for the plain one. */
export function stepWords(step: ConfidenceStep): string {
  switch (step) {
    case 'surest':
      return l10n.t('all but certain');
    case 'surer':
      return l10n.t('very sure');
    case 'sure':
      return l10n.t('sure');
    case 'plain':
      return '';
    case 'low':
      return l10n.t('unlikely');
  }
}

export function severityWords(severity: Notice['severity']): string {
  switch (severity) {
    case 'info':
      return l10n.t('Note');
    case 'warning':
      return l10n.t('Warning');
    case 'error':
      return l10n.t('Error');
  }
}
