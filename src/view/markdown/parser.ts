import MarkdownIt from 'markdown-it';

/** What prose uses. The rest, links, images and HTML above all, stays the text it is. */
const RULES = [
  'blockquote',
  'fence',
  'heading',
  'hr',
  'list',
  'newline',
  'escape',
  'backticks',
  'strikethrough',
  'emphasis',
];

/** Joins escapes to the text around them, and so loses where they stood. */
const LOSSY_RULES = ['text_join'];

export function createParser() {
  return new MarkdownIt('zero', { html: false, linkify: false, typographer: false })
    .enable(RULES)
    .disable(LOSSY_RULES);
}

export type Parse = ReturnType<typeof createParser>['parse'];
export type ParsedToken = ReturnType<Parse>[number];
