import type { Provenance, SourceList } from './node';

/** Whether an event says its source in short. */
export function isSourceList(source: Provenance | SourceList): source is SourceList {
  return Array.isArray(source);
}

/** A source as a line says it: in short where that says all. */
export function toSourceList(source: Provenance | SourceList): Provenance | SourceList {
  return !isSourceList(source) && source.kind === 'model' && hasOnlyKnownFields(source)
    ? [source.model, source.strategy, source.prompt]
    : source;
}

export function fromSourceList([model, strategy, prompt]: SourceList): Provenance {
  return { kind: 'model', model, strategy, prompt };
}

/** Whether a model's source has no fields of later versions. */
export function hasOnlyKnownFields(source: object): boolean {
  let fields = 0;
  for (const field in source) {
    fields += field === '' ? 0 : 1;
  }
  return fields === 4;
}
