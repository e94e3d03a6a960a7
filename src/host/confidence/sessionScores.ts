import { ScoredDocument, type Scoring } from '../../core/attachment/scored';
import type { Attachments } from '../../core/attachment/stretch';
import { createId } from '../../core/tree/id';
import type { KeptScores, ScoredFiles } from '../../core/tree/scoredFiles';
import type { DraftEdit } from '../draft';
import { clock, random } from '../platform';

/** The scored text of a session's document, and its file. */
export class SessionScores {
  readonly document = new ScoredDocument();
  #saved: Attachments | undefined;
  #stop = new AbortController();

  constructor(private readonly files: ScoredFiles) {}

  /** Reads what was kept; what cannot be read costs colours and nothing else. */
  async read(): Promise<KeptScores> {
    return this.files.read().catch(() => ({ texts: [], attachments: [] }));
  }

  restore(text: string, { texts, attachments }: KeptScores): void {
    if (texts.length > 0) {
      this.document.restore(text, texts, attachments);
      this.#saved = this.document.attachments;
    }
  }

  follow({ changes, reason }: DraftEdit, text: string): void {
    this.document.follow(changes, reason, text);
  }

  /** Ends a scoring that is under way: the latest wins. @returns what ends the one that begins now */
  restart(): AbortController {
    this.#stop.abort();
    this.#stop = new AbortController();
    return this.#stop;
  }

  begin(text: string, model: string, label: string): Scoring {
    const time = clock.now();
    return this.document.begin(text, { id: createId(time, random), model, label, time });
  }

  /** Ends a scoring, complete or not, and keeps what came. Rejects with the store's error. */
  async end(scoring: Scoring): Promise<void> {
    this.document.end(scoring);
    const { scored } = scoring;
    if (scored.text !== '' && this.document.text(scored.id) !== undefined) {
      await this.files.save(scored);
      await this.save();
    }
  }

  /** Keeps where scored text stands now. Rejects with the store's error. */
  async save(): Promise<void> {
    const { attachments } = this.document;
    if (attachments !== this.#saved && (attachments.length > 0 || this.#saved !== undefined)) {
      this.#saved = attachments;
      await this.files.saveAttachments(attachments, clock.now());
    }
  }

  /** Forgets all of it, on disk too. Rejects with the store's error. */
  async clear(): Promise<void> {
    this.#stop.abort();
    const ids = this.document.clear();
    await this.save();
    await this.files.remove(ids);
  }
}
