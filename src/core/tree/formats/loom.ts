import { VariorumError } from '../../model/error';
import type { Run } from '../../model/token';
import type { EndStatus } from '../event';
import type { Hash, TreeNode } from '../node';

/** Who wrote a node, as far as other programs say it. */
export type LoomSource = { kind: 'human' | 'unknown' } | { kind: 'model'; model: string };

/** A node as it goes from one program to another. */
export interface LoomNode {
  /** Of this file alone. */
  id: string;
  parent: string | null;
  /** UTF-16 offset in the parent's text at which it forks; 0 without a parent. */
  at: number;
  /** Line ends are LF. */
  text: string;
  source: LoomSource;
  bookmarked?: boolean;
  name?: string;
  /** Milliseconds since the epoch. */
  created?: number;
  run?: Run;
  note?: string;
  /** How a model's node came to be; of these only what is known. */
  made?: LoomOrigin;
}

/** How a model's node was asked for and how it ended. */
export type LoomOrigin = Pick<TreeNode, 'finish' | 'error' | 'seconds' | 'usage' | 'asked'> & {
  strategy?: string;
  prompt?: Hash;
  status?: EndStatus;
};

/** A whole tree: a parent comes before its children, siblings stand in order. */
export interface Loom {
  nodes: readonly LoomNode[];
  /** The node that the writer was at. */
  current?: string;
}

/**
 * What a format, or its reader, could not carry, and how many there were.
 * `settings` of the program, keys among them · `tokens` of so many nodes · `sources` who wrote it ·
 * `models` which model · `requests` how it was asked, what it took and cost · `bookmarks` · `notes` · `names` · `times` · `ratings` · `branches` off the path, where a
 * format has room for one · `forks` inside a node's text, which was divided there · `hidden` nodes, which
 * are shown there · `documents` that were put side by side.
 */
export type LossCode =
  | 'settings'
  | 'tokens'
  | 'sources'
  | 'models'
  | 'requests'
  | 'bookmarks'
  | 'names'
  | 'notes'
  | 'times'
  | 'ratings'
  | 'branches'
  | 'forks'
  | 'hidden'
  | 'documents';

export interface Loss {
  code: LossCode;
  count: number;
}

/** A file that was read whole. */
export interface ReadLoom {
  loom: Loom;
  losses: readonly Loss[];
}

export interface WrittenLoom {
  text: string;
  losses: readonly Loss[];
}

export const FORMAT_IDS = [
  'jsonl',
  'loomsidian',
  'pyloom',
  'pyloom-simple',
  'miniloom',
  'mikupad',
  'markdown',
] as const;
export type FormatId = (typeof FORMAT_IDS)[number];

/** A file as every format looks at it. */
export interface LoomFile {
  text: string;
  /** What the text is as JSON; undefined when it is none. */
  json: unknown;
}

export interface LoomFormat {
  id: FormatId;
  /** Of its files, without the dot. */
  extension: string;
  /**
   * Reads a file; undefined when it is not of this format by its structure.
   * @throws VariorumError `bad-request` when it is, and damaged
   */
  read: (file: LoomFile) => ReadLoom | undefined;
  /** @throws VariorumError `bad-request` when the tree does not fit the format at all */
  write: (loom: Loom) => WrittenLoom;
}

/** Most nodes of a file, most levels, and most UTF-16 code units of all texts together. */
export const LIMITS = { nodes: 200_000, depth: 20_000, text: 64 * 1024 * 1024 } as const;

/** Nested formats are written so deep at most: what reads them recurs. */
export const NESTED_DEPTH = 1000;

/** A file that cannot be taken; nothing of it is. */
export function damaged(what: string): VariorumError {
  return new VariorumError({
    code: 'bad-request',
    message: `This file cannot be imported: ${what}.`,
    action: 'Nothing was added. Export it again from the program it comes from, or repair it.',
    retryable: false,
  });
}

export function tooMuch(what: string): VariorumError {
  return new VariorumError({
    code: 'bad-request',
    message: `This tree does not fit: ${what}.`,
    action: 'Nothing was written. Choose another format, such as JSON Lines.',
    retryable: false,
  });
}

/** Losses that there are, without those of nothing. */
export function lossesOf(counts: Partial<Record<LossCode, number>>): Loss[] {
  return (Object.entries(counts) as [LossCode, number][])
    .filter(([, count]) => count > 0)
    .map(([code, count]) => ({ code, count }));
}

/** What of the nodes a format without room for it leaves out. */
export function countLosses(
  { nodes }: Loom,
  kinds: readonly Exclude<
    LossCode,
    'settings' | 'ratings' | 'branches' | 'forks' | 'hidden' | 'documents'
  >[],
): Partial<Record<LossCode, number>> {
  const has: Record<(typeof kinds)[number], (node: LoomNode) => boolean> = {
    tokens: ({ run }) => run !== undefined,
    sources: ({ source }) => source.kind !== 'unknown',
    models: ({ source }) => source.kind === 'model',
    requests: ({ made }) => made !== undefined,
    notes: ({ note }) => note !== undefined,
    bookmarks: ({ bookmarked }) => bookmarked === true,
    names: ({ name }) => name !== undefined,
    times: ({ created }) => created !== undefined,
  };
  return Object.fromEntries(kinds.map((kind) => [kind, nodes.filter(has[kind]).length]));
}
