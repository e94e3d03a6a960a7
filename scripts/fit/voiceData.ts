/** What the writer's voice is fitted and measured on: passages of authors, and of models. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { Gap, Prose } from '../../src/core/collapse/prose';
import { countVoice, type VoiceCounts } from '../../src/core/voice/voiceCounts';
import { seededRandom } from '../../src/core/model/sketch/random';
import { fold, readLines } from './corpus';

/** Lengths of the passages that are judged, in words, at least. */
export const LENGTHS = [50, 100, 200, 400] as const;
/** Words of the passages that a profile is made of. */
const PROFILE_PASSAGE = 150;
/** Passages taken of each work at each length, at most. */
const MOST = 24;

/** Collections of tales by many hands. */
const NO_AUTHOR = new Set([
  ...['andrew-lang', 'joseph-jacobs', 'jacob-and-wilhelm-grimm', 'hans-christian-andersen'],
  'yei-theodora-ozaki',
]);

export interface Work {
  author: string;
  /** What a profile is made from: the first three fifths, in order. */
  early: readonly VoiceCounts[];
  /** What is judged: passages of the last quarter or so, by length. */
  late: ReadonlyMap<number, readonly VoiceCounts[]>;
}

/** Stretches of whole paragraphs from one of them on, each of at least so many words, ending with a sentence. */
function passages(prose: Prose, from: number, to: number, words: number): string[] {
  const out: string[] = [];
  let first = prose.nextBreak(from, Gap.paragraph);
  while (first + words < to) {
    const next = prose.nextBreak(first + words - 1, Gap.sentence);
    const { start, end } = prose.sentence(first, next);
    out.push(prose.text.slice(start, end));
    first = prose.nextBreak(next - 1, Gap.paragraph);
  }
  return out;
}

function sampled<T>(items: readonly T[], random: () => number): T[] {
  const left = [...items];
  return Array.from({ length: Math.min(MOST, left.length) }, () => {
    const [one] = left.splice(Math.floor(random() * left.length), 1);
    return one;
  }).filter((one) => one !== undefined);
}

export async function readWorks(folder: string): Promise<Work[]> {
  const works: Work[] = [];
  for (const name of (await readdir(folder)).filter((each) => each.endsWith('.txt.gz')).sort()) {
    const author = name.split('__')[0] ?? '';
    const text = gunzipSync(await readFile(join(folder, name))).toString('utf8');
    const prose = new Prose(text);
    if (NO_AUTHOR.has(author) || prose.count < 5000) {
      continue;
    }
    const random = seededRandom(fold(name, 1 << 30), 0);
    const [early, late] = [Math.floor(0.6 * prose.count), Math.floor(0.7 * prose.count)];
    works.push({
      author,
      early: passages(prose, 0, early, PROFILE_PASSAGE).map(countVoice),
      late: new Map(
        LENGTHS.map((length) => [
          length,
          sampled(passages(prose, late, prose.count, length), random).map(countVoice),
        ]),
      ),
    });
  }
  return works;
}

/** Beginnings of models' stories, by length and model. The last sentence may be cut. */
export async function readModels(data: string): Promise<Map<string, Map<number, VoiceCounts[]>>> {
  const found = new Map<string, Map<number, VoiceCounts[]>>();
  for (const kind of ['stories', 'creative']) {
    for (const file of (await readdir(join(data, kind))).filter((name) => name.endsWith('.gz'))) {
      for (const line of await readLines(join(data, kind, file))) {
        const source = String(line['model'] ?? line['source']);
        const text = String(line['text']).replace(/\*\*|^#.*$/gmu, '');
        const prose = new Prose(text);
        const lengths = found.get(source) ?? new Map<number, VoiceCounts[]>();
        found.set(source, lengths);
        for (const length of LENGTHS) {
          const [passage] = passages(prose, -1, prose.count, length);
          if (passage !== undefined) {
            lengths.set(length, [...(lengths.get(length) ?? []), countVoice(passage)]);
          }
        }
      }
    }
  }
  return found;
}
