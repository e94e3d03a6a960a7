import type { Evidence, Flag, FlagCode } from './flag';
import { voiceDrift } from './describeVoice';
import { inEnglish, type Translate } from './translate';

type Words = { readonly [C in FlagCode]: (evidence: Evidence[C], t: Translate) => string };

/** One entry a code: the compiler asks for it when a code is added. */
const WORDS: Words = {
  'forced-rhyme': ({ scheme, pairs }, t) =>
    t('Rhymes although nothing asked for it: scheme {scheme} (lines {lines}).', {
      scheme: schemeLetters(scheme),
      lines: rhymingLines(pairs),
    }),
  'hackneyed-rhyme': ({ words: [first, second] }, t) =>
    t('“{first}” and “{second}” is a worn-out rhyme.', { first, second }),
  'stanza-lock': ({ stanzas, linesPerStanza }, t) =>
    t('{stanzas} stanzas, each of {lines} lines with the same beat.', {
      stanzas,
      lines: linesPerStanza,
    }),
  'canned-phrase': cannedPhrase,
  'stock-ending': ({ sentence, kind }, t) =>
    kind === 'hedge'
      ? t('Ends by not answering: “{sentence}”', { sentence: shorten(sentence) })
      : t('A stock ending: “{sentence}”', { sentence: shorten(sentence) }),
  moralising: ({ sentence }, t) =>
    t('Draws a lesson nobody asked for: “{sentence}”', { sentence: shorten(sentence) }),
  'early-exit': ({ marker, words }, t) =>
    words === 0
      ? t('Leaves the scene at once with “{marker}”.', { marker })
      : t('Leaves the scene after {words} words with “{marker}”.', { marker, words }),
  'essay-form': ({ paragraphs }, t) =>
    t('An essay of {paragraphs} paragraphs, not the story that was asked for.', { paragraphs }),
  echo: ({ share, skeleton }, t) =>
    skeleton
      ? t('Built on sentences of the passage with other words filled in ({share} of the text).', {
          share: percent(share),
        })
      : t('Repeats the passage word for word ({share} of the text).', { share: percent(share) }),
  'stuck-run': (evidence, t) => stuckRun(evidence, t),
  template: ({ part, skeleton, siblings }, t) => template(part, skeleton, siblings, t),
  'one-mode': ({ siblings, alike, label, effectiveNumber }, t) =>
    t('{alike} of {siblings} branches say much the same: “{label}”. About {ideas} ideas in all.', {
      alike,
      siblings,
      label: shorten(label),
      ideas: oneDecimal(effectiveNumber),
    }),
  attractor: ({ phrase, passages, of }, t) =>
    t('“{phrase}” came up in {passages} of {of} different passages of this workspace.', {
      phrase: shorten(phrase),
      passages,
      of,
    }),
  derailed: ({ reason }, t) => derailed(reason, t),
  'voice-drift': voiceDrift,
};

/** The message of a flag: one or two short sentences with the evidence in words. */
export function describe<C extends FlagCode>(flag: Flag<C>, t: Translate = inEnglish): string {
  const words: (evidence: Evidence[C], t: Translate) => string = WORDS[flag.code];
  return words(flag.evidence, t);
}

function stuckRun({ tokens, entropy, agreement }: Evidence['stuck-run'], t: Translate): string {
  const values = { tokens, choices: Math.max(2, Math.round(2 ** entropy)) };
  return agreement === undefined
    ? t('Sure of {tokens} tokens in a row where people choose among about {choices} words.', values)
    : t(
        'Sure of {tokens} tokens in a row where people choose among about {choices} words; {share} of the other branches write the same.',
        { ...values, share: percent(agreement) },
      );
}

function cannedPhrase(
  { phrase, ratio, kind, list }: Evidence['canned-phrase'],
  t: Translate,
): string {
  const quoted = shorten(phrase);
  switch (kind) {
    case 'list':
      return t('“{phrase}” is on your list {list}.', { phrase: quoted, list: list ?? '' });
    case 'worn':
      return t('Says nothing of its own: almost every word here is a stock word or a connective.');
    case 'pattern':
      return t(
        '“{phrase}”: tuned models use this turn about {ratio} times as often as people do.',
        {
          phrase: quoted,
          ratio: times(ratio),
        },
      );
    case 'phrase':
      return t(
        '“{phrase}”: about {ratio} times as frequent in tuned models’ fiction as in people’s.',
        {
          phrase: quoted,
          ratio: times(ratio),
        },
      );
  }
}

function template(
  part: Evidence['template']['part'],
  skeleton: string,
  siblings: number,
  t: Translate,
): string {
  const slots = { siblings, skeleton: shorten(skeleton) };
  switch (part) {
    case 'opening':
      return t('{siblings} branches open alike: “{skeleton}”', slots);
    case 'ending':
      return t('{siblings} branches end alike: “{skeleton}”', slots);
    case 'skeleton':
      return t('{siblings} branches share one skeleton with other fillings: “{skeleton}”', slots);
  }
}

function derailed(reason: Evidence['derailed']['reason'], t: Translate): string {
  switch (reason) {
    case 'loop':
      return t('Says the same words over and over.');
    case 'salad':
      return t('Words that do not hang together.');
    case 'script':
      return t('Broken characters, or letters of several scripts in one word.');
    case 'fragments':
      return t('Half words: the text has come apart into pieces.');
  }
}

const LONGEST_QUOTE = 80;

function shorten(text: string): string {
  const line = text.replace(/\s+/gu, ' ').trim();
  const characters = Array.from(line.slice(0, 4 * LONGEST_QUOTE));
  return characters.length > LONGEST_QUOTE
    ? `${characters.slice(0, LONGEST_QUOTE).join('')}…`
    : line;
}

/** 1, 2, 1, 2 as ABAB; sounds past Z as numbers; lines that rhyme with none as a dot. */
function schemeLetters(scheme: readonly number[]): string {
  const count = new Map<number, number>();
  scheme.forEach((sound) => count.set(sound, (count.get(sound) ?? 0) + 1));
  const letters = new Map<number, string>();
  return scheme
    .map((sound) => {
      if ((count.get(sound) ?? 0) < 2) {
        return '·';
      }
      const known = letters.get(sound);
      const letter = known ?? letterAt(letters.size);
      letters.set(sound, letter);
      return letter;
    })
    .join('');
}

function letterAt(index: number): string {
  return index < 26 ? String.fromCharCode(65 + index) : ` ${index + 1} `;
}

const MOST_PAIRS = 6;

/** Pairs of lines, counted from 1 as people do. */
function rhymingLines(pairs: readonly (readonly [number, number])[]): string {
  const shown = pairs.slice(0, MOST_PAIRS).map(([a, b]) => `${a + 1}–${b + 1}`);
  return shown.join(', ') + (pairs.length > MOST_PAIRS ? ', …' : '');
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}

function oneDecimal(value: number): string {
  return value.toFixed(1);
}

function times(ratio: number): string {
  return ratio >= 10 ? String(Math.round(ratio)) : ratio.toFixed(1).replace(/\.0$/u, '');
}
