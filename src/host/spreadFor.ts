import type { Request } from './batch';
import type { DocumentSession } from './documentSession';
import { spreadSetting } from './settings';

/** How the next branches are asked for: *auto* is plain until this draft's branches have collapsed. */
export function spreadFor(session: DocumentSession): Request['spread'] {
  const spread = spreadSetting(session.document);
  return spread === 'auto' ? (session.hasCollapsed ? 'apart' : 'plain') : spread;
}
