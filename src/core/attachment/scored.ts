import type { Run, Token } from '../model/token';
import { tile } from '../model/collector';
import { CompactRun } from '../tree/compactRun';
import type { Attachment, NodeId } from '../tree/node';
import type { ScoredText } from '../tree/scoredFiles';
import type { Change } from './change';
import { applyChanges, lay, openDocument, sync, type DocumentState } from './document';
import type { LedgerLimits, Reason } from './ledger';
import { reanchor } from './reanchor';
import type { Attachments } from './stretch';

/** Scored text can be scored again, so less is remembered of it than of branches. */
const LIMITS: LedgerLimits = { steps: 1000, characters: 2_000_000 };

/** The text being scored, as it was when that began; it is no node of any tree. */
const SNAPSHOT = '';

/**
 * The scored text of one document. It is attached by the function that attaches branches, in a state of
 * its own: it says nothing of who wrote the text, and a branch under it stays attached.
 */
export class ScoredDocument {
  #state: DocumentState | undefined;
  readonly #texts = new Map<NodeId, ScoredText>();
  #scoring: Scoring | undefined;

  get attachments(): Attachments {
    return this.#state?.attachments ?? [];
  }

  /** The text that was scored under an id. */
  text(id: NodeId): ScoredText | undefined {
    return this.#texts.get(id);
  }

  readonly tokensOf = (id: NodeId): readonly Token[] | undefined => this.#texts.get(id)?.run.tokens;

  /** Takes what was kept of an earlier session, as far as the document still says it. */
  restore(text: string, texts: readonly ScoredText[], saved: readonly Attachment[]): void {
    for (const scored of texts) {
      this.#texts.set(scored.id, scored);
    }
    const sound = reanchor(text, saved, (id) => this.#texts.get(id)?.text);
    this.#state = openDocument(text, sound, LIMITS);
  }

  /**
   * Begins a scoring of the text as it is now; one that is under way takes no more.
   * @param scored who scores, and under which id
   */
  begin(text: string, scored: Pick<ScoredText, 'id' | 'model' | 'label' | 'time'>): Scoring {
    this.#state ??= openDocument(text, [], LIMITS);
    const scoring = new Scoring(text, { ...scored, text: '', run: new CompactRun() });
    this.#scoring = scoring;
    return scoring;
  }

  /**
   * Takes tokens that go on where the last ones ended; what the writer has changed meanwhile is left out.
   * @returns whether the scoring is still the latest
   */
  add(scoring: Scoring, run: Run): boolean {
    if (scoring !== this.#scoring || this.#state === undefined) {
      return false;
    }
    const { scored } = scoring;
    this.#texts.set(scored.id, scored);
    for (const stretch of scoring.take(run)) {
      this.#state = lay(this.#state, stretch, scored.text);
    }
    return true;
  }

  /** @returns whether anything was changed; what stands no longer anywhere may still be undone */
  end(scoring: Scoring): void {
    if (scoring === this.#scoring) {
      this.#scoring = undefined;
    }
  }

  /** Follows an edit of the document. @param text what it says now */
  follow(changes: readonly Change[], reason: Reason, text: string): void {
    this.#scoring?.follow(changes, reason, text);
    if (this.#state !== undefined) {
      this.#state = after(this.#state, changes, reason, text);
    }
  }

  /** Forgets all of it. @returns the ids of what there was */
  clear(): NodeId[] {
    const ids = [...this.#texts.keys()];
    this.#texts.clear();
    this.#state = undefined;
    this.#scoring = undefined;
    return ids;
  }
}

/** A text on its way through a model: what has come, and where the writer has moved its parts meanwhile. */
export class Scoring {
  #tracked: DocumentState;
  /** Where in the snapshot the first token begins. */
  #base: number | undefined;

  constructor(
    private readonly snapshot: string,
    readonly scored: ScoredText,
  ) {
    const whole = { start: 0, end: snapshot.length, node: SNAPSHOT, from: 0 };
    this.#tracked = openDocument(snapshot, snapshot === '' ? [] : [whole], LIMITS);
  }

  follow(changes: readonly Change[], reason: Reason, text: string): void {
    this.#tracked = after(this.#tracked, changes, reason, text);
  }

  /** Takes tokens in offsets of the snapshot. @returns where the document shows them now */
  take(run: Run): Attachment[] {
    const first = run.tokens[0];
    const end = run.tokens.at(-1)?.end;
    if (first === undefined || end === undefined) {
      return [];
    }
    this.#base ??= first.start;
    const base = this.#base;
    const { scored } = this;
    const start = base + scored.text.length;
    scored.text = this.snapshot.slice(base, Math.max(start, end));
    const tokens = tile(start, Math.max(start, end), run.tokens).map((token) => ({
      ...token,
      start: token.start - base,
      end: token.end - base,
    }));
    scored.run.add({ ...run, tokens }, scored.text);
    return this.#tracked.attachments.flatMap((piece) => {
      const shift = piece.start - piece.from;
      const from = Math.max(start, piece.from);
      const to = Math.min(end, piece.from + piece.end - piece.start);
      const place = { start: from + shift, end: to + shift, node: scored.id, from: from - base };
      return from < to ? [place] : [];
    });
  }
}

function after(
  state: DocumentState,
  changes: readonly Change[],
  reason: Reason,
  text: string,
): DocumentState {
  try {
    return applyChanges(state, changes, reason);
  } catch (error) {
    if (error instanceof RangeError) {
      return sync(state, text, reason);
    }
    throw error;
  }
}
