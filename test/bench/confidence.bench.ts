import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { openDocument, place } from '../../src/core/attachment/document';
import { ScoredDocument } from '../../src/core/attachment/scored';
import { shownConfidence } from '../../src/core/attachment/shownConfidence';
import { readToken } from '../../src/core/model/certainty';
import type { Token } from '../../src/core/model/token';
import { marksOf } from '../../src/host/confidence/marks';
import { median, quantile, type Measure } from '../../scripts/bench/measure';

const WORDS = 'the sea was grey that day and nobody came down to look at what it had left'.split(
  ' ',
);

/** Prose of so many tokens, a paragraph every hundred. */
function prose(tokens: number): string {
  return Array.from({ length: tokens }, (_, i) => {
    const word = WORDS[(i * 7 + Math.floor(i / 13) * 5) % WORDS.length] ?? '';
    return i % 100 === 99 ? `${word}.\n\n` : `${word} `;
  }).join('');
}

/** A token a word, each with five alternatives, as a model gives them. */
function tokensOf(text: string): Token[] {
  return [...text.matchAll(/\S+\s*/g)].map(({ 0: word, index }, i) => ({
    start: index,
    end: index + word.length,
    logprob: -((i * 37) % 100) / 40,
    alternatives: Array.from({ length: 5 }, (_, k) => ({
      text: ` ${WORDS[(i + k) % WORDS.length] ?? ''}`,
      logprob: -((i * 37) % 100) / 40 - k,
      id: 1000 + ((i + k) % WORDS.length),
    })),
    tail: 0.125,
  }));
}

function scoredOf(text: string): ScoredDocument {
  const scored = new ScoredDocument();
  const scoring = scored.begin(text, { id: 'score0000', model: 'm', label: 'M', time: 1 });
  const all = tokensOf(text);
  // As they come: in runs, of which nothing is kept but what the document keeps.
  while (all.length > 0) {
    scored.add(scoring, { semantics: 'raw', bytes: 'none', tokens: all.splice(0, 512) });
  }
  scored.end(scoring);
  return scored;
}

/** What painting 10,000 tokens costs before the editor gets its ranges. */
function firstPaint(): Measure {
  const text = prose(10_000);
  const tokens = tokensOf(text);
  const whole = { start: 0, end: text.length };
  const state = place(openDocument(text), { ...whole, node: 'b', from: 0 }, text);
  const none = { attachments: [], tokensOf: () => undefined };
  const written = { attachments: state.attachments, tokensOf: () => tokens };
  const times = Array.from({ length: 11 }, () => {
    const from = performance.now();
    const ranges: unknown[] = [];
    for (const shown of shownConfidence(written, none, whole)) {
      const { start, end, token } = shown;
      const reading = readToken(text, { start, end, logprob: token.logprob }, 5);
      marksOf({ shown, reading }, text, (mark, span) => {
        ranges.push([mark, state.lines.position(span.start), state.lines.position(span.end)]);
      });
    }
    return performance.now() - from;
  });
  const ms = times[0] ?? NaN;
  return {
    what: 'marks of 10,000 tokens, first time',
    budget: '≤ 100 ms',
    measured: `${ms.toFixed(1)} ms, then ${median(times).toFixed(1)} ms`,
    ok: ms <= 100,
  };
}

/** Following an edit where all of a document is scored, on top of following it for branches. */
function following(): Measure {
  const text = prose(100_000);
  const scored = scoredOf(text);
  let now = text;
  const times = Array.from({ length: 300 }, (_, i) => {
    const start = Math.floor((now.length * ((i * 37) % 100)) / 100);
    const change = { start, end: start, text: 'x' };
    now = `${now.slice(0, start)}x${now.slice(start)}`;
    const from = performance.now();
    scored.follow([change], 'edit', now);
    return performance.now() - from;
  });
  const ms = median(times);
  return {
    what: 'edit where 100,000 tokens are scored',
    budget: '≤ 5 ms',
    measured: `${ms.toFixed(3)} ms, 99th percentile ${quantile(times, 0.99).toFixed(1)} ms`,
    ok: ms <= 5,
  };
}

/** What the heap holds for scored tokens, their text included. */
function memory(): Measure {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const count = 100_000;
  const text = prose(count);
  const heap = () => {
    collect();
    return process.memoryUsage().heapUsed;
  };
  const before = heap();
  const scored = scoredOf(text);
  const bytes = (heap() - before) / count;
  return {
    what: 'memory of a scored token with five alternatives',
    budget: '≤ 200 bytes',
    measured: `${bytes.toFixed(0)} bytes${scored.attachments.length === 0 ? ', nothing attached' : ''}`,
    ok: bytes <= 200 && scored.attachments.length > 0,
  };
}

/** Confidence in the editor. */
export function confidenceBench(): Promise<Measure[]> {
  return Promise.resolve([firstPaint(), following(), memory()]);
}
