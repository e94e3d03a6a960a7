import type { Span } from '../core/text/span';
import type { DraftEdit } from './draft';
import { mapOffset, mapSpan } from './placement';

/** An offset (LF) in the document, and a selection before it, that follow every edit until let go. */
export interface PlaceInDraft {
  offset: number;
  selection?: Span;
  dispose(): void;
}

/** The places that something is waiting for. */
export class Places {
  readonly #kept = new Set<PlaceInDraft>();

  keep(offset: number, selection: Span | undefined): PlaceInDraft {
    const place: PlaceInDraft = {
      offset,
      ...(selection ? { selection } : {}),
      dispose: () => this.#kept.delete(place),
    };
    this.#kept.add(place);
    return place;
  }

  follow({ changes }: DraftEdit): void {
    for (const place of this.#kept) {
      place.offset = mapOffset(place.offset, changes);
      if (place.selection) {
        place.selection = mapSpan(place.selection, changes);
      }
    }
  }
}
