import type { Chunk, Usage } from '../model/languageModel';
import type { Span } from '../text/span';

/** A passage of the writer's own human text, shown to a model as an example of their manner. */
export interface Exemplar extends Span {
  /** Stable while its text stands: a hash of it. */
  id: string;
  text: string;
  /** Where it stands, relative to the workspace or the folder that was given; offsets are into that file. */
  path: string;
}

/** What is to be rewritten and what is known around it. Line ends are LF. */
export interface RewriteRequest {
  source: string;
  /** The text around the source, nearest to it; cut to the budget. */
  before: string;
  after: string;
  /** What the writer asks for in words, if anything. */
  instruction?: string;
  /** The writer's notes on the project. */
  notes?: string;
  /** In the order in which they are shown; none asks zero-shot. */
  exemplars: readonly Exemplar[];
  /** Rewrites wanted, 1 to 32. */
  n: number;
  /** Names of the strategies to use, dealt out in turn; the default ones when empty. */
  strategies: readonly string[];
  /** Phrases that must not come again. */
  avoid: readonly string[];
  /** Rewrites that are there already: others are asked for. */
  taken: readonly string[];
}

/** What is wrong with a candidate so that it is asked for again. */
export type Fault =
  | { kind: 'near'; branch: number; similarity: number }
  | { kind: 'taken'; similarity: number }
  | { kind: 'unchanged'; similarity: number }
  | { kind: 'derailed' }
  | { kind: 'language' }
  | { kind: 'meta'; phrase: string }
  | { kind: 'truncated' }
  | { kind: 'refused'; text: string }
  | { kind: 'empty' }
  | { kind: 'structure'; lost: string }
  | { kind: 'avoided'; phrase: string };

/** What is worth knowing of a candidate, and no reason to refuse it. */
export type Label =
  | { kind: 'lost'; what: 'name' | 'number' | 'quotation'; text: string }
  | { kind: 'worse-flags'; code: string; before: number; after: number };

/** A candidate that was asked for again, or shown with its fault because the tries were over. */
export interface Attempt {
  text: string;
  fault: Fault;
}

/** What is known of one rewrite besides its text. */
export interface RewriteAbout {
  /** The name of its strategy, as in its file. */
  strategy: string;
  /** What was thrown away before it, oldest first. */
  attempts: readonly Attempt[];
  /** What is wrong with the one that is shown; absent when nothing is. */
  fault?: Fault;
  labels: readonly Label[];
  /** Of all its tries. */
  usage?: Usage;
}

/**
 * A stream of rewrites. What is known of a branch (`about`) comes after its text and before its end; the text
 * comes whole, when it has been checked. `again` tells that a candidate was thrown away and another is asked for.
 */
export type RewriteChunk =
  | Chunk
  | { branch: number; kind: 'again'; attempt: Attempt }
  | { branch: number; kind: 'about'; about: RewriteAbout };
