/**
 * Measures canned phrasing: `tsx scripts/eval/canned.ts DATA NOVELS`. Held-out prompts with the lexicon that
 * ships; then, for each tuned source in turn, a lexicon fitted without any of it (so that neither the model nor
 * the prompts were seen), tested on that source. Base models stand beside every figure as the control.
 * Intervals are 95 % bootstrap intervals over prompts and paragraphs.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findCannedPhrases } from '../../src/core/collapse/cannedPhrase';
import {
  LEXICON_FILE,
  makeLexicon,
  parseLexicon,
  type Lexicon,
} from '../../src/core/collapse/lexicon';
import { Prose } from '../../src/core/collapse/prose';
import { classify } from '../../src/core/collapse/wordClass';
import { readLists } from '../fit/candidates';
import { chunks, isHeldOut, novels, readLines, samples, type Sample } from '../fit/corpus';
import { fitLexicon } from '../fit/lexiconFit';
import { areaOver } from './area';
import { bootstrap, shown } from './bootstrap';

const [data, novelFolder] = process.argv.slice(2);
if (data === undefined || novelFolder === undefined) {
  console.error('usage: tsx scripts/eval/canned.ts DATA NOVELS');
  process.exit(2);
}

function check(text: string, lexicon: Lexicon) {
  const prose = new Prose(text);
  return { prose, ...findCannedPhrases(prose, classify(prose), { lexicon }) };
}

function scored(list: readonly Sample[], positive: boolean, lexicon: Lexicon) {
  return list.map(({ text, group }) => ({ group, positive, score: check(text, lexicon).score }));
}

function reportAreas(title: string, test: readonly Sample[], lexicon: Lexicon): void {
  console.log(`\n${title}`);
  const human = scored(
    test.filter(({ kind }) => kind === 'human'),
    false,
    lexicon,
  );
  for (const source of new Set(test.map(({ source }) => source))) {
    const own = test.filter((sample) => sample.source === source);
    if (own[0]?.kind !== 'human') {
      const area = areaOver([...scored(own, true, lexicon), ...human]);
      const kind = (own[0]?.kind ?? '').padEnd(6);
      console.log(
        `  ${kind} ${source.padEnd(24)} n ${String(own.length).padStart(4)}  AUC ${area}`,
      );
    }
  }
}

interface Edited {
  text: string;
  final: string;
  spans: { span: string; category: string }[];
}

/** For each paragraph: words, words marked as cliché, words flagged, words both. */
function spanCounts({ text, spans }: Edited, lexicon: Lexicon): number[] {
  const { prose, flags } = check(text, lexicon);
  const marked = new Uint8Array(prose.count);
  const flagged = new Uint8Array(prose.count);
  const paint = (into: Uint8Array, start: number, end: number) => {
    for (let i = 0; i < prose.count; i++) {
      if ((prose.starts[i] ?? 0) >= start && (prose.ends[i] ?? 0) <= end) {
        into[i] = 1;
      }
    }
  };
  for (const { span, category } of spans) {
    const at = text.indexOf(span);
    if (category === 'Cliche' && at !== -1) {
      paint(marked, at, at + span.length);
    }
  }
  flags.forEach(({ start, end }) => {
    paint(flagged, start, end);
  });
  const count = (test: (i: number) => boolean) =>
    Array.from({ length: prose.count }, (_, i) => i).filter(test).length;
  return [
    prose.count,
    count((i) => marked[i] === 1),
    count((i) => flagged[i] === 1),
    count((i) => marked[i] === 1 && flagged[i] === 1),
  ];
}

function reportEdited(edited: readonly Edited[], lexicon: Lexicon): void {
  const right = edited.map(({ text, final }) => [
    check(text, lexicon).score > check(final, lexicon).score ? 1 : 0,
  ]);
  console.log(`\nEdited paragraphs (none of them used for fitting), n ${edited.length}`);
  console.log(`  draft scores above its edited version  ${shown(bootstrap(right, mean))}`);
  const counts = edited.map((paragraph) => [spanCounts(paragraph, lexicon)]);
  const sum = (rows: readonly (readonly number[])[], column: number) =>
    rows.reduce((total, row) => total + (row[column] ?? 0), 0);
  const recall = bootstrap(counts, (rows) => sum(rows, 3) / sum(rows, 1));
  const lift = bootstrap(
    counts,
    (rows) => sum(rows, 3) / sum(rows, 2) / (sum(rows, 1) / sum(rows, 0)),
  );
  console.log(`  cliché words: recall ${shown(recall)}  lift ${shown(lift)}`);
}

function mean(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0) / values.length;
}

function reportNovels(list: readonly Sample[], lexicon: Lexicon): void {
  const pages = list.flatMap(({ text }) => chunks(text).filter((_, i) => i % 10 === 5));
  const found = pages.map((page) => check(page, lexicon).flags.length);
  const over = found.filter((n) => n > 2).length / found.length;
  console.log(
    `\nHuman novels by authors kept out, ${pages.length} stretches of 200 words: ` +
      `${mean(found).toFixed(3)} flags each, more than two in ${(100 * over).toFixed(2)} %`,
  );
}

const [stories, books] = [await samples(data), await novels(novelFolder)];
const lists = await readLists(data);
const shipped = parseLexicon(
  await readFile(new URL(`../../media/${LEXICON_FILE}`, import.meta.url)),
);
const test = stories.filter(isHeldOut);
const train = [...stories, ...books].filter((sample) => !isHeldOut(sample));
const novelTest = books.filter(isHeldOut).flatMap((sample) =>
  chunks(sample.text)
    .slice(5, 10)
    .map((text) => ({ ...sample, text })),
);

reportAreas('Shipped lexicon, held-out prompts', [...test, ...novelTest], shipped);
for (const source of [
  'gpt-3.5-turbo',
  'gemma-3-27b-it',
  'gpt-5-mini-2025-08-07',
  'kimi-k2-0905',
  'mistral-nemo',
]) {
  const without = fitLexicon(
    train.filter((sample) => sample.source !== source && sample.source !== 'opt-2.7b'),
    lists,
  );
  const lexicon = makeLexicon(without.entries, without.calibration);
  const own = source === 'gpt-3.5-turbo' ? stories : test;
  const seen = [
    ...own.filter((s) => s.source === source),
    ...test.filter((s) => s.kind === 'base' || s.kind === 'human'),
  ];
  reportAreas(`Fitted without ${source} and opt-2.7b`, seen, lexicon);
}
reportEdited(
  (await readLines(join(data, 'edited-paragraphs.jsonl.gz'))) as unknown as Edited[],
  shipped,
);
reportNovels(books.filter(isHeldOut), shipped);
