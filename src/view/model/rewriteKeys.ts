import type { Command, Keyed } from './keys';
import { hasText, isStreaming } from './state';

/** What a key means that is for rewriting; null: nothing, and it is somebody else's. */
export function rewriteCommand(key: string, branch: number | null, state: Keyed): Command | null {
  switch (key) {
    case 'b':
      return rewriteBranchCommand(state, branch);
    case 'i':
      return changesCommand(state);
    case 'h':
      return pinCommand(state, branch);
    default:
      return null;
  }
}

/** Null where the branch has no text, or is not whole. */
export function rewriteBranchCommand({ batch }: Keyed, index: number | null): Command | null {
  const branch = batch.branches.find((candidate) => candidate.index === index);
  return branch && hasText(branch) && branch.status !== 'streaming'
    ? { kind: 'do', action: { kind: 'rewrite', branch: branch.index } }
    : null;
}

/** Null where nothing was rewritten. */
export function changesCommand({ batch }: Keyed): Command | null {
  return batch.rewritten ? { kind: 'local', action: { kind: 'changes' } } : null;
}

/** Null where nothing was rewritten. */
export function pinCommand({ batch }: Keyed, index: number | null): Command | null {
  return batch.rewritten && index !== null
    ? { kind: 'do', action: { kind: 'pin', branch: index } }
    : null;
}

/** Another one in the place of a rewrite; null while any is written, or where it cannot be asked for. */
export function againCommand({ batch }: Keyed, index: number | null): Command | null {
  const isThere = batch.branches.some((branch) => branch.index === index);
  return batch.rewritten && batch.canAskAgain && isThere && index !== null && !isStreaming(batch)
    ? { kind: 'do', action: { kind: 'retry', branch: index } }
    : null;
}
