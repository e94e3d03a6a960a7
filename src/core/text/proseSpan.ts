import { sentencesOf } from '../diversity/futures';
import type { Span } from './span';

/** What begins a line of Markdown and is no part of what it says: quotes, bullets, numbers, headings. */
const LINE_MARK =
  /^[^\S\n]*(?:>[^\S\n]?|[-*+][^\S\n]+(?:\[[ xX]\][^\S\n]+)?|\d{1,9}[.)][^\S\n]+|#{1,6}[^\S\n]+)+/u;
const BLANK_LINE = /\n[^\S\n]*(?=\n)/gu;

/**
 * The sentence at a place: of two that meet there the one that begins. After the last one of a paragraph that
 * one; on a blank line the last one before it. Undefined where there is no text.
 * @param text line ends LF
 * @param at UTF-16 offset, 0 to `text.length`
 */
export function sentenceAt(text: string, at: number): Span | undefined {
  const block = blockAt(text, at);
  const inside = text.slice(block.start, block.end);
  const sentences = sentencesOf(inside).map(({ start, end }) =>
    proseIn(text, { start: block.start + start, end: block.start + end }),
  );
  const found =
    sentences.find(({ start, end }) => start <= at && at < end) ??
    sentences.findLast(({ end }) => end <= at) ??
    sentences[0];
  return found && found.start < found.end ? found : undefined;
}

/**
 * A stretch without the white space around it and, where it is a single paragraph, without the Markdown mark
 * before its first word: those stay as they are. Empty where nothing else is in it.
 */
export function proseIn(text: string, { start, end }: Span): Span {
  const inside = text.slice(start, end);
  const from = start + (/^\s*/u.exec(inside)?.[0].length ?? 0);
  const to = Math.max(from, start + inside.trimEnd().length);
  const prose = text.slice(from, to);
  const beginsLine = text.slice(text.lastIndexOf('\n', from - 1) + 1, from).trim() === '';
  const mark = beginsLine && !prose.includes('\n') ? LINE_MARK.exec(prose)?.[0].length : undefined;
  return { start: from + (mark ?? 0), end: to };
}

/** What blank lines part: the part a place lies in; on a blank line the one before, if there is one. */
function blockAt(text: string, at: number): Span {
  const borders = Array.from(text.matchAll(BLANK_LINE), ({ index }) => index);
  const starts = [0, ...borders.map((border) => border + 1)];
  const blocks = starts
    .map((start, i) => ({ start, end: borders[i] ?? text.length }))
    .filter(({ start, end }) => text.slice(start, end).trim() !== '')
    .map(({ start, end }) => ({ start: text.slice(start).search(/\S/u) + start, end }));
  return blocks.findLast(({ start }) => start <= at) ?? blocks[0] ?? { start: 0, end: 0 };
}
