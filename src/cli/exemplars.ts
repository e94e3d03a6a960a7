import { relative, resolve } from 'node:path';
import { chooseExemplars } from '../core/exemplars/chooseExemplars';
import type { Exemplar } from '../core/rewrite/rewriting';
import { warn } from './output';
import { readOwnProse } from './ownProse';

/** Tokens of exemplars in one request at most, estimated: three or four passages. */
const BUDGET = 1500;

/**
 * Passages of the prose in a folder, all of which counts as the writer's own, that go with a source.
 * @param file where the source stands: nothing of that file is shown
 * @throws BadUsage when the folder cannot be read, or holds no prose
 */
export async function exemplarsFrom(
  folder: string,
  source: string,
  file: string | undefined,
): Promise<Exemplar[]> {
  const own = file && relative(folder, resolve(file)).replaceAll('\\', '/');
  const chosen = chooseExemplars(
    await readOwnProse(folder, own),
    { source, before: '', budget: BUDGET },
    { pinned: [], excluded: new Set() },
  );
  if (chosen.length === 0) {
    warn(`${folder} has no passage of 40 words or more in its .md and .txt files: no examples.`);
  }
  return chosen;
}
