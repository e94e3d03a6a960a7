import type { Change } from '../../src/core/attachment/change';
import {
  applyChanges,
  openDocument,
  place,
  sync,
  type DocumentState,
} from '../../src/core/attachment/document';
import { reanchor } from '../../src/core/attachment/reanchor';
import { shownTokens } from '../../src/core/attachment/tokens';
import type { Token } from '../../src/core/model/token';
import type { Attachment } from '../../src/core/tree/node';
import { median, quantile, type Measure } from '../../scripts/bench/measure';

const WORDS = 'the sea was grey that day and nobody came down to look at what it had left'.split(
  ' ',
);
const TOKENS = 100_000;

/** Prose of so many words, a paragraph every hundred, that nowhere repeats for long. */
function prose(words: number): string {
  let text = '';
  for (let i = 0; i < words; i++) {
    const word = WORDS[(i * 7 + Math.floor(i / 13) * 5) % WORDS.length] ?? '';
    text += i % 23 === 22 ? `${word}${i}` : word;
    text += i % 100 === 99 ? '.\n\n' : ' ';
  }
  return text;
}

function tokensOf(text: string): Token[] {
  return [...text.matchAll(/\S+\s*/g)].map(({ 0: word, index }) => ({
    start: index,
    end: index + word.length,
    logprob: -1,
    alternatives: [],
    tail: null,
  }));
}

/** The document in as many stretches of one node, with a gap of one character between them. */
function fragments(text: string, count: number): Attachment[] {
  const size = Math.floor(text.length / count);
  return Array.from({ length: count }, (_, i) => ({
    start: i * size,
    end: (i + 1) * size - (count > 1 ? 1 : 0),
    node: 'a',
    from: i * size,
  }));
}

/** Milliseconds of each of some keystrokes, here and there in the document, text upkeep included. */
function keystrokes(state: DocumentState, times: number): number[] {
  let current = state;
  return Array.from({ length: times }, (_, i) => {
    const start = Math.floor((current.text.length * ((i * 37) % 100)) / 100);
    const change: Change = {
      start,
      end: start + (i % 3 === 2 ? 1 : 0),
      text: i % 3 === 2 ? '' : 'x',
    };
    const from = performance.now();
    current = applyChanges(current, [change], 'edit');
    // The text is made flat on the next look at it: that belongs to this keystroke.
    current.text.charCodeAt(start);
    return performance.now() - from;
  });
}

function timed(times: number, work: () => unknown): number {
  return median(
    Array.from({ length: times }, () => {
      const from = performance.now();
      work();
      return performance.now() - from;
    }),
  );
}

function row(what: string, budget: number, ms: number, more = ''): Measure {
  const measured = `${ms < 1 ? ms.toFixed(3) : ms.toFixed(1)} ms${more}`;
  return { what, budget: `≤ ${budget} ms`, measured, ok: ms <= budget };
}

function typing(what: string, budget: number, state: DocumentState): Measure {
  keystrokes(state, 50);
  const times = keystrokes(state, 300);
  const tail = `, 99th percentile ${quantile(times, 0.99).toFixed(1)} ms`;
  return row(what, budget, median(times), tail);
}

/** Re-attaching after one edit and what goes with it. */
export function attachmentBench(): Promise<Measure[]> {
  const text = prose(TOKENS);
  const tokens = tokensOf(text);
  const whole = openDocument(text, fragments(text, 1));
  const pieces = openDocument(text, fragments(text, 5000));
  const big = prose(1_000_000);
  const formatted = text.replaceAll('grey', 'gray').replaceAll(' and nobody', ', nobody');
  const rows = [
    typing('edit, 100,000 tokens in one stretch', 5, whole),
    typing('edit, 100,000 tokens in 5,000 stretches', 5, pieces),
    typing('edit, 5 MB draft in 5,000 stretches', 16, openDocument(big, fragments(big, 5000))),
    row(
      'undo of select-all, delete, 5 MB',
      100,
      timed(3, () => {
        const state = openDocument(big, fragments(big, 5000));
        applyChanges(sync(state, ''), [{ start: 0, end: 0, text: big }], 'undo');
      }),
    ),
    row(
      'reload with changes all over, 100,000 tokens in 5,000 stretches',
      1000,
      timed(3, () => sync(pieces, formatted)),
    ),
    row(
      'the same text quite different',
      1000,
      timed(3, () => sync(pieces, formatted.split(' ').reverse().join(' '))),
    ),
    row(
      're-anchoring 5,000 stretches after changes nobody watched',
      1000,
      timed(3, () => reanchor(formatted, pieces.attachments, () => text)),
    ),
    row(
      'tokens of a screen out of 100,000',
      1,
      timed(100, () => {
        const range = { start: 250_000, end: 254_000 };
        return [...shownTokens(pieces.attachments, () => tokens, range)].length;
      }),
    ),
    row(
      'placing 100,000 tokens',
      5,
      timed(20, () => {
        const stretch = { start: 0, end: text.length, node: 'b', from: 0 };
        return place(pieces, stretch, text);
      }),
    ),
  ];
  return Promise.resolve(rows);
}
