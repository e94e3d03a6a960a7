import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { chooseExemplars } from '../core/exemplars/chooseExemplars';
import { ExemplarIndex } from '../core/exemplars/exemplarIndex';
import type { Exemplar } from '../core/rewrite/rewriting';
import { finish } from '../core/steps';
import { withLf } from '../core/text/lineEnds';
import { warn } from './output';
import { BadUsage } from './usage';

/** Tokens of exemplars in one request at most, estimated: three or four passages. */
const BUDGET = 1500;
/** A file of more bytes is no prose somebody wrote by hand. */
const LARGEST = 8 * 1024 * 1024;
const PROSE = /\.(?:md|markdown|txt)$/iu;

/**
 * Passages of the prose in a folder, all of which counts as the writer's own, that go with a source.
 * @param file where the source stands: nothing of that file is shown
 * @throws BadUsage when the folder cannot be read
 */
export async function exemplarsFrom(
  folder: string,
  source: string,
  file: string | undefined,
): Promise<Exemplar[]> {
  const index = new ExemplarIndex();
  const own = file === undefined ? undefined : relative(folder, resolve(file));
  for (const path of await proseIn(folder)) {
    const text = path === own ? undefined : await readProse(join(folder, path));
    if (text !== undefined) {
      const start = text.length - text.trimStart().length;
      finish(index.update(path, text, [{ start, end: text.trimEnd().length }]));
    }
  }
  const chosen = chooseExemplars(
    index,
    { source, before: '', budget: BUDGET },
    { pinned: [], excluded: new Set() },
  );
  if (chosen.length === 0) {
    warn(`${folder} has no passage of 40 words or more in its .md and .txt files: no examples.`);
  }
  return chosen;
}

/** Paths in the folder and those below it, in order of name; hidden ones are left out. */
async function proseIn(folder: string): Promise<string[]> {
  try {
    const paths = await readdir(folder, { recursive: true });
    return paths.filter((path) => PROSE.test(path) && !/(?:^|[\\/])\./u.test(path)).sort();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'there is no such folder' : (code ?? String(error));
    throw new BadUsage(`Cannot read the folder ${folder}: ${why}.`);
  }
}

/** The text of a file; undefined, with a word about it, where it is none. */
async function readProse(path: string): Promise<string | undefined> {
  try {
    const { size } = await stat(path);
    if (size <= LARGEST) {
      return withLf(new TextDecoder('utf-8', { fatal: true }).decode(await readFile(path)));
    }
    warn(`${path} is left out: it is too large.`);
  } catch {
    warn(`${path} is left out: it is no readable UTF-8 text.`);
  }
  return undefined;
}
