import { inEnglish, type Translate } from '../collapse/translate';
import type { RewriteEffect, Stock } from './effect';
import type { Fault, Label } from './rewriting';

const LONGEST_QUOTE = 60;

/** What is wrong with a candidate, in a sentence for the writer. */
export function describeFault(fault: Fault, t: Translate = inEnglish): string {
  switch (fault.kind) {
    case 'near':
      return t('Says much the same as rewrite {number}.', { number: fault.branch + 1 });
    case 'taken':
      return t('Says much the same as a version that is there already.');
    case 'unchanged':
      return t('Leaves the passage almost as it is.');
    case 'derailed':
      return t('Has come apart: it makes no sense in places.');
    case 'language':
      return t('Is in another language than the passage.');
    case 'meta':
      return t('Talks about the rewrite: “{phrase}”', { phrase: shorten(fault.phrase) });
    case 'truncated':
      return t('Breaks off before its end.');
    case 'refused':
      return t('The model would not write it: “{text}”', { text: shorten(fault.text) });
    case 'empty':
      return t('Has no text in it.');
    case 'structure':
      return t('Loses part of the Markdown: {lost}', { lost: shorten(fault.lost) });
    case 'avoided':
      return t('Has “{phrase}” again, which was to be avoided.', {
        phrase: shorten(fault.phrase),
      });
  }
}

/** What is worth knowing of a rewrite, in a sentence for the writer. @param word words a flag's code */
export function describeLabel(
  label: Label,
  t: Translate = inEnglish,
  word: (code: string) => string = (code) => code,
): string {
  if (label.kind === 'worse-flags') {
    const { before, after } = label;
    return t('More {what} than in the passage: {after} instead of {before}.', {
      what: word(label.code),
      before,
      after,
    });
  }
  const text = shorten(label.text);
  switch (label.what) {
    case 'name':
      return t('The name {text} is gone.', { text });
    case 'number':
      return t('The number {text} is gone.', { text });
    case 'quotation':
      return t('What is said is gone or changed: {text}', { text });
  }
}

/** Before and after: a line that a writer understands, and the numbers behind it, a sentence each. */
export function describeEffect(
  { before, first, after }: RewriteEffect,
  t: Translate = inEnglish,
): { line: string; details: string[] } {
  const line = t('{ideas} in {count}; {flags} in each, {were} in the passage', {
    ideas: aboutIdeas(after.modes, t),
    count: rewrites(after.texts, t),
    flags: flags(after.flags, t),
    were: one(before.flags),
  });
  const details = [
    t('Effective number of ideas: {value} of {size} (groups are right about five times in six).', {
      value: one(after.effectiveNumber),
      size: after.texts,
    }),
    t('Had the first candidates been shown: {ideas}, effective number {value}.', {
      ideas: aboutIdeas(first.modes, t),
      value: one(first.effectiveNumber),
    }),
    t(
      'Mean similarity of two rewrites: {after}; of the first candidates: {first} (0 nothing in common, 1 the same).',
      {
        after: two(after.meanSimilarity),
        first: two(first.meanSimilarity),
      },
    ),
    t('Findings a text: {after}; among the first candidates {first}, in the passage {before}.', {
      after: one(after.flags),
      first: one(first.flags),
      before: one(before.flags),
    }),
    ...(before.texts > 1
      ? [
          t('Versions that were there before: {count}, {ideas}.', {
            count: before.texts,
            ideas: aboutIdeas(before.modes, t),
          }),
        ]
      : []),
  ];
  return { line, details: [...details, ...derailedLine(after, t)] };
}

function derailedLine({ derailed, texts }: Stock, t: Translate): string[] {
  return derailed === 0
    ? []
    : [t('{derailed} of {size} have come apart; that is no diversity.', { derailed, size: texts })];
}

function aboutIdeas(count: number, t: Translate): string {
  return count === 1 ? t('about 1 idea') : t('about {count} ideas', { count });
}

function rewrites(count: number, t: Translate): string {
  return count === 1 ? t('1 rewrite') : t('{count} rewrites', { count });
}

function flags(count: number, t: Translate): string {
  return one(count) === '1' ? t('1 finding') : t('{count} findings', { count: one(count) });
}

function one(value: number): string {
  return value.toFixed(1).replace(/\.0$/u, '');
}

function two(value: number): string {
  return value.toFixed(2);
}

function shorten(text: string): string {
  const line = text.replace(/\s+/gu, ' ').trim();
  const characters = Array.from(line);
  return characters.length > LONGEST_QUOTE
    ? `${characters.slice(0, LONGEST_QUOTE).join('')}…`
    : line;
}
