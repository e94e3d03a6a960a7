import type { NodeId } from '../../core/tree/node';

/**
 * What the Tree view holds: `n:` and the id of a node; `g:` a run of siblings where there are too many to
 * show at once; `e:` what lies above the part of a deep tree that is shown.
 */
export type Element = `n:${NodeId}` | `g:${number}:${NodeId}` | 'e:';

/** How many siblings stand side by side before they are put into groups of as many. */
export const GROUP_SIZE = 200;

export function nodeElement(id: NodeId): Element {
  return `n:${id}`;
}

export function groupElement(parent: NodeId, group: number): Element {
  return `g:${group}:${parent}`;
}

/** The node that an element stands for. */
export function nodeOfElement(element: unknown): NodeId | undefined {
  return typeof element === 'string' && element.startsWith('n:') ? element.slice(2) : undefined;
}

/** The group that an element stands for; an empty parent stands for the roots. */
export function groupOfElement(element: Element): { parent: NodeId; group: number } | undefined {
  const match = /^g:(\d+):(.*)$/su.exec(element);
  return match ? { group: Number(match[1]), parent: match[2] ?? '' } : undefined;
}

/** The nodes that a command of the view is about: all that are selected, if it was asked of one of them. */
export function nodesOf([first, selected]: readonly unknown[]): NodeId[] {
  const all =
    Array.isArray(selected) && selected.includes(first) ? (selected as unknown[]) : [first];
  return all.flatMap((element) => nodeOfElement(element) ?? []);
}
