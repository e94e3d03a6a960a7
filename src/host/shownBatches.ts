import { MARKS } from '../core/tree/marks';
import type { Tree } from '../core/tree/tree';
import type { Batch } from './batch';
import type { DraftEdit } from './draft';
import { afterEdit } from './placement';

/**
 * The batch in front of the writer, and those of rewrites that wait beside it: each still knows its place
 * when the writer comes back to it.
 */
export class ShownBatches {
  readonly #kept = new Map<string, Batch>();
  #shown: Batch | undefined;

  constructor(private readonly tree: Tree) {}

  get shown(): Batch | undefined {
    return this.#shown;
  }

  /** Makes it the one that is shown. */
  show(batch: Batch): void {
    this.#shown = batch;
    this.keep(batch);
  }

  /** Has it wait beside the one that is shown, if it is one of rewrites. */
  keep(batch: Batch): void {
    if (batch.source !== undefined) {
      this.#kept.set(batch.id, batch);
    }
  }

  /** Shows a batch of the tree. */
  open(id: string): void {
    const source = this.#sourceOf(id);
    this.show(
      this.#kept.get(id) ?? {
        ...{ id, lead: '', placement: { kind: 'caret' }, notices: [] },
        ...(source === undefined ? {} : { source }),
      },
    );
  }

  /** Which of the document's batches is shown, and how many there are. */
  position(): { index: number; count: number } {
    const ids = this.tree.batches();
    return { index: this.#shown ? ids.indexOf(this.#shown.id) : -1, count: ids.length };
  }

  /** The batch `step` away from the shown one. */
  at(step: -1 | 1): string | undefined {
    return this.tree.batches()[this.position().index + step];
  }

  /**
   * Follows an edit of the document.
   * @param own whether it was a choice from the batch that is shown, whose place is known then
   * @returns whether a branch of it stood in the document, and may not any more
   */
  follow(edit: DraftEdit, own: boolean): boolean {
    const shown = this.#shown;
    const wasPlaced = shown?.placement.kind === 'placed';
    for (const batch of new Set([...this.#kept.values(), ...(shown ? [shown] : [])])) {
      if (batch !== shown || !own) {
        batch.placement = afterEdit(batch.placement, edit);
      }
    }
    return wasPlaced && !own;
  }

  #sourceOf(id: string): string | undefined {
    const [first] = this.tree.batch(id);
    return first && this.tree.marks(first.id).get(MARKS.rewritten);
  }
}
