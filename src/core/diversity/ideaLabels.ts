import type { NodeId } from '../tree/node';

/** What the writer said about two branches. */
export type Verdict = 'same' | 'different';

/** One statement about a pair; a later one about the same pair takes its place. */
export interface Statement {
  pair: readonly [NodeId, NodeId];
  verdict: Verdict;
}

/** Marks that hold statements: on the lesser node of the pair, `idea:` and the other. */
const MARK = 'idea:';

/**
 * Which branches the writer said to be the same idea, and which different ones. Statements are about pairs
 * of branches, not about labels, so they hold however later groupings come out. Immutable.
 */
export class IdeaLabels {
  readonly #verdicts: ReadonlyMap<string, Verdict>;

  constructor(statements: Iterable<Statement> = []) {
    this.#verdicts = new Map(
      Array.from(statements, ({ pair, verdict }) => [keyOf(...pair), verdict]),
    );
  }

  /** Those that the marks on some nodes hold; marks of other kinds are passed over. */
  static fromMarks(marks: Iterable<readonly [NodeId, ReadonlyMap<string, string>]>): IdeaLabels {
    const statements: Statement[] = [];
    for (const [node, own] of marks) {
      for (const [mark, verdict] of own) {
        if (mark.startsWith(MARK) && (verdict === 'same' || verdict === 'different')) {
          statements.push({ pair: [node, mark.slice(MARK.length)], verdict });
        }
      }
    }
    return new IdeaLabels(statements);
  }

  /** These statements and some later ones. */
  with(statements: Iterable<Statement>): IdeaLabels {
    const all = [...this.#verdicts].map(([key, verdict]) => ({ pair: pairOf(key), verdict }));
    return new IdeaLabels([...all, ...statements]);
  }

  verdict(a: NodeId, b: NodeId): Verdict | undefined {
    return this.#verdicts.get(keyOf(a, b));
  }

  /**
   * Groups as the writer would have them: what was said to be different is parted, then what was said to be
   * the same is joined, and with it all that is in the same group.
   * @returns no group is empty
   */
  apply(groups: readonly (readonly NodeId[])[]): NodeId[][] {
    return this.#joined(groups.flatMap((group) => this.#parted(group)));
  }

  #parted(group: readonly NodeId[]): NodeId[][] {
    const parts: NodeId[][] = [];
    for (const node of group) {
      const fits = (part: readonly NodeId[]) =>
        part.every((other) => this.verdict(node, other) !== 'different');
      const part = parts.find(fits);
      if (part) {
        part.push(node);
      } else {
        parts.push([node]);
      }
    }
    return parts;
  }

  #joined(parts: readonly NodeId[][]): NodeId[][] {
    const joined: NodeId[][] = [];
    for (const part of parts) {
      const isSame = (other: readonly NodeId[]) =>
        other.some((a) => part.some((b) => this.verdict(a, b) === 'same'));
      const kin = joined.filter(isSame);
      const [first] = kin;
      if (first) {
        first.push(...kin.slice(1).flat(), ...part);
        kin.slice(1).forEach((other) => joined.splice(joined.indexOf(other), 1));
      } else {
        joined.push([...part]);
      }
    }
    return joined;
  }
}

/** The statements that make some branches one idea. */
export function merging(nodes: readonly NodeId[]): Statement[] {
  return nodes.flatMap((a, i) =>
    nodes.slice(i + 1).map((b): Statement => ({ pair: [a, b], verdict: 'same' })),
  );
}

/** The statements that take a branch out of its group. @param group with or without the branch */
export function splitting(node: NodeId, group: readonly NodeId[]): Statement[] {
  return group
    .filter((other) => other !== node)
    .map((other) => ({ pair: [node, other], verdict: 'different' }));
}

/** Where a statement is written down: a mark on a node of the tree. */
export function markOf({ pair, verdict }: Statement): {
  node: NodeId;
  mark: string;
  value: string;
} {
  const [node, other] = ordered(...pair);
  return { node, mark: `${MARK}${other}`, value: verdict };
}

function ordered(a: NodeId, b: NodeId): readonly [NodeId, NodeId] {
  return a < b ? [a, b] : [b, a];
}

function keyOf(a: NodeId, b: NodeId): string {
  return ordered(a, b).join(' ');
}

function pairOf(key: string): readonly [NodeId, NodeId] {
  const [a = '', b = ''] = key.split(' ');
  return [a, b];
}
