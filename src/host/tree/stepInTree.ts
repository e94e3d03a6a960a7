import type { NodeId } from '../../core/tree/node';
import type { Outline } from '../../core/tree/outline';

export type Step = 'parent' | 'child' | 'next' | 'previous' | 'root';

/** The node that a step leads to; undefined where there is none. Down it goes to the latest child. */
export function stepInTree(outline: Outline, from: NodeId, step: Step): NodeId | undefined {
  switch (step) {
    case 'parent':
      return outline.parent(from)?.id;
    case 'child': {
      const children = outline.children(from);
      return children.toSorted((a, b) => b.created - a.created)[0]?.id;
    }
    case 'next':
      return outline.sibling(from, 1)?.id;
    case 'previous':
      return outline.sibling(from, -1)?.id;
    case 'root':
      return outline.ancestors(from).at(-1)?.id ?? from;
  }
}
