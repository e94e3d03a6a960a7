/** How replies begin that talk about the text before they give it. English only. */
const OPENERS = [
  'sure',
  'certainly',
  'of course',
  'absolutely',
  'okay',
  'gladly',
  'here is',
  "here's",
  'here are',
  'below is',
  'continuing',
  'continuation',
  'the continuation',
  "let's continue",
  "i'll continue",
  'i will continue',
  'as requested',
];
/** What they talk about: without it a line with a colon is the story's own. */
const ABOUT_CONTINUING =
  /\bcontinuations?\b|\bcontinu(?:e|es|ed|ing)\b[^.]{0,40}\b(?:story|text|manuscript|passage|scene|draft)\b|\bmanuscript\b|\bexcerpt\b|\bas requested\b/u;
const ABOUT_TEXT =
  /\b(?:story|text|passage|scene|draft|next (?:part|paragraph|sentence|section|lines?))\b/u;
const COURTESY =
  /^(?:sure|certainly|of course|absolutely|okay|gladly)(?: thing)?[!,.]? ?(?:here (?:you go|it is)[!.]?)?$/u;
const LONGEST = 160;

/**
 * The length of a preamble at the beginning of a reply ("Here is the continuation:"), its line end included;
 * 0 when there is none, undefined while that is open.
 */
export function preambleLength(reply: string, complete: boolean): number | undefined {
  const line = reply.slice(0, LONGEST);
  const plain = plainText(line);
  if (!OPENERS.some((opener) => plain.startsWith(opener))) {
    const mayBegin = !complete && OPENERS.some((opener) => opener.startsWith(plain));
    return mayBegin ? undefined : 0;
  }
  const [unit, end] = /^[^:\n]*([:\n])/u.exec(line) ?? [];
  if (unit === undefined) {
    return line.length < LONGEST && !complete ? undefined : 0;
  }
  if (end === '\n') {
    return isTitle(unit) || COURTESY.test(plainText(unit)) ? unit.length : 0;
  }
  return withColon(reply, unit, complete);
}

/** @param unit the beginning of the reply up to its colon */
function withColon(reply: string, unit: string, complete: boolean): number | undefined {
  const [after = ''] = /^[*_ \t]*(?:\n|$)?/u.exec(reply.slice(unit.length)) ?? [];
  const isLast = unit.length + after.length === reply.length;
  const endsLine = after.endsWith('\n');
  if (isLast && !endsLine && !complete) {
    return undefined;
  }
  const topic = plainText(unit);
  const isPreamble =
    ABOUT_CONTINUING.test(topic) || ((endsLine || isLast) && ABOUT_TEXT.test(topic));
  return isPreamble ? unit.length + after.length : 0;
}

/** A line that is nothing but a name for what follows: "**Continuation**". */
function isTitle(line: string): boolean {
  return /^(?:the )?continuation[.:]?$/u.test(plainText(line));
}

/** Lower case, straight apostrophes, no Markdown. */
function plainText(text: string): string {
  return text
    .toLowerCase()
    .replaceAll('’', "'")
    .replace(/^[\s#*_[(]+/u, '')
    .replace(/[\s*_\])]+$/u, '');
}
