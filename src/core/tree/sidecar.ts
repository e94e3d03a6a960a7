import * as v from 'valibot';
import type { Run } from '../model/token';
import type { NodeId, TreeNode } from './node';
import { packedRunSchema, storedRunSchema, type PackedRun, type StoredRun } from './packedRun';
import type { JournalProblem } from './problem';
import { forEachValue, readSegments } from './segmentReader';
import type { Store } from './store';
import { unpackColumns } from './columnCodec';
import { unpackRun } from './runCodec';

/** Size of a sidecar's segments, bytes: a run of 120 tokens with 5 alternatives takes some 4 KB. */
export const SIDECAR_BYTES = 128 * 1024;

const LINE_START = /^\{"v":1,"node":"([^"\\]*)"/;
const lineSchema = v.looseObject({
  v: v.literal(1),
  node: v.string(),
  time: v.pipe(v.number(), v.finite(), v.minValue(0)),
  run: v.union([storedRunSchema, packedRunSchema]),
});

/** The sidecar line of a node's tokens; `time` (ms) says which of several runs of a node is the latest. */
export function runLine(node: NodeId, run: StoredRun, time: number): string {
  return JSON.stringify({ v: 1, node, time, run });
}

/** What tokens have to fit. */
export type RunOwner = Pick<TreeNode, 'text' | 'status' | 'run'>;

export interface RunsRead {
  /** Nodes without an entry have no (sound) run. */
  runs: ReadonlyMap<NodeId, Run>;
  problems: readonly JournalProblem[];
}

interface Found {
  time: number;
  stored: StoredRun | PackedRun;
  file: string;
  line: number;
}

/** Reads the tokens of some nodes. A run that does not fit its node's text is dropped and reported. */
export async function readRuns(
  store: Store,
  folder: string,
  nodes: ReadonlyMap<NodeId, RunOwner>,
): Promise<RunsRead> {
  const { files, problems } = await readSegments(store, folder);
  const found = new Map<NodeId, Found>();
  for (const file of files) {
    const visit = (value: unknown, line: number): void => {
      const parsed = v.safeParse(lineSchema, value);
      if (!parsed.success) {
        const [issue] = parsed.issues;
        const reason = `${v.getDotPath(issue) ?? 'line'}: ${issue.message}`;
        problems.push({ code: 'shape', file: file.path, line, reason });
        return;
      }
      const { node, time, run } = parsed.output;
      if (nodes.has(node) && time >= (found.get(node)?.time ?? 0)) {
        found.set(node, { time, stored: run, file: file.path, line });
      }
    };
    forEachValue(file, problems, visit, (line) => isAboutAnother(line, nodes));
  }
  return { runs: unpackAll(found, nodes, problems), problems };
}

/** Most lines are about other nodes; their start, as `runLine` writes it, tells so without parsing. */
function isAboutAnother(line: string, nodes: ReadonlyMap<NodeId, unknown>): boolean {
  const id = LINE_START.exec(line)?.[1];
  return id !== undefined && !nodes.has(id);
}

function unpackAll(
  found: ReadonlyMap<NodeId, Found>,
  nodes: ReadonlyMap<NodeId, RunOwner>,
  problems: JournalProblem[],
): Map<NodeId, Run> {
  const runs = new Map<NodeId, Run>();
  for (const [node, { stored, file, line }] of found) {
    const owner = nodes.get(node);
    const text = owner?.text ?? '';
    const run = 'body' in stored ? unpackRun(stored, text) : unpackColumns(stored, text);
    // After a crash the tokens may be there and the end of their text not.
    const wasCut = owner?.status === 'stopped' && owner.run === undefined;
    if (run === undefined && !wasCut) {
      const reason = `the tokens of ${node} do not fit its text`;
      problems.push({ code: 'mismatch', file, line, reason });
    } else if (run !== undefined) {
      runs.set(node, run);
    }
  }
  return runs;
}
