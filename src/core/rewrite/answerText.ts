import { withoutReasoning } from '../collapse/reasoning';
import type { Span } from '../text/span';

/** How replies begin that talk about the rewrite before they give it. English only. */
const OPENER =
  /^(?:sure|certainly|of course|absolutely|okay|ok|gladly|here(?:'s| is| are| you go)|below is|rewrit|rewrote|revis|version|alternative|another|option|draft|new|the (?:rewrit|revis|passage|new)|i(?:'ve| have|'ll| will)|as requested|passage)/u;
const TOPIC =
  /\b(?:rewrit\w*|rewrote|revis\w*|reworked|reworded|rephras\w*|paraphras\w*|version|alternative|take|option|passage|paragraph|text|excerpt|attempt|variation|as requested)\b/u;
const COURTESY =
  /^(?:sure|certainly|of course|absolutely|okay|ok|gladly)(?: thing)?[!,.]? ?(?:here (?:you go|it is)[!.]?)?$/u;
/** A line that is nothing but a name for what follows: "**Rewrite**", "Version 3". */
const TITLE =
  /^(?:the )?(?:(?:rewritten|revised|new|alternative) )?(?:rewrite|rewritten|revision|version|alternative|option|take|passage|paragraph|text)(?: (?:\d+|[a-e]))?[.:]?$/u;
/** How the last paragraph begins when it talks about what was done. */
const REMARK =
  /^[\s*_([]*(?:let me know|i hope (?:this|that|it)|would you like|feel free to|note:|(?:in )?this (?:version|rewrite|revision|rewritten)|the (?:rewrite|rewritten|revised|changes)\b|i(?:'ve| have)? (?:kept|changed|tried to|rewrote|rewritten|made|removed|shifted|aimed)\b|changes:|explanation:)/iu;
const LONGEST_LINE = 200;
const MOST_LAYERS = 6;

const TAGS = /^<(rewrite|rewritten|version|passage|text|output|answer)(?:\s[^<>]*)?>/iu;
const FENCE = /^```[\w-]*[^\S\n]*\n/u;

/**
 * Where in an answer the rewrite stands: without thinking aloud, "Here is a rewrite:", a title, tags, a fence or
 * quotes around it all, and a remark after it. What the source has itself is left alone.
 */
export function rewriteIn(answer: string, source: string): Span {
  const shown = withoutReasoning(answer);
  let span = trimmed(shown, { start: 0, end: shown.length });
  for (let layer = 0; layer < MOST_LAYERS; layer++) {
    const inner = trimmed(shown, unwrapped(shown, span, source.trim()));
    if (inner.start === span.start && inner.end === span.end) {
      break;
    }
    span = inner;
  }
  return span;
}

function unwrapped(shown: string, { start, end }: Span, source: string): Span {
  const text = shown.slice(start, end);
  const head = preambleLength(text, source);
  if (head > 0) {
    return { start: start + head, end };
  }
  const wrapper = wrapperOf(text, source);
  if (wrapper !== undefined) {
    return { start: start + wrapper.before, end: end - wrapper.after };
  }
  return { start, end: end - remarkLength(text, source) };
}

function trimmed(text: string, { start, end }: Span): Span {
  const piece = text.slice(start, end);
  const lead = piece.length - piece.trimStart().length;
  return lead === piece.length
    ? { start, end: start }
    : { start: start + lead, end: start + piece.trimEnd().length };
}

/** The length of what is said before the rewrite on its first line; 0 when there is none. */
function preambleLength(text: string, source: string): number {
  const [line = ''] = text.split('\n', 1);
  const plain = plainLine(line);
  if (
    line.length > LONGEST_LINE ||
    line === text ||
    plainLine(source.split('\n', 1)[0] ?? '') === plain
  ) {
    return withColon(text, source);
  }
  const isTalk =
    TITLE.test(plain) ||
    COURTESY.test(plain) ||
    (plain.endsWith(':') && OPENER.test(plain) && TOPIC.test(plain));
  return isTalk ? line.length : withColon(text, source);
}

/** "Here is a rewrite: Rain fell." on one line: only where nothing but talk about a rewrite stands before the colon. */
function withColon(text: string, source: string): number {
  const [unit] =
    /^(?:[^:\n.]{0,30}[,!.] ?)?(?:here(?:'s|’s| is)|rewrite|rewritten|revised|version)[^:\n.]{0,60}:/iu.exec(
      text,
    ) ?? [];
  const isTalk =
    unit !== undefined &&
    /\b(?:rewrit\w*|revis\w*|reworked|rephrased|version)\b/iu.test(unit) &&
    !source.startsWith(unit);
  return isTalk ? unit.length : 0;
}

/** How much of the beginning and the end is a wrapper around all of it. */
function wrapperOf(text: string, source: string): { before: number; after: number } | undefined {
  const fence = FENCE.exec(text);
  if (fence && !source.startsWith('```')) {
    const close = /\n```$/u.exec(text);
    return { before: fence[0].length, after: close ? close[0].length : 0 };
  }
  const tag = TAGS.exec(text);
  if (tag && !source.startsWith(tag[0])) {
    const close = new RegExp(`</${tag[1] ?? ''}>$`, 'iu').exec(text);
    return { before: tag[0].length, after: close ? close[0].length : 0 };
  }
  return isQuoted(text) && !isQuoted(source) ? { before: 1, after: 1 } : undefined;
}

const QUOTES: readonly (readonly [open: string, close: string])[] = [
  ['"', '"'],
  ['“', '”'],
  ['«', '»'],
  ['„', '“'],
];

/** Whether one pair of quotes is around all of a text. */
function isQuoted(text: string): boolean {
  return QUOTES.some(([open, close]) => {
    const inner = text.slice(1, -1);
    return (
      text.length > 2 &&
      text.startsWith(open) &&
      text.endsWith(close) &&
      !inner.includes(open) &&
      !inner.includes(close)
    );
  });
}

/** The length of a last paragraph about the rewrite, the rule before it included; 0 when there is none. */
function remarkLength(text: string, source: string): number {
  const at =
    /\n[^\S\n]*\n(?:[^\S\n]*(?:-{3,}|\*{3,}|_{3,})[^\S\n]*\n\s*)?(?!.*\n[^\S\n]*\n)/su.exec(text);
  if (at === null) {
    return 0;
  }
  const last = text.slice(at.index + at[0].length);
  const ofSource = source.split(/\n\s*\n/u).at(-1) ?? '';
  return REMARK.test(last) && !REMARK.test(ofSource) ? text.length - at.index : 0;
}

function plainLine(line: string): string {
  return line
    .toLowerCase()
    .replaceAll('’', "'")
    .replace(/^[\s#*_[(]+/u, '')
    .replace(/[\s*_\])]+$/u, '')
    .replace(/[*_]+:$/u, ':');
}

/** Talk about the rewrite that could not be taken away safely. */
const META =
  /\bas an ai\b|\bhere(?:'s| is| are) (?:a|an|the|another|one|my|your|some|\w+ (?:ways|versions|options)) (?:[\w-]+ )?(?:rewrit\w*|revision|revised|versions?|alternatives?|options?)\b|\bi(?:'ve| have) (?:rewritten|revised|rephrased|reworded)\b|\b(?:original|rewritten|revised) (?:passage|text|paragraph|version|excerpt)\b|\blet me know if\b|^[\s#*_]*(?:option|version|rewrite|alternative) (?:\d+|[a-c])\b[^\n]{0,40}$/imu;

/** A phrase of a rewrite that talks about it, where the source has none such. */
export function metaTalk(text: string, source: string): string | undefined {
  const found = META.exec(text.replaceAll('’', "'"));
  return found && !META.test(source.replaceAll('’', "'")) ? found[0].trim() : undefined;
}

const REFUSAL =
  /^(?:i['’]?m (?:very |really )?sorry|sorry|i apologi[sz]e|unfortunately|i (?:can['’]?t|cannot|can not|won['’]?t|am unable to|am not able to)|i['’]m (?:unable|not able) to)\b[\s\S]{0,160}?\b(?:help (?:you )?with|assist|comply|fulfil|rewrite (?:this|that|the|it)|provide (?:a|an|this|that)|create (?:this|that)|generate|produce (?:this|that)|with (?:this|that) request|continue with)\b/iu;
const LONGEST_REFUSAL = 800;

/** Whether a model says that it will not write it, instead of writing. */
export function isRefusal(text: string, source: string): boolean {
  return text.length <= LONGEST_REFUSAL && REFUSAL.test(text) && !REFUSAL.test(source);
}
