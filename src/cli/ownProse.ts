import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ExemplarIndex } from '../core/exemplars/exemplarIndex';
import { humanSpans } from '../core/provenance/humanPassages';
import { finish } from '../core/steps';
import { withLf } from '../core/text/lineEnds';
import { warn } from './output';
import { BadUsage } from './usage';

const PROSE = /\.(?:txt|md|markdown)$/iu;
/** A file of more bytes is no prose somebody wrote by hand. */
const LARGEST = 8 * 1024 * 1024;

/**
 * The writer's own prose in a folder, with all below it: text and Markdown files, what is hidden left out.
 * All of it counts as theirs; files that are no text are left out, with a word about each.
 * @param except a file to leave out, as a path from the folder on
 * @throws BadUsage when the folder cannot be read, or holds no such file
 */
export async function readOwnProse(folder: string, except?: string): Promise<ExemplarIndex> {
  const index = new ExemplarIndex();
  const files = await proseIn(folder);
  for (const path of files.filter((each) => each !== except)) {
    const text = await readProse(join(folder, path));
    if (text !== undefined) {
      finish(index.update(path, text, humanSpans(text, [])));
    }
  }
  if (files.length === 0) {
    throw new BadUsage(`There are no .txt or .md files in ${folder}.`);
  }
  return index;
}

/** Paths from the folder on, `/` between their parts, in order of name. */
async function proseIn(folder: string): Promise<string[]> {
  try {
    if (!(await stat(folder)).isDirectory()) {
      throw new BadUsage(`${folder} is not a folder.`);
    }
    const found = await readdir(folder, { recursive: true });
    return found
      .map((path) => path.replaceAll('\\', '/'))
      .filter((path) => PROSE.test(path) && !/(?:^|\/)\./u.test(path))
      .sort();
  } catch (error) {
    if (error instanceof BadUsage) {
      throw error;
    }
    const { code } = error as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'there is no such folder' : (code ?? String(error));
    throw new BadUsage(`Cannot read ${folder}: ${why}.`);
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
