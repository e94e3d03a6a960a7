import type { ModelError } from '../model/error';
import type { Finish, Usage } from '../model/languageModel';
import type { Run } from '../model/token';
import type { Span } from '../text/span';

export type NodeId = string;
/** Who wrote a journal file: one per window, chosen at random. */
export type WriterId = string;
export type Hash = string;

/** Where a stretch of text came from. Unknown text was there before, or was pasted. */
export type Provenance =
  | { kind: 'human' }
  | { kind: 'unknown' }
  | { kind: 'model'; model: string; strategy: string; prompt: Hash };

/** A model as a source, as the journal's lines have it: model, strategy, prompt. */
export type SourceList = readonly [model: string, strategy: string, prompt: Hash];

export type NodeStatus = 'streaming' | 'done' | 'stopped' | 'failed';

/** What the numbers of a node's tokens mean; the tokens lie in the sidecar under the node's id. */
export type RunRef = Pick<Run, 'semantics' | 'bytes'>;

/**
 * What a branch was asked with, beside what its source says. A model that cannot do something leaves it
 * out; see its capabilities.
 */
export interface Asked {
  /** Branches asked for together. */
  n: number;
  maxTokens: number;
  temperature: number;
  topP: number;
  minP: number;
  /** Other samplers that were set, by the names of the options. */
  samplers?: Readonly<Record<string, number>>;
  seed?: number;
  reach?: string;
  /** How siblings were asked for: plain or apart. */
  spread?: string;
  instruction?: string;
  /**
   * How much of the text before the fork was sent, UTF-16 code units. That text is in the tree, and
   * its hash in the source.
   */
  before: number;
  /** How much of the text after the fork was sent. */
  after?: number;
  /** Of the project's notes, and of the end of the file before, where they were sent. */
  notes?: Hash;
  earlier?: Hash;
}

/** One branch, or one human edit, of a document. Nodes are only ever added, never changed or removed. */
export interface TreeNode {
  id: NodeId;
  parent: NodeId | null;
  /** UTF-16 offset at which it forks: in the parent's text, or in the document when there is no parent. */
  at: number;
  /** Line ends are LF. */
  text: string;
  source: Provenance;
  status: NodeStatus;
  finish?: Finish;
  error?: ModelError;
  /** Present when the node has tokens. */
  run?: RunRef;
  /** From the request to the end of the branch. */
  seconds?: number;
  usage?: Usage;
  /** Branches asked for together share a batch; `index` is the number on the card, from 0. */
  batch: string;
  index: number;
  /** Absent where it is that of the first node of the batch: see `askedOf`. */
  asked?: Asked;
  /** Milliseconds since the epoch. */
  created: number;
}

/**
 * A stretch of the document and the branch text it shows: tokens and provenance hang on it.
 * `start` and `end` are UTF-16 into the document with LF line ends.
 */
export interface Attachment extends Span {
  node: NodeId;
  /** Where in the node's text the stretch begins. */
  from: number;
}
