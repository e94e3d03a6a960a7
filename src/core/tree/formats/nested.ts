import { field, fieldsIn, listIn, type Fields } from './fields';
import { damaged, LIMITS, NESTED_DEPTH, tooMuch, type Loom, type LoomNode } from './loom';

/** A node of a nested file, with the number of the one it hangs from. */
export interface NestedNode {
  fields: Fields;
  parent: number | null;
}

/** The nodes of a nested tree, level by level. @throws VariorumError `bad-request` */
export function flatten(root: unknown): NestedNode[] {
  const found: NestedNode[] = [{ fields: fieldsIn(root, 'the root'), parent: null }];
  // The list grows while it is walked.
  for (const [number, { fields }] of found.entries()) {
    const children = field(fields, 'children');
    if (children !== undefined && children !== null) {
      for (const child of listIn(children, 'a node’s children')) {
        found.push({ fields: fieldsIn(child, 'a node'), parent: number });
      }
    }
    if (found.length > LIMITS.nodes) {
      throw damaged(`it has more than ${LIMITS.nodes} nodes`);
    }
  }
  return found;
}

/**
 * Nests nodes under one root; several roots hang from one without text.
 * @param make the node of the file, without its children
 * @throws VariorumError `bad-request` when it would be too deep for those who read it
 */
export function nest<T extends object>(
  { nodes }: Loom,
  make: (node: LoomNode) => T,
  empty: () => T,
): T & { children: unknown[] } {
  const made = new Map<string, T & { children: unknown[]; depth: number }>();
  const roots: object[] = [];
  for (const node of nodes) {
    const parent = made.get(node.parent ?? '');
    const depth = (parent?.depth ?? 0) + 1;
    if (depth > NESTED_DEPTH) {
      throw tooMuch(`it is more than ${NESTED_DEPTH} levels deep`);
    }
    const own = { ...make(node), children: [] as unknown[] };
    // The depth is not for the file.
    Object.defineProperty(own, 'depth', { value: depth, enumerable: false });
    made.set(node.id, own as T & { children: unknown[]; depth: number });
    (parent?.children ?? roots).push(own);
  }
  const [first] = roots;
  return roots.length === 1 && first !== undefined
    ? (first as T & { children: unknown[] })
    : { ...empty(), children: roots };
}
