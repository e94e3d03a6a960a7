import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { checkText } from '../../src/core/collapse/checkText';
import { LEXICON_FILE, parseLexicon } from '../../src/core/collapse/lexicon';
import { median, type Measure } from '../../scripts/bench/measure';

const media = new URL('../../media/', import.meta.url);
const MEGABYTE = 1e6;

function megabytesPerSecond(text: string, times: number, check: (text: string) => unknown): number {
  const rates = Array.from({ length: times }, () => {
    const start = performance.now();
    check(text);
    return text.length / MEGABYTE / ((performance.now() - start) / 1000);
  });
  return median(rates);
}

/** Prose of about a length, in paragraphs, out of a sample of human fiction. */
function prose(sample: string, length: number): string {
  return sample.repeat(Math.ceil(length / sample.length)).slice(0, length);
}

export async function detectorsBench(): Promise<Measure[]> {
  const lexicon = parseLexicon(await readFile(new URL(LEXICON_FILE, media)));
  const sample = await readFile(new URL('sample/draft.md', media), 'utf8');
  const text = prose(sample, 2 * MEGABYTE);
  // write-good has no types of its own.
  const writeGood = createRequire(import.meta.url)('write-good') as (text: string) => unknown[];
  const before = sample.slice(0, 2000);
  const ours = megabytesPerSecond(text, 5, (t) => checkText({ text: t, before }, { lexicon }));
  const short = sample.slice(0, 1200);
  const many = megabytesPerSecond(text, 3, () => {
    for (let at = 0; at < text.length; at += short.length) {
      checkText({ text: short }, { lexicon });
    }
  });
  const theirs = megabytesPerSecond(prose(sample, MEGABYTE / 4), 3, writeGood);
  return [
    {
      what: 'detectors of prose, one text of 2 MB',
      budget: '≥ 5 MB/s',
      measured: `${ours.toFixed(1)} MB/s`,
      ok: ours >= 5,
    },
    {
      what: 'detectors of prose, texts of 200 words',
      budget: '≥ 5 MB/s',
      measured: `${many.toFixed(1)} MB/s`,
      ok: many >= 5,
    },
    {
      what: 'write-good on the same prose, for comparison',
      budget: '–',
      measured: `${theirs.toFixed(1)} MB/s`,
      ok: true,
    },
  ];
}
