/** The messages between the extension host, which owns all state, and the Multiverse view, a projection of it. */
import type { Cost } from './core/multiverse/cost';
import type { Outcome } from './core/multiverse/expand';
import type { Expansion, Taken } from './core/multiverse/multiverse';
import type { Notice } from './protocol';

/** What one model makes of the place. Replaying the expansions in order rebuilds its tree of blocks. */
export interface SideView {
  label: string;
  /** One sentence that says what the model is. */
  note: string;
  taken: Taken;
  expansions: readonly Expansion[];
  /** Why it cannot be asked for more, and what to do; absent when it can, or may. */
  cannot?: { message: string; action: string };
  /** Of the requests that the terms allow. */
  cost: Cost;
  asking: AskingView;
}

/** What was asked of a model so far. */
export interface AskingView {
  isAsking: boolean;
  /** Requests made of those allowed, in the latest asking; both 0 before the first. */
  asked: number;
  of: number;
  /** Used by all askings, as far as the model tells it. */
  spent: { requests: number; promptTokens: number; dollars: number | null };
  /** How the latest asking ended. */
  outcome?: Outcome;
  /** Answers that listed nothing. */
  empty: number;
}

/** How far both sides go. */
export interface Terms {
  /** Share (0 to 1) of the enlarged block under which blocks are not gone into. */
  cutoff: number;
  /** Requests at most, each side. */
  requests: number;
}

export const CUTOFFS = [0.1, 0.02, 0.005, 0.001] as const;
export const REQUESTS = [10, 25, 50, 100, 250] as const;
export const DEFAULT_TERMS: Terms = { cutoff: 0.005, requests: 25 };

export interface PlotView {
  /** Another one for another place; what the reader has enlarged holds for one place only. */
  place: string;
  /** Name of the document. */
  document: string;
  /** From 1. */
  line: number;
  /** The last words before the place. */
  lead: string;
  /** One, or two side by side. */
  sides: readonly SideView[];
  terms: Terms;
  notices: readonly Notice[];
}

/** `rev` counts messages; a view that sees a hole asks for everything with `ready`. */
export type ToPlot =
  | { type: 'plot'; rev: number; plot: PlotView }
  | {
      type: 'grow';
      rev: number;
      side: number;
      expansions: readonly Expansion[];
      asking: AskingView;
    };

export type PlotAction =
  /** The same view, from where the cursor is now. */
  | { kind: 'from-cursor' }
  /** Asks the models for more, below the block that each side has enlarged. */
  | { kind: 'ask'; zooms: readonly number[] }
  | { kind: 'stop' }
  /** A block was enlarged: what is stored below it comes. */
  | { kind: 'zoom'; side: number; block: number }
  | { kind: 'terms'; terms: Terms; zooms: readonly number[] }
  /** Chooses a model for a side; 1 where there is only one puts a second beside it. */
  | { kind: 'choose-model'; side: number }
  | { kind: 'one-side' }
  /** `data` is SVG text, or a PNG file in base64. */
  | { kind: 'export'; format: 'svg' | 'png'; data: string }
  | { kind: 'copy'; text: string };

export type FromPlot = { type: 'ready' } | { type: 'do'; action: PlotAction };
