import type { Flag } from '../../core/collapse/flag';
import { describeEffect } from '../../core/rewrite/describeRewrite';
import { measureEffect, type Version } from '../../core/rewrite/effect';
import { MARKS } from '../../core/tree/marks';
import { readRewriteMark } from '../../core/tree/rewriteMark';
import type { Review } from '../batch';
import type { EndedBatch } from '../batchReviews';
import type { DocumentSession } from '../documentSession';
import type { CollapseService } from './collapseService';
import { flagView, translate } from './words';

/**
 * What was found in a text that was rewritten, and what rewriting came to: beside it, and beside the first
 * tries, which would have been shown had nobody looked.
 * @throws the signal's reason when it is aborted
 */
export async function reviewRewritten(
  service: Pick<CollapseService, 'findInBranch'>,
  session: DocumentSession | undefined,
  { document, passage, branches }: EndedBatch,
  source: string,
  found: ReadonlyMap<number, readonly Flag[]>,
  signal: AbortSignal,
): Promise<NonNullable<Review['rewritten']>> {
  const context = { document, ...(passage ? { passage: passage.before } : {}) };
  const read = async (text: string): Promise<Version> => ({
    text,
    flags: await service.findInBranch(text, context, signal),
  });
  const before = await read(source);
  const after: Version[] = [];
  const first: Version[] = [];
  for (const { index, node, text } of branches) {
    const shown = { text, flags: found.get(index) ?? [] };
    const mark = readRewriteMark(session?.journal.tree.marks(node).get(MARKS.rewrite));
    const earlier = mark?.attempts.find((attempt) => attempt.text.trim() !== '')?.text;
    after.push(shown);
    first.push(earlier === undefined ? shown : await read(earlier));
  }
  const flags = before.flags.map(flagView);
  return after.length === 0
    ? { flags }
    : {
        flags,
        effect: describeEffect(measureEffect({ before: [before], first, after }), translate),
      };
}
