import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** Several answers to one prompt, and which of them say the same thing. */
export interface AnswerSet {
  /** The prompt's name: sets of several models or methods share it. */
  prompt: string;
  /** Who answered and how: the file's name. */
  source: string;
  texts: readonly string[];
  /** The idea of each text. */
  partition: readonly number[];
}

/**
 * Reads `*.jsonl.gz` files of `{"id","generations":[…],"partition":[…]}` lines, the shape of NoveltyBench's
 * partitioned samples (github.com/novelty-bench/novelty-bench).
 */
export async function readAnswerSets(folder: string): Promise<AnswerSet[]> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.jsonl.gz')).sort();
  const sets: AnswerSet[] = [];
  for (const file of files) {
    const text = gunzipSync(await readFile(join(folder, file))).toString('utf8');
    for (const line of text.split('\n').filter((each) => each !== '')) {
      const { id, generations, partition } = JSON.parse(line) as {
        id: string;
        generations: string[];
        partition: number[];
      };
      const source = file.replace(/\.jsonl\.gz$/, '');
      sets.push({ prompt: id, source, texts: generations, partition });
    }
  }
  return sets;
}

/** Every third prompt, in order of name, is kept out of fitting, whoever answered it. */
export function split(sets: readonly AnswerSet[]): { fit: AnswerSet[]; heldOut: AnswerSet[] } {
  const prompts = [...new Set(sets.map(({ prompt }) => prompt))].sort();
  const held = new Set(prompts.filter((_, i) => i % 3 === 0));
  return {
    fit: sets.filter(({ prompt }) => !held.has(prompt)),
    heldOut: sets.filter(({ prompt }) => held.has(prompt)),
  };
}
