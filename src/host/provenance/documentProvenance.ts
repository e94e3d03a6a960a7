import { provenanceAt, type ProvenanceStretch } from '../../core/provenance/stretches';
import type { DocumentSession } from '../documentSession';
import { isOwn } from './ownWriting';

/** Where all of a session's document came from, as it stands now. Offsets are LF. */
export function provenanceOf({
  document,
  draft,
  journal,
}: DocumentSession): readonly ProvenanceStretch[] {
  return provenanceAt(draft.state, {
    sourceOf: (node) => journal.tree.node(node)?.source,
    own: isOwn(document),
  });
}
