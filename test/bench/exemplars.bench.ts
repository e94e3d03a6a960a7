import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { chooseExemplars } from '../../src/core/exemplars/chooseExemplars';
import { ExemplarIndex } from '../../src/core/exemplars/exemplarIndex';
import { finish } from '../../src/core/steps';
import { withLf } from '../../src/core/text/lineEnds';
import { humanSpans } from '../../src/core/provenance/humanPassages';
import { median, processorTime, quantile, type Measure } from '../../scripts/bench/measure';

const WORDS = 1_000_000;
const ROUNDS = 30;

interface File {
  path: string;
  text: string;
}

/** The texts of a folder (`.txt`, `.md`, either gzip'd) until there are a million words; none without a folder. */
async function readFolder(folder: string | undefined): Promise<File[]> {
  const files: File[] = [];
  let words = 0;
  for (const path of folder === undefined ? [] : (await readdir(folder)).sort()) {
    if (words < WORDS && /\.(?:txt|md)(?:\.gz)?$/u.test(path) && folder !== undefined) {
      const bytes = await readFile(join(folder, path));
      const text = withLf((path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8'));
      words += text.split(/\s+/u).length;
      files.push({ path, text });
    }
  }
  return files;
}

/** Chapters of made-up sentences: as many words as a long shelf, no two paragraphs the same. */
function generated(sample: string): File[] {
  const vocabulary = [...new Set(sample.match(/[a-z]{2,}/giu))];
  const common = 'the and of to a in that it was he she with as for his her had on at but'.split(
    ' ',
  );
  let state = 1;
  const next = (limit: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  const word = () =>
    next(2) === 0 ? common[next(common.length)] : vocabulary[next(vocabulary.length)];
  const sentence = () => `${Array.from({ length: 4 + next(24) }, word).join(' ')}.`;
  const paragraph = () => Array.from({ length: 1 + next(6) }, sentence).join(' ');
  return Array.from({ length: 20 }, (_, chapter) => ({
    path: `${chapter}.md`,
    text: Array.from({ length: 900 }, paragraph).join('\n\n'),
  }));
}

function read(index: ExemplarIndex, { path, text }: File): void {
  const human = humanSpans(text, [{ start: 0, end: text.length, kind: 'human' }]);
  finish(index.update(path, text, human));
}

function timed(work: () => void): number {
  const since = processorTime();
  work();
  return processorTime() - since;
}

export async function exemplarsBench(): Promise<Measure[]> {
  const sample = await readFile(new URL('../../media/sample/draft.md', import.meta.url), 'utf8');
  const found = await readFolder(process.argv[3]);
  const files = found.length > 0 ? found : generated(sample);
  const index = new ExemplarIndex();
  const first = timed(() => files.forEach((file) => read(index, file)));
  const largest = files.reduce((a, b) => (b.text.length > a.text.length ? b : a));
  const edits = Array.from({ length: ROUNDS }, (_, i) => {
    const at = largest.text.indexOf(' ', Math.floor((largest.text.length * ((i * 37) % 97)) / 97));
    // What the editor hands over is flat.
    const text = Buffer.from(
      `${largest.text.slice(0, at)} word${i}${largest.text.slice(at)}`,
    ).toString();
    return timed(() => read(index, { path: largest.path, text }));
  });
  const passages = [...index.passages()];
  const wishes = { pinned: passages.slice(0, 2).map(({ id }) => id), excluded: new Set<string>() };
  const choices = Array.from({ length: ROUNDS }, (_, i) => {
    const source = passages[(i * 131) % passages.length]?.places[0]?.text ?? sample;
    const request = { source, before: sample.slice(0, 8000), budget: 1500 };
    return timed(() => chooseExemplars(index, request, wishes));
  });
  const words = `${Math.round(index.words / 1000)},000 words in ${passages.length} exemplars`;
  const times = (of: readonly number[]) =>
    `${median(of).toFixed(1)} ms (99 %: ${quantile(of, 0.99).toFixed(1)} ms)`;
  return [
    {
      what: 'exemplars: index of 1,000,000 words, the first time',
      budget: '≤ 3 s',
      measured: `${((first / 1000) * (WORDS / index.words)).toFixed(2)} s a million (${words})`,
      ok: (first / 1000) * (WORDS / index.words) <= 3,
    },
    {
      what: 'exemplars: index after an edit in its largest file',
      budget: '≤ 50 ms',
      measured: `${times(edits)}, file of ${Math.round(largest.text.length / 1000)} KB`,
      ok: median(edits) <= 50,
    },
    {
      what: 'exemplars: choosing',
      budget: '≤ 20 ms',
      measured: times(choices),
      ok: median(choices) <= 20,
    },
  ];
}
