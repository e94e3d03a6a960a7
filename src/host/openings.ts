import type * as vscode from 'vscode';
import { writeForkMark } from '../core/tree/forkMark';
import type { DocumentJournal } from '../core/tree/documentJournal';
import { MARKS } from '../core/tree/marks';
import type { BranchDelta } from '../protocol';
import { forkView } from './batchViews';
import type { Generation } from './generate';
import { openingsSetting } from './settings';

/** From which first tokens branches of a document start, and what is remembered and shown of that. */
export function openingsOf(
  document: vscode.TextDocument,
  journal: DocumentJournal,
  onGrow: (delta: BranchDelta) => void,
  onWriteError: (error: unknown) => void,
): Pick<Generation, 'openings' | 'onBegun'> {
  return {
    openings: openingsSetting(document),
    onBegun: ({ index, node }, mark) => {
      journal.recordMark(node, MARKS.fork, writeForkMark(mark)).catch(onWriteError);
      onGrow({ index, tokens: [], fork: forkView(mark, []) });
    },
  };
}
