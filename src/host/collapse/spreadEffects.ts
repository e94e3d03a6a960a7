import { countIdeas, spreadEffect, type IdeaCount } from '../../core/diversity/spreadEffect';
import type { Ideas } from '../../core/diversity/ideas';
import type { EndedBatch } from '../batchReviews';
import type { DocumentSession } from '../documentSession';
import { translate } from './words';

/**
 * Says what asking apart came to: within one batch, where some of its branches were asked so and others not;
 * for a batch that was asked apart as a whole, beside the draft's latest plain one.
 */
export class SpreadEffects {
  readonly #plain = new WeakMap<DocumentSession, IdeaCount>();

  of(
    session: DocumentSession | undefined,
    branches: EndedBatch['branches'],
    { groups }: Ideas,
  ): string | undefined {
    const apart = new Set<number>();
    const plain = new Set<number>();
    for (const { index, node } of branches) {
      const source = session?.journal.tree.node(node)?.source;
      const isApart = source?.kind === 'model' && source.strategy === 'apart';
      (isApart ? apart : plain).add(index);
    }
    const counted = countIdeas(groups, plain);
    const before = plain.size > 0 ? counted : session && this.#plain.get(session);
    if (session && apart.size === 0) {
      this.#plain.set(session, counted);
    }
    return before && spreadEffect(before, countIdeas(groups, apart), translate);
  }
}
