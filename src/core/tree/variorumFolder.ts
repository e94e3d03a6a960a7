import { joinPath, type Store } from './store';

/** The folder beside the draft that holds the trees of all its documents. */
export const VARIORUM_FOLDER = '.variorum';
/** Inside a document's folder: what git need not keep. */
export const CACHE_FOLDER = 'cache';

const FILES = {
  '.gitignore': [
    '# Token data: large, and its loss costs only colours. The trees themselves are worth keeping.',
    `${CACHE_FOLDER}/`,
  ],
  '.gitattributes': [
    '# Journals merge line by line: every line of both sides is kept, in any order.',
    '*.jsonl text eol=lf merge=union',
    '*.jsonl.tmp text eol=lf merge=union',
  ],
};

/**
 * Tells git how to treat the folder. Files that are there already are the writer's own and stay.
 * @param root path of the `.variorum` folder in the store
 */
export async function prepareVariorumFolder(store: Store, root: string): Promise<void> {
  for (const [name, lines] of Object.entries(FILES)) {
    const path = joinPath(root, name);
    if ((await store.read(path)) === undefined) {
      await store.write(path, new TextEncoder().encode(`${lines.join('\n')}\n`));
    }
  }
}
