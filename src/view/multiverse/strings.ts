import * as l10n from '@vscode/l10n';

/** Every string of the Multiverse view. Functions, because the language is known only once the page has loaded. */
export const strings = {
  fromCursor: () => l10n.t('From the cursor'),
  fromCursorHint: () => l10n.t('From the cursor: plot the place where the cursor is now (F)'),
  out: () => l10n.t('Out'),
  outHint: () => l10n.t('Out: one token back (Backspace)'),
  root: () => l10n.t('Root'),
  rootHint: () => l10n.t('Root: all of it again (0)'),
  ask: () => l10n.t('Ask for more'),
  askHint: () => l10n.t('Ask for more below what is enlarged (A)'),
  stop: () => l10n.t('Stop'),
  stopHint: () => l10n.t('Stop and keep what came (Esc)'),
  compare: () => l10n.t('Compare…'),
  compareHint: () => l10n.t('Compare: put a second model beside this one'),
  oneSide: () => l10n.t('One model'),
  oneSideHint: () => l10n.t('One model: take the second one away'),
  saveSvg: () => l10n.t('SVG'),
  saveSvgHint: () => l10n.t('SVG: save the picture as drawn, as SVG'),
  savePng: () => l10n.t('PNG'),
  savePngHint: () => l10n.t('PNG: save the picture as drawn, as PNG'),
  copy: () => l10n.t('Copy as text'),
  copyHint: () => l10n.t('Copy as text: an outline of what is drawn'),
  controls: () => l10n.t('Controls'),
  chooseModelHint: (label: string) => l10n.t('{0}: plot another model', label),

  cutoff: () => l10n.t('Cut-off'),
  cutoffHint: () => l10n.t('Blocks under this share of the picture are shown and not gone into'),
  requests: () => l10n.t('Requests'),
  requestsHint: () => l10n.t('Requests at most, for each model'),

  place: (document: string, line: number) => l10n.t('{0}, line {1}', document, line),
  beginning: () => l10n.t('the beginning of the draft'),
  crumbs: (label: string) => l10n.t('What is enlarged, {0}', label),
  enlarged: (times: string, bits: string) => l10n.t('×{0} · {1} bits', times, bits),
  whole: () => l10n.t('×1 · 0 bits'),
  zoomed: (token: string, times: string, bits: string) =>
    l10n.t('{0} enlarged {1} times, {2} bits.', token, times, bits),
  zoomedRoot: () => l10n.t('All of it.'),
  tree: (label: string) => l10n.t('What could come next, by {0}', label),

  block: (token: string, probability: string, path: string) =>
    l10n.t('{0}, {1} after what stands before it, {2} of all', token, probability, path),
  taken: () => l10n.t('taken in the draft'),
  open: () => l10n.t('nothing known of what follows'),
  rest: (count: number) => (count === 1 ? l10n.t('1 more') : l10n.t('{0} more', count)),
  tail: () => l10n.t('not listed'),
  tailHint: () => l10n.t('not listed by the model'),
  restHint: (count: number) =>
    count === 1
      ? l10n.t('1 more, too small to draw')
      : l10n.t('{0} more, too small to draw', count),
  noText: () => l10n.t('end of the text'),
  bits: (bits: string) => l10n.t('{0} bits', bits),
  path: (percent: string) => l10n.t('{0} of all', percent),

  empty: () => l10n.t('Nothing is stored of what could come here. Ask the model to see it.'),
  cost: (requests: string, tokens: string) =>
    l10n.t('At most {0} requests of one token each; about {1} tokens are sent.', requests, tokens),
  dollars: (amount: string) => l10n.t('About {0}.', amount),
  free: () => l10n.t('It costs nothing.'),
  noPrice: () => l10n.t('No price is known.'),
  asking: (asked: number, of: number) => l10n.t('Asking: {0} of {1}.', asked, of),
  askedDone: (asked: number) =>
    asked === 1
      ? l10n.t('1 request made; nothing is left above the cut-off.')
      : l10n.t('{0} requests made; nothing is left above the cut-off.', asked),
  askedBound: (asked: number) =>
    l10n.t('{0} requests made, as many as were allowed; more is left above the cut-off.', asked),
  askedStopped: (asked: number) => l10n.t('Stopped after {0} requests; what came is kept.', asked),
  askedFailed: () => l10n.t('What had come is kept.'),
  nothingListed: (count: number) => l10n.t('{0} answers listed nothing.', count),
  spent: (requests: string, tokens: string) =>
    l10n.t('So far: {0} requests, {1} tokens sent.', requests, tokens),
  blocks: (count: number) => l10n.t('{0} tokens known.', count),

  legend: () => l10n.t('Legend'),
  legendHeight: () => l10n.t('Height: how probable the whole path is.'),
  legendColour: () =>
    l10n.t(
      'The likeliest token keeps the colour before it: one colour is a model that is certain.',
    ),
  legendTaken: () => l10n.t('✓ and a thick border: taken in the draft.'),
  legendTail: () => l10n.t('Hatched: not listed.'),
  keys: () => l10n.t('Keys'),
};

/** What the keys do: keys, then words. */
export function keyHelp(): { keys: string; does: string }[] {
  return [
    { keys: '↑ ↓', does: l10n.t('Move among tokens at the same distance') },
    { keys: '← →', does: l10n.t('Move to the token before, or to what follows') },
    { keys: 'Home End', does: l10n.t('First and last token') },
    { keys: 'Enter', does: l10n.t('Enlarge the token you are on') },
    { keys: 'Backspace', does: l10n.t('One token back') },
    { keys: '0', does: l10n.t('All of it again') },
    { keys: 'A', does: l10n.t('Ask for more') },
    { keys: 'Esc', does: l10n.t('Stop asking, or one token back') },
    { keys: 'F', does: l10n.t('From the cursor') },
  ];
}
