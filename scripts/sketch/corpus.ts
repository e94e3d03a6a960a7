import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';

export interface Work {
  /** The file's name without its endings. */
  name: string;
  text: string;
}

export interface Corpus {
  training: Work[];
  /** Works that training never sees. */
  development: Work[];
}

/** One work in so many goes to the development split, on average. */
const SHARE = 14;
/** Whose works overlap (collected and single editions, retold and translated tales), and with whose. */
const OVERLAPPING = new Map([
  ['andrew-lang', 'folk tales'],
  ['hans-christian-andersen', 'folk tales'],
  ['jacob-and-wilhelm-grimm', 'folk tales'],
  ['yei-theodora-ozaki', 'folk tales'],
  ['beatrix-potter', 'Potter'],
  ['frances-hodgson-burnett', 'Burnett'],
  ['h-g-wells', 'Wells'],
  ['h-p-lovecraft', 'Lovecraft'],
  ['o-henry', 'O. Henry'],
  ['p-g-wodehouse', 'Wodehouse'],
]);

/**
 * Whether a work belongs to the development split: by a hash of its name, or, where works overlap,
 * of what they have in common, so that the same story never stands on both sides.
 * @param name as `author__title`
 */
export function isDevelopment(name: string): boolean {
  const author = name.split('__')[0] ?? name;
  return fnv1a(OVERLAPPING.get(author) ?? name) % SHARE === 0;
}

/** Reads every `author__title.txt.gz` (or `.txt`) of a folder, in the order of their names. */
export async function readCorpus(folder: string): Promise<Corpus> {
  const files = (await readdir(folder)).filter((file) => /\.txt(?:\.gz)?$/u.test(file)).sort();
  const corpus: Corpus = { training: [], development: [] };
  for (const file of files) {
    const bytes = await readFile(path.join(folder, file));
    const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
    const name = file.replace(/\.txt(?:\.gz)?$/u, '');
    const work = { name, text: text.replaceAll('\r\n', '\n').trim() };
    corpus[isDevelopment(name) ? 'development' : 'training'].push(work);
  }
  return corpus;
}

/** FNV-1a, 32 bits (Fowler, Noll & Vo 1991), over UTF-16 code units. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  // The lowest bits of FNV are weak.
  return (hash ^ (hash >>> 15)) >>> 0;
}
