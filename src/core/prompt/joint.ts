/** Spaces at the end of a line that has begun. */
const TRAILING_SPACE = /(?<=\S)[ \t]+$/u;
/** As far back as it is looked for, in UTF-16 code units. */
const NEAR = 200;

/**
 * The text before the place as it is sent to a model that goes on with it: without spaces at its end, since
 * most tokens begin with their space and after a lone one a model is lost. `cleanReply` takes the space off
 * the reply again.
 */
export function withoutTrailingSpace(before: string): string {
  const spaces = TRAILING_SPACE.exec(before.slice(-NEAR))?.[0] ?? '';
  return before.slice(0, before.length - spaces.length);
}

/** Whether `withoutTrailingSpace` left something out. */
export function endsWithSpace(before: string): boolean {
  return TRAILING_SPACE.test(before.slice(-NEAR));
}

/** Scripts that put no spaces between words, and their punctuation. */
const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\u3000-\u303f\uff00-\uffef]/u;
const AFTER = /[\p{L}\p{M}\p{N}.,;:!?…”’"'»)\]*_%]/u;
const BEFORE = /[\p{L}\p{N}"'“‘«([*_—–]/u;
/** Marks that open and close alike. */
const TWOFOLD = /["'*_]/u;

/** Whether a chat model's reply, which begins with its first word, needs a space to stand after a text. */
export function needsSpace(before: string, reply: string): boolean {
  const last = Array.from(before.slice(-2)).at(-1) ?? '';
  const [first = ''] = reply;
  if (UNSPACED.test(last) || UNSPACED.test(first) || !AFTER.test(last) || !BEFORE.test(first)) {
    return false;
  }
  const paragraph = before.slice(before.lastIndexOf('\n') + 1);
  // One that is open at the end of the text belongs to what follows; one that the reply begins with closes it.
  return !(isOpen(paragraph, last) || (last !== first && isOpen(paragraph, first)));
}

function isOpen(paragraph: string, mark: string): boolean {
  return TWOFOLD.test(mark) && mark !== "'" && paragraph.split(mark).length % 2 === 0;
}
