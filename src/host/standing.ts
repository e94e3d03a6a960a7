import type { DocumentJournal } from '../core/tree/documentJournal';
import type { Attachment } from '../core/tree/node';
import type { SessionScores } from './confidence/sessionScores';
import type { Draft } from './draft';

/** How long edits gather before the attachments are written down, in milliseconds. */
const SAVE_AFTER = 1000;

export interface StandingParts {
  draft: Draft;
  journal: DocumentJournal;
  scores: SessionScores;
  /** Told when something could not be written down. */
  failed: (error: unknown) => void;
}

/** Writes down what stands where in one document: branches and scored text. Never rejects. */
export class Standing {
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly parts: StandingParts) {}

  /** Stretches of branches stand in the document now. */
  async record(stretches: readonly Attachment[]): Promise<void> {
    const { journal } = this.parts;
    await Promise.all(stretches.map((each) => this.#kept(journal.recordPlace(each))));
    await this.save();
  }

  /** There was an edit: it is written down with those that follow soon. */
  saveSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.save(), SAVE_AFTER);
  }

  async save(): Promise<void> {
    clearTimeout(this.#timer);
    const { draft, journal, scores } = this.parts;
    if (journal.tree.size > 0) {
      await this.#kept(journal.saveAttachments(draft.state.attachments));
    }
    await this.#kept(scores.save());
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }

  async #kept(work: Promise<void>): Promise<void> {
    await work.catch(this.parts.failed);
  }
}
