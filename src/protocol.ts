/** The messages between the extension host, which owns all state, and the Branches view, a projection of it. */
import type { FlagCode } from './core/collapse/flag';
import type { Thresholds } from './core/model/confidence';
import type { ModelError } from './core/model/error';
import type { Finish, Usage } from './core/model/languageModel';
import type { TokenFacts } from './core/model/tokenDetails';
import type { Span } from './core/text/span';
import type { NodeId, NodeStatus } from './core/tree/node';

/** A token as the view needs it: its text, and what the hover shows. */
export interface TokenView extends TokenFacts {
  /** How open human text is where it begins, in bits; absent where that was not asked or is not known. */
  bits?: number;
}

/** A finding about a branch, worded. Offsets are UTF-16 into its text. */
export interface FlagView extends Span {
  code: FlagCode;
  severity: 'note' | 'warning' | 'error';
  message: string;
}

/** What ended with a branch. */
export interface EndView {
  status: Exclude<NodeStatus, 'streaming'>;
  finish?: Finish;
  error?: ErrorInfo;
  /** From the request to the end. */
  seconds?: number;
  /** Cost in US dollars: as the server tells it, else by the price of its tokens, where that is known. */
  usage?: Pick<Usage, 'completionTokens' | 'cost'>;
}

/** How a branch was made to begin: by a token in the place of another branch's. */
export interface ForkView {
  /** `escape`: one of several that leave a place where the model was stuck; `opening`: each begins with another word. */
  kind: 'picked' | 'escape' | 'opening';
  /** The card that it shares its beginning with; null when that is in another batch, or the draft's own text. */
  from: number | null;
  /** The token that was forced, and the one in whose place it stands. */
  text: string;
  instead: string;
  /** The natural logarithm of the probability that it had there. */
  logprob: number;
  /** The model was only told the beginning: it cannot be made to go on from one. */
  told: boolean;
}

/** How many futures are left at each sentence border of a branch. */
export interface FreezeView {
  by: 'tokens' | 'samples';
  /** What was found, in a sentence. */
  line: string;
  /** A sentence each, which begins at the border; UTF-16 into the branch's text. */
  borders: readonly (Span & { futures: number | null; most?: number })[];
  /** Which border is the point of no return. */
  noReturn: number | null;
}

/** What is known of a rewrite besides its text. */
export interface RewriteView {
  /** The name of its strategy, and what that does in a line; empty where the strategy is not there now. */
  strategy: string;
  line: string;
  /** What was thrown away before it, oldest first, and why. */
  attempts: readonly { text: string; why: string }[];
  /** What is wrong with the one that is shown all the same. */
  fault?: string;
  /** What it lost, or has more of; no reason against it. */
  labels: readonly string[];
}

/** What the rewrites of a batch are alternatives for. */
export interface RewrittenView {
  source: string;
  /** Findings in it; absent while they are not known. */
  flags?: readonly FlagView[];
  /** Before and after, in a line; the numbers behind it, a sentence each. Absent while branches stream. */
  effect?: { line: string; details: readonly string[] };
}

export interface BranchView extends Omit<EndView, 'status'> {
  /** The number on the card, from 0; fixed at birth. */
  index: number;
  node: NodeId;
  /** Label of its model, in a batch of several. */
  model?: string;
  tokens: readonly TokenView[];
  status: NodeStatus;
  /** Absent while it is not known. */
  flags?: readonly FlagView[];
  /** Absent for one that the model began by itself. */
  fork?: ForkView;
  /** Absent until it was asked for. */
  freeze?: FreezeView;
  /** Absent for one that goes on with a text, and for a rewrite of which nothing is known yet. */
  rewrite?: RewriteView;
}

/** The models of a batch. */
export interface ModelView {
  label: string;
  /** One sentence that says what it is. */
  note: string;
  /** Why its tokens have no probabilities; absent when they have, or may have. */
  noLogprobs?: string;
}

/** What the siblings say, as an estimate. */
export interface IdeasView {
  /** "about 2 ideas: *she leaves* ×4 · *he calls* ×1", with no markup. */
  line: string;
  /** "about 2 ideas in 5 branches asked plainly → about 4 in 5 asked apart"; absent where only one was asked. */
  effect?: string;
  /** The numbers behind it, a line each. */
  measures: readonly string[];
  /** The cards of each idea; a card is in exactly one. */
  groups: readonly { label: string; members: readonly number[] }[];
  /** Whether the batch has collapsed: fewer ideas than its size should give. */
  collapsed: boolean;
}

/** How siblings are asked for: each by itself, or for what the others are not. */
export type Spread = 'plain' | 'apart' | 'auto';

/** Something to tell above the cards: what happened and what to do. */
export interface Notice {
  severity: 'info' | 'warning' | 'error';
  message: string;
  /** What would mend it, to be offered as a button: naming the folders that are the writer's own. */
  fix?: 'own-writing';
}

export interface BatchView {
  /** Null before the first batch: the empty state. */
  id: string | null;
  /** Name of the document it belongs to; empty when none. */
  document: string;
  /** The last words before the place, for orientation. */
  lead: string;
  models: readonly ModelView[];
  branches: readonly BranchView[];
  /** The branch now in the document, if any. */
  inserted: number | null;
  /** Which of this document's batches this is, from 0, of how many. */
  position: { index: number; count: number };
  notices: readonly Notice[];
  /** Whether it continued a selection, which a branch can replace. */
  hasSelection: boolean;
  /** Whether its passage is still known, so that more can be asked for. */
  canAskAgain: boolean;
  /** How its branches were asked for; absent when that is not known. */
  spread?: Exclude<Spread, 'auto'>;
  /** Absent while branches stream, and where there are too few to compare. */
  ideas?: IdeasView;
  /** Absent where its branches go on with a text. */
  rewritten?: RewrittenView;
  /** Where the steps of confidence begin; the usual ones when absent. */
  thresholds?: Thresholds;
  /** Labels of the keys that work in the editor, as the writer has bound them. */
  keys?: { continue: string };
}

/** What there is to show before the first batch. */
export const EMPTY_BATCH: BatchView = {
  id: null,
  document: '',
  lead: '',
  models: [],
  branches: [],
  inserted: null,
  position: { index: 0, count: 0 },
  notices: [],
  hasSelection: false,
  canAskAgain: false,
};

/** What was added to one branch since the last message. */
export interface BranchDelta {
  index: number;
  tokens: readonly TokenView[];
  end?: EndView;
  /** In place of those it had. */
  flags?: readonly FlagView[];
  /** How open human text is where its tokens begin, token by token; null where that was not asked. */
  openness?: readonly (number | null)[];
  /** In place of the one it had. */
  freeze?: FreezeView;
  /** In place of the one it had. */
  rewrite?: RewriteView;
  /** How it was made to begin, once that is known. */
  fork?: ForkView;
}

export interface ErrorInfo extends Pick<ModelError, 'message' | 'action' | 'retryable'> {
  /** What would mend it, to be offered as a button: entering the key, or choosing another model. */
  fix?: 'key' | 'model';
}

/**
 * `rev` counts messages of state and delta; a view that sees a hole asks for the state with `ready`.
 * A delta with `inserted` changes which branch is in the document, so that a swap needs no whole state.
 */
export type ToView =
  | { type: 'state'; rev: number; batch: BatchView }
  | {
      type: 'delta';
      rev: number;
      items: readonly BranchDelta[];
      inserted?: number | null;
      ideas?: IdeasView;
      /** What is known now of what was rewritten. */
      rewritten?: Omit<RewrittenView, 'source'>;
    }
  | { type: 'reply'; re: number; error?: ErrorInfo };

/** How much of a branch is taken, from its beginning. */
export type Take = 'word' | 'sentence' | 'paragraph' | 'all';

/** What is a command of the editor, too. */
export interface CommandAction {
  kind:
    | 'continue'
    | 'push-apart'
    | 'choose-model'
    | 'show-prompt'
    | 'show-rewrite-prompt'
    | 'own-writing'
    | 'focus-editor';
}

/** About the batch shown. */
export type BatchAction =
  /** More branches, from the same passage. */
  | { kind: 'more' }
  | { kind: 'stop' }
  | { kind: 'batch'; step: -1 | 1 }
  /** Puts cards into one group; remembered. */
  | { kind: 'merge-ideas'; branches: readonly number[] };

/** About one branch. */
export type BranchAction =
  | { kind: 'insert'; branch: number; take?: Take }
  /** In place of the selection that the batch continued. */
  | { kind: 'replace'; branch: number }
  /** Compares the document with what it would be. */
  | { kind: 'diff'; branch: number }
  | { kind: 'copy'; branch: number }
  /** Shows what else could have come where it begins. */
  | { kind: 'multiverse'; branch: number }
  /** Asks for one that failed again; for a rewrite also when the writer wants another one. */
  | { kind: 'retry'; branch: number }
  /** Other ways to say what a branch says. */
  | { kind: 'rewrite'; branch: number }
  /** Shows models the passage that was rewritten as an example of the writer's own prose, first of all. */
  | { kind: 'pin'; branch: number }
  /** A sibling with an alternative in the place of a token; both by their numbers, from 0. */
  | { kind: 'pick'; branch: number; token: number; alternative: number }
  /** Siblings with the most different alternatives at the first stuck place, from an offset of its text on. */
  | { kind: 'escape'; branch: number; from?: number }
  /** How many futures are left at each sentence border. */
  | { kind: 'freeze'; branch: number; resample?: boolean }
  /** Does what its error's `fix` offers. */
  | { kind: 'fix'; branch: number }
  /** Puts a card into a group of its own; remembered. */
  | { kind: 'split-idea'; branch: number };

export type Action = CommandAction | BatchAction | BranchAction;

/** Every `do` gets one `reply` with the same number. */
export type ToHost = { type: 'ready' } | { type: 'do'; id: number; rev: number; action: Action };
