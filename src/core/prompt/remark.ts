/** How a chat model turns to the writer after its text. English only. */
const OPENERS = [
  'would you like',
  'do you want me',
  'want me to',
  'shall i ',
  'should i ',
  'let me know',
  'i hope this',
  'feel free to',
  'if you want',
  "if you'd like",
  'if you would like',
  'please let me know',
  'i can continue',
  'i can also',
  'note:',
  'word count',
];
/** What it then talks about: without it the paragraph is the story's own. */
const ABOUT_TEXT =
  /\b(?:continu(?:e|ing|ation)|stor(?:y|ies)|passages?|scenes?|drafts?|chapters?|manuscript|tone|style|version|revis\w+|rewrite|adjust\w*|edits?|words?|feedback|prompt|narrative)\b/u;
const LONGEST_OPENER = Math.max(...OPENERS.map(({ length }) => length));
/** White space over a line end, and a rule, if there is one. */
const BREAK = /\s*\n(?:\s*(?:-{3,}|\*{3,}|_{3,})[ \t]*(?:\n|$))?\s*/u;
const LAST_PARAGRAPH = new RegExp(`(${BREAK.source})([^\\n]*)$`, 'u');

/**
 * Where a remark to the writer begins that a reply ends in ("Would you like me to continue?"), the empty line
 * before it included; the length of the text when there is none. While more may come: where one may begin.
 */
export function remarkStart(text: string, complete: boolean): number {
  const last = LAST_PARAGRAPH.exec(text);
  if (!last) {
    return text.length;
  }
  const [, gap = '', paragraph = ''] = last;
  const said = plain(paragraph);
  const isRemark = OPENERS.some((opener) => said.startsWith(opener));
  const holds = complete
    ? isRemark && ABOUT_TEXT.test(said) && /\n\s*\n|-{3}|\*{3}|_{3}/u.test(gap)
    : isRemark ||
      /^-+$/u.test(said) ||
      (said.length < LONGEST_OPENER && OPENERS.some((opener) => opener.startsWith(said)));
  return holds ? last.index : text.length;
}

/** Lower case, straight apostrophes, without the marks that remarks are put in. A quotation mark stays: somebody speaks. */
function plain(paragraph: string): string {
  return paragraph
    .toLowerCase()
    .replaceAll('’', "'")
    .replace(/^[\s#*_[(]+/u, '');
}
