import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ExemplarIndex } from '../core/exemplars/exemplarIndex';
import { humanSpans } from '../core/provenance/humanPassages';
import { finish } from '../core/steps';
import { withLf } from '../core/text/lineEnds';
import { readFileText } from './input';
import { BadUsage } from './usage';

const PROSE = /\.(?:txt|md|markdown)$/iu;

/**
 * The writer's own prose in a folder, with all below it: text and Markdown files, what is hidden left out.
 * All of it counts as theirs.
 * @throws BadUsage when the folder cannot be read, or holds no such file
 */
export async function readOwnProse(folder: string): Promise<ExemplarIndex> {
  const index = new ExemplarIndex();
  const files = await proseIn(folder);
  for (const path of files) {
    const text = withLf(await readFileText(join(folder, path)));
    finish(index.update(path, text, humanSpans(text, [])));
  }
  if (files.length === 0) {
    throw new BadUsage(`There are no .txt or .md files in ${folder}.`);
  }
  return index;
}

/** Paths from the folder on, `/` between their parts. */
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
