import type {
  Attachment,
  NodeId,
  NodeStatus,
  Provenance,
  SourceList,
  TreeNode,
  WriterId,
} from './node';

/** How a node can end. */
export type EndStatus = Exclude<NodeStatus, 'streaming'>;

/** What is known of a node only when it has ended; each may be absent. */
export const ENDING_FIELDS = ['finish', 'error', 'run', 'seconds', 'usage'] as const;
export type EndingDetails = Pick<TreeNode, (typeof ENDING_FIELDS)[number]>;

/** What each kind of journal event carries. */
export interface EventData {
  /**
   * A branch or human edit begins; more text may follow in `text` events and the `end` event. With a
   * `status` it was complete when this was written.
   */
  node: Omit<TreeNode, 'text' | 'status' | 'source'> & {
    source: Provenance | SourceList;
    text?: string;
    status?: EndStatus;
  };
  /** More text at the end of a node. */
  text: { node: NodeId; text: string };
  /** A node is complete, with `text` as its last piece; nothing is added to it after this. */
  end: { node: NodeId; text?: string; status: EndStatus } & EndingDetails;
  /** The writer put (part of) a node into the document. */
  place: Attachment;
  /** Bookmark, note or name on a node. */
  mark: { node: NodeId; mark: string; value: string | null };
  /** Hidden from the tree (or shown again), never lost. */
  prune: { node: NodeId; pruned: boolean };
}

export type EventName = keyof EventData;

/**
 * One line of the journal. `writer` and `seq` (from 0, without holes) identify it for ever, and an
 * event once written never changes, so merging journals is the union by (writer, seq).
 */
export type JournalEvent<E extends EventName = EventName> = {
  [K in E]: { v: 1; writer: WriterId; seq: number; time: number; event: K; data: EventData[K] };
}[E];

/** An event of a kind or version that this one does not know; it is kept and passed on untouched. */
export interface UnknownEvent {
  v: number;
  writer: WriterId;
  seq: number;
  time: number;
  event: string;
  data: unknown;
}
