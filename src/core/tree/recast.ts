import * as v from 'valibot';
import type { Provenance, TreeNode } from './node';

/**
 * Nodes are never rewritten. One that was split, or merged with its parent, is *recast*: others show its
 * text in its place, and what forked from it is shown to fork from them.
 */
export interface RecastPart {
  /** The node that shows `[from, to)` of the old one's text, at `at` of its own. */
  node: string;
  from: number;
  to: number;
  at: number;
}

/** A node to be recorded. `after` puts it behind the one planned before it. */
export interface PlannedNode {
  parent: TreeNode['parent'];
  at: number;
  text: string;
  source: Provenance;
}

type Part = Pick<TreeNode, 'id' | 'parent' | 'at' | 'text' | 'source'>;

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const recastSchema = v.array(v.tuple([v.string(), count, count, count]));

/** The value of a `recast` mark. */
export function toRecastMark(parts: readonly RecastPart[]): string {
  return JSON.stringify(parts.map(({ node, from, to, at }) => [node, from, to, at]));
}

/** The parts that a `recast` mark tells of; none when it is damaged. */
export function parseRecast(value: string): RecastPart[] {
  try {
    const parsed = v.safeParse(recastSchema, JSON.parse(value));
    return parsed.success
      ? parsed.output.map(([node, from, to, at]) => ({ node, from, to, at }))
      : [];
  } catch {
    return [];
  }
}

/** Where an offset of a recast node lies now. What forks at a border belongs to the end of a part. */
export function recastPlace(
  parts: readonly RecastPart[],
  offset: number,
): { node: string; at: number } | undefined {
  const part =
    parts.find(({ from, to }) => from < offset && offset <= to) ??
    parts.find(({ from }) => from === offset);
  return part && { node: part.node, at: part.at + offset - part.from };
}

/** The two halves of a node; the second forks from the end of the first. */
export function planSplit(node: Part, offset: number): readonly [PlannedNode, PlannedNode] {
  const { parent, at, text, source } = node;
  return [
    { parent, at, text: text.slice(0, offset), source },
    { parent: null, at: offset, text: text.slice(offset), source },
  ];
}

/** One node that goes through the parent to the end of the child. */
export function planMerge(parent: Part, child: Part): PlannedNode {
  return {
    parent: parent.parent,
    at: parent.at,
    text: parent.text.slice(0, child.at) + child.text,
    source: mergedSource(parent.source, child.source),
  };
}

/** Text with a model's part in it is never the writer's own. */
function mergedSource(parent: Provenance, child: Provenance): Provenance {
  if (child.kind === 'model' || child.kind === parent.kind) {
    return child;
  }
  return parent.kind === 'model' ? parent : { kind: 'unknown' };
}
