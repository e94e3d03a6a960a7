import { withLf } from '../../text/lineEnds';
import { countLosses, lossesOf, type LoomFormat } from './loom';
import { orderLoom } from './order';
import { currentPath } from './path';

/** Plain text: one way through the tree; read, it is one node. */
export const markdown: LoomFormat = {
  id: 'markdown',
  extension: 'md',
  read: ({ text, json }) => {
    if (json !== undefined || text.trim() === '' || text.includes('\0')) {
      return undefined;
    }
    const node = { id: '1', parent: null, at: 0, text: withLf(text) };
    return { loom: orderLoom([{ ...node, source: { kind: 'unknown' } }], '1'), losses: [] };
  },
  write: (loom) => {
    const { steps, beside } = currentPath(loom);
    const on = { nodes: steps.map(({ node }) => node) };
    const lost = countLosses(on, [
      'tokens',
      'sources',
      'requests',
      'bookmarks',
      'names',
      'notes',
      'times',
    ]);
    return {
      text: steps.map(({ text }) => text).join(''),
      losses: lossesOf({ branches: beside, ...lost }),
    };
  },
};
