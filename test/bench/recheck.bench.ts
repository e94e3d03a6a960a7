import { readFile } from 'node:fs/promises';
import { DocumentCheck } from '../../src/core/collapse/documentCheck';
import { LEXICON_FILE, parseLexicon } from '../../src/core/collapse/lexicon';
import { finish } from '../../src/core/steps';
import { Pronouncer } from '../../src/core/verse/pronouncer';
import { PRONUNCIATIONS, readPronunciations } from '../../src/core/verse/pronunciationFile';
import { processorTime, quantile, type Measure } from '../../scripts/bench/measure';

const media = new URL('../../media/', import.meta.url);
const WORDS = 100_000;
const LARGE = 10e6;
const KEYSTROKES = 200;

const asset = (name: string) => readFile(new URL(name, media));

/** A draft of about a length, no two of its pages the same. */
function draft(sample: string, length: number): string {
  let text = '';
  for (let page = 0; text.length < length; page++) {
    text += `Page ${page}.\n\n${sample}\n\n`;
  }
  return text;
}

/** Time of each check after a keystroke, at places all over the draft, in milliseconds. */
function keystrokes(document: DocumentCheck, start: string): number[] {
  let text = start;
  return Array.from({ length: KEYSTROKES }, (_, i) => {
    const at = Math.floor((text.length * ((i * 37) % 100)) / 100);
    text = `${text.slice(0, at)}${i % 10 === 0 ? '\n' : 'e'}${text.slice(at)}`;
    // What the editor hands over is flat.
    text = Buffer.from(text).toString();
    const since = processorTime();
    finish(document.update(text));
    return processorTime() - since;
  });
}

/** The longest that a check goes on between two pauses, in milliseconds, and all of it. */
function pauses(document: DocumentCheck, text: string): { longest: number; all: number } {
  const start = processorTime();
  const steps = document.update(text);
  let longest = 0;
  for (let done: boolean | undefined = false; done !== true;) {
    const since = processorTime();
    ({ done } = steps.next());
    longest = Math.max(longest, processorTime() - since);
  }
  return { longest, all: processorTime() - start };
}

export async function recheckBench(): Promise<Measure[]> {
  const lexicon = parseLexicon(await asset(LEXICON_FILE));
  const pronouncer = new Pronouncer(readPronunciations(await asset(PRONUNCIATIONS)));
  const sample = await readFile(new URL('sample/draft.md', media), 'utf8');
  const text = draft(sample, WORDS * 5.6);
  const document = new DocumentCheck({ lexicon, pronouncer });
  finish(document.update(text));
  const times = keystrokes(document, text);
  const [median, worst] = [quantile(times, 0.5), quantile(times, 0.99)];
  const large = pauses(new DocumentCheck({ lexicon, pronouncer }), draft(sample, LARGE));
  return [
    {
      what: 'findings after a keystroke, draft of 100,000 words',
      budget: '≤ 5 ms',
      measured: `${median.toFixed(1)} ms (99 %: ${worst.toFixed(1)} ms)`,
      ok: median <= 5,
    },
    {
      what: 'check of a draft of 10 MB, longest step',
      budget: '≤ 10 ms',
      measured: `${large.longest.toFixed(1)} ms (all: ${(large.all / 1000).toFixed(1)} s)`,
      ok: large.longest <= 10,
    },
  ];
}
