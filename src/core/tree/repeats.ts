import type { Provenance, SourceList } from './node';
import { fromSourceList, hasOnlyKnownFields, isSourceList } from './sourceList';

/**
 * Gives the value before where an equal one comes again. Each line of a journal repeats what the one
 * before it said, and what is kept once need not be kept a hundred thousand times.
 */
export class Repeats {
  #writer = '';
  #parent: string | null = null;
  #batch = '';
  #source: Provenance = { kind: 'unknown' };

  writer(value: string): string {
    return this.#writer === value ? this.#writer : (this.#writer = value);
  }

  parent(value: string | null): string | null {
    return this.#parent === value ? this.#parent : (this.#parent = value);
  }

  batch(value: string): string {
    return this.#batch === value ? this.#batch : (this.#batch = value);
  }

  source(value: Provenance | SourceList): Provenance {
    if (isSame(this.#source, value)) {
      return this.#source;
    }
    this.#source = isSourceList(value) ? fromSourceList(value) : value;
    return this.#source;
  }
}

function isSame(known: Provenance, value: Provenance | SourceList): boolean {
  if (known.kind !== 'model' || !hasOnlyKnownFields(known)) {
    return false;
  }
  if (isSourceList(value)) {
    const [model, strategy, prompt] = value;
    return known.model === model && known.strategy === strategy && known.prompt === prompt;
  }
  return (
    value.kind === 'model' &&
    known.model === value.model &&
    known.strategy === value.strategy &&
    known.prompt === value.prompt &&
    hasOnlyKnownFields(value)
  );
}
