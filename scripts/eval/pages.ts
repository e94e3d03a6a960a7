/**
 * How many findings a page of a human novel gets: `tsx scripts/eval/pages.ts NOVELS [PAGES] [WORDS]`. Pages are
 * cut at random (always the same ones) from paragraphs of gzip'd novels, and checked the way *Check Document*
 * does. Authors are split in two by a hash: rules may be fitted on the half called `fit`, and are reported on the
 * half called `test`. Half of the pages are hard-wrapped, since many drafts are.
 */
import { readFile } from 'node:fs/promises';
import { DocumentCheck } from '../../src/core/collapse/documentCheck';
import type { Flag } from '../../src/core/collapse/flag';
import { LEXICON_FILE, parseLexicon } from '../../src/core/collapse/lexicon';
import { finish } from '../../src/core/steps';
import { shortHash } from '../../src/core/tree/hash';
import { Pronouncer } from '../../src/core/verse/pronouncer';
import { PRONUNCIATIONS, readPronunciations } from '../../src/core/verse/pronunciationFile';
import { quantile } from '../bench/measure';
import { novels } from '../fit/corpus';

const [folder, count = '200', words = '300'] = process.argv.slice(2);
if (folder === undefined) {
  console.error('usage: tsx scripts/eval/pages.ts NOVELS [PAGES] [WORDS]');
  process.exit(2);
}

const asset = (name: string) => readFile(new URL(`../../media/${name}`, import.meta.url));
const lexicon = parseLexicon(await asset(LEXICON_FILE));
const pronouncer = new Pronouncer(readPronunciations(await asset(PRONUNCIATIONS)));

/** Uniform in [0, 1), the same sequence every time (a linear congruential generator). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Paragraphs from a random one on, until they have the words of a page. */
function pageOf(text: string, random: () => number): string {
  const paragraphs = text.split(/\n{2,}/);
  let at = Math.floor(random() * paragraphs.length);
  const page: string[] = [];
  for (let n = 0; n < Number(words) && at < paragraphs.length; at++) {
    const paragraph = paragraphs[at] ?? '';
    page.push(paragraph);
    n += paragraph.split(/\s+/).length;
  }
  return page.join('\n\n');
}

function wrapped(page: string): string {
  return page.replace(/(?=[^\n]{76})([^\n]{1,75}) /g, '$1\n');
}

function report(half: string, pages: readonly string[]): void {
  const byCode = new Map<string, number>();
  const found = pages.map((page) => {
    const { flags } = finish(new DocumentCheck({ lexicon, pronouncer }).update(page));
    flags.forEach((flag) => byCode.set(nameOf(flag), (byCode.get(nameOf(flag)) ?? 0) + 1));
    return flags;
  });
  const counts = found.map((flags) => flags.length);
  const strong = found.map((flags) => flags.filter(({ severity }) => severity !== 'note').length);
  const line = (list: readonly number[]) =>
    `median ${quantile(list, 0.5)}  95 % ${quantile(list, 0.95)}  max ${Math.max(...list)}  ` +
    `over two: ${((100 * list.filter((n) => n > 2).length) / list.length).toFixed(1)} %`;
  console.log(`${half}: ${pages.length} pages of ${words} words`);
  console.log(`  all findings       ${line(counts)}`);
  console.log(`  more than notes    ${line(strong)}`);
  console.log(`  by code            ${[...byCode].map(([code, n]) => `${code} ${n}`).join(', ')}`);
  const worst = [...found].sort((a, b) => b.length - a.length).slice(0, 3);
  worst.forEach((flags) =>
    console.log(
      `  worst              ${flags
        .map((flag) => JSON.stringify(flag.evidence))
        .join(' ')
        .slice(0, 1200)}`,
    ),
  );
}

function nameOf({ code, evidence }: Flag): string {
  return 'kind' in evidence ? `${code} (${evidence.kind})` : code;
}

const works = await novels(folder);
for (const half of ['fit', 'test'] as const) {
  const isFit = (group: string) => Number.parseInt(shortHash(group).slice(0, 2), 16) % 2 === 0;
  const own = works.filter(({ group }) => isFit(group) === (half === 'fit'));
  const random = generator(half === 'fit' ? 1 : 2);
  const pages = Array.from({ length: Number(count) }, (_, i) => {
    const page = pageOf(own[Math.floor(random() * own.length)]?.text ?? '', random);
    return i % 2 === 0 ? page : wrapped(page);
  });
  report(half, pages);
}
