import { movedFlag, type Flag } from '../../core/collapse/flag';
import type { Attachment, NodeId } from '../../core/tree/node';
import type { DocumentSession } from '../documentSession';
import type { CollapseService } from './collapseService';
import { dismissed, keyOf } from './dismissals';
import type { Found } from './finding';

/** What of the document before a stretch its findings are judged by, in UTF-16 code units: enough to echo. */
const BEFORE = 10_000;

/**
 * Findings in the branches that a document shows. A branch is read once, since its text never changes; what
 * was found in it is shown wherever the document shows those very words, and no longer once they are edited.
 */
export class BranchFindings {
  readonly #flags = new Map<NodeId, readonly Flag[]>();

  constructor(private readonly service: CollapseService) {}

  /** Reads the branches that are not known yet. Findings that the writer dismissed are left out. */
  async find(session: DocumentSession, signal: AbortSignal): Promise<Found[]> {
    const stretches = session.draft.state.attachments;
    for (const stretch of stretches) {
      if (!this.#known(stretch.node)) {
        await this.#read(session, stretch, signal);
      }
    }
    // Taken anew: the writer may have typed meanwhile.
    return session.draft.state.attachments.flatMap((stretch) => this.#shown(session, stretch));
  }

  /** Everything is to be read again: the rules have changed. */
  forget(): void {
    this.#flags.clear();
  }

  #known(node: NodeId): readonly Flag[] | undefined {
    return this.service.flagsOfNode(node) ?? this.#flags.get(node);
  }

  async #read(session: DocumentSession, stretch: Attachment, signal: AbortSignal): Promise<void> {
    const { node, start } = stretch;
    const { journal, draft, document } = session;
    const branch = journal.tree.node(node);
    // A branch that still grows is read when it has ended.
    if (branch === undefined || branch.status === 'streaming') {
      return;
    }
    const tokens = session.tokensOf(node);
    const context = {
      document,
      passage: draft.text.slice(Math.max(0, start - BEFORE), start),
      ...(tokens && { tokens }),
    };
    this.#flags.set(node, await this.service.findInBranch(branch.text, context, signal));
  }

  #shown(session: DocumentSession, { node, from, start, end }: Attachment): Found[] {
    const past = dismissed(session, node);
    const by = start - from;
    return (this.#known(node) ?? []).flatMap((flag) => {
      const key = keyOf(flag);
      const isWhole = flag.start >= from && flag.end + by <= end && flag.end > flag.start;
      return isWhole && !past.has(key)
        ? [{ flag: movedFlag(flag, by), origin: { node, key } }]
        : [];
    });
  }
}
