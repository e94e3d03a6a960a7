import type { Provenance } from './node';

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

  source(value: Provenance): Provenance {
    return isSame(this.#source, value) ? this.#source : (this.#source = value);
  }
}

/** Sources with fields that this version does not know are kept apart. */
function isSame(a: Provenance, b: Provenance): boolean {
  if (a.kind !== 'model' || b.kind !== 'model') {
    return false;
  }
  return (
    a.model === b.model &&
    a.strategy === b.strategy &&
    a.prompt === b.prompt &&
    hasOnlyKnownFields(a) &&
    hasOnlyKnownFields(b)
  );
}

function hasOnlyKnownFields(source: object): boolean {
  let fields = 0;
  for (const field in source) {
    fields += field === '' ? 0 : 1;
  }
  return fields === 4;
}
