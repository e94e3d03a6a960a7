import * as l10n from '@vscode/l10n';
import { CODES } from '../core/collapse/codes';
import type { FlagCode } from '../core/collapse/flag';
import type { Finish } from '../core/model/languageModel';
import type { ConfidenceStep } from '../core/model/confidence';
import type { Certainty } from '../core/model/certainty';
import type { MissingReason } from '../core/model/token';
import type { FlagView, Notice } from '../protocol';
import { forkKeyHelp } from './forkStrings';
import { rewriteKeyHelp } from './rewriteStrings';

/** Every string of the view but those of `forkStrings.ts`. Functions, because the language is known only once the page has loaded. */
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
  multiverse: () => l10n.t('Show what else could have come'),
  actionsHint: (number: number) => l10n.t('Actions on branch {0}', number),
  takeWord: () => l10n.t('Insert the first word'),
  takeSentence: () => l10n.t('Insert the first sentence'),
  takeParagraph: () => l10n.t('Insert the first paragraph'),
  takeAll: () => l10n.t('Insert all of it'),
  replaceSelection: () => l10n.t('Replace the selection'),
  diff: () => l10n.t('Compare with the draft'),
  select: () => l10n.t('Select'),
  unselect: () => l10n.t('Unselect'),
  split: () => l10n.t('An idea of its own'),
  unfold: () => l10n.t('Show the identical ones'),
  fold: () => l10n.t('Fold the identical ones'),
  selected: () => l10n.t('Selected'),
  copies: (count: number) => l10n.t('×{0}', count),
  copiesHint: (count: number, others: string) =>
    l10n.t('{0} identical branches; also {1}', count, others),
  idea: (letter: string, label: string) => l10n.t('Idea {0}: {1}', letter, label),
  totalHint: (tokens: string) => l10n.t('What this batch cost so far: {0} tokens written', tokens),
  speed: (rate: string) => l10n.t('{0} tokens/s', rate),
  findings: (count: number, titles: string) =>
    count === 1 ? l10n.t('1 finding: {0}', titles) : l10n.t('{0} findings: {1}', count, titles),
  finding: (severity: string, title: string, message: string) =>
    l10n.t('{0}, {1}: {2}', severity, title, message),
  moreFindings: (count: number) => l10n.t('+{0}', count),
  moreFindingsHint: (count: number) =>
    count === 1 ? l10n.t('Show 1 more finding') : l10n.t('Show {0} more findings', count),
  fewerFindings: () => l10n.t('Fewer'),
  foundOn: (count: number) =>
    count === 1 ? l10n.t('Findings on 1 branch.') : l10n.t('Findings on {0} branches.', count),

  ideas: () => l10n.t('Ideas'),
  measures: () => l10n.t('Numbers'),
  measuresHint: () => l10n.t('The numbers behind this estimate'),
  pushApart: () => l10n.t('Push apart'),
  pushApartHint: () => l10n.t('Push apart: ask for what these branches are not (A)'),
  askedApart: () => l10n.t('asked apart'),
  askedApartHint: () => l10n.t('Each branch was asked for what its siblings are not.'),
  askedPlain: () => l10n.t('asked plainly'),
  askedPlainHint: () => l10n.t('Each branch was asked for by itself.'),
  selectedCount: (count: number) => l10n.t('{0} selected', count),
  merge: () => l10n.t('Make them one idea'),
  mergeHint: () => l10n.t('Make them one idea (G)'),
  clearSelection: () => l10n.t('Clear'),
  foldedInto: (number: number, others: string) =>
    l10n.t('Identical branches folded into branch {0}: {1}.', number, others),

  chooseModel: () => l10n.t('Choose a model'),
  chooseModelHint: (label: string) => l10n.t('{0}: choose another model', label),
  showPrompt: () => l10n.t('Show the prompt'),
  raw: () => l10n.t('Show the text as written, with its white space (V)'),
  colours: () => l10n.t('Colour words by confidence'),
  help: () => l10n.t('Keys (?)'),
  helpTitle: () => l10n.t('Keys in this view'),
  close: () => l10n.t('Close'),
  legendDimmed: () => l10n.t('dimmed: other branches begin with it too'),
  legendShared: () => l10n.t('shaded: shared by siblings, not a probability'),

  copyHint: (number: number) => l10n.t('Copy branch {0} (C)', number),
  copiedHint: (number: number) => l10n.t('Branch {0} is copied', number),
  retry: () => l10n.t('Retry'),
  retryHint: (number: number) => l10n.t('Retry branch {0}', number),
  retryAll: () => l10n.t('Retry all'),
  enterKey: () => l10n.t('Enter the key…'),
  allFailed: (count: number) => l10n.t('All {0} branches failed.', count),
  writing: () => l10n.t('Writing…'),
  waiting: () => l10n.t('Waiting for the first words…'),
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
  moreAlone: (count: number) => l10n.t('and {0} more, one card each', count),
  moreAlternatives: (count: number) => l10n.t('{0} more', count),
  tail: () => l10n.t('not listed'),
  partOf: (hex: string) => l10n.t('bytes {0}', hex),
  entropy: (bits: string) => l10n.t('Choice here: {0} bits', bits),
  bounds: (low: string, high: string) => l10n.t('{0} to {1}', low, high),
  withoutWinner: () => l10n.t('Without the winner'),
  noAlternatives: () => l10n.t('The model listed no alternatives.'),
  noProbability: () => l10n.t('No probability'),
  legend: () => l10n.t('How sure the model was:'),
  legendFrom: (percent: string) => l10n.t('{0}+', percent),
  legendGiven: () => l10n.t('given: nothing else fits'),
  legendStuck: () => l10n.t('stuck: certain where people differ'),
  legendUnder: (percent: string) => l10n.t('under {0}', percent),
};

/** Why a branch ended. */
export function finishWords(finish: Finish): { label: string; hint: string } {
  switch (finish) {
    case 'stop':
      return { label: l10n.t('Ended'), hint: l10n.t('The model ended here by itself.') };
    case 'length':
      return { label: l10n.t('At limit'), hint: l10n.t('It reached the limit on its length.') };
    case 'cancelled':
      return { label: strings.stopped(), hint: l10n.t('Stopped; what came was kept.') };
    case 'filtered':
      return { label: l10n.t('Filtered'), hint: l10n.t('A filter of the provider cut it off.') };
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

/** What being sure means at a place; empty where there is nothing to say. */
export function certaintyWords(certainty: Certainty | null): string {
  switch (certainty) {
    case 'given':
      return l10n.t('given: the context leaves no choice');
    case 'stuck':
      return l10n.t('stuck: certain where human text is open');
    case null:
      return '';
  }
}

export function severityWords(severity: Notice['severity'] | FlagView['severity']): string {
  switch (severity) {
    case 'info':
    case 'note':
      return l10n.t('Note');
    case 'warning':
      return l10n.t('Warning');
    case 'error':
      return l10n.t('Error');
  }
}

/** A kind of finding in a few words. */
export function flagTitle(code: FlagCode): string {
  return l10n.t(CODES[code].title);
}

/** What a kind of finding means. */
export function flagExplanation(code: FlagCode): string {
  return l10n.t(CODES[code].explanation);
}

/** What the keys do: keys, then words. */
export function keyHelp(): { keys: readonly string[]; does: string }[] {
  return [
    { keys: ['1–9'], does: l10n.t('Insert that branch') },
    { keys: ['Enter'], does: l10n.t('Insert the branch you are on') },
    { keys: ['W', 'S', 'P'], does: l10n.t('Insert only its first word, sentence or paragraph') },
    { keys: ['R'], does: l10n.t('Replace the selection with it') },
    { keys: ['D'], does: l10n.t('Compare it with the draft') },
    { keys: ['C'], does: l10n.t('Copy it') },
    { keys: ['X'], does: l10n.t('Show what else could have come (Multiverse)') },
    { keys: ['T'], does: l10n.t('Try it again when it failed; of rewrites, another one instead') },
    { keys: ['F'], does: l10n.t('Show or fold identical branches') },
    { keys: ['↑', '↓', 'Home', 'End'], does: l10n.t('Move between branches') },
    { keys: ['←', '→'], does: l10n.t('Move between tokens, and see what else was likely') },
    ...forkKeyHelp(),
    ...rewriteKeyHelp(),
    { keys: ['Tab'], does: l10n.t('Buttons and findings of the branch you are on') },
    { keys: ['Space'], does: l10n.t('Select it') },
    { keys: ['G'], does: l10n.t('Make the selected branches one idea') },
    { keys: ['U'], does: l10n.t('Make it an idea of its own') },
    { keys: ['M'], does: l10n.t('More branches') },
    { keys: ['A'], does: l10n.t('Push the branches apart') },
    { keys: ['[', ']'], does: l10n.t('Previous and next batch') },
    { keys: ['V'], does: l10n.t('Text as written, with its white space') },
    { keys: ['Esc'], does: l10n.t('Close, stop and keep what came, or go back to the draft') },
    { keys: ['?'], does: l10n.t('These keys') },
  ];
}
