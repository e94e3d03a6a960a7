import * as v from 'valibot';
import type { Fault, Label, RewriteAbout } from '../rewrite/rewriting';

/** What the tree keeps of a rewrite besides its text: usage is the node's own. */
export interface RewriteMark extends Omit<RewriteAbout, 'usage'> {
  /** What its strategy did at that time, in a line. */
  line: string;
}

const text = v.string();
const share = v.number();

const FAULT: v.GenericSchema<unknown, Fault> = v.variant('kind', [
  v.object({ kind: v.literal('near'), branch: v.number(), similarity: share }),
  v.object({ kind: v.literal('taken'), similarity: share }),
  v.object({ kind: v.literal('unchanged'), similarity: share }),
  v.object({ kind: v.literal('derailed') }),
  v.object({ kind: v.literal('language') }),
  v.object({ kind: v.literal('meta'), phrase: text }),
  v.object({ kind: v.literal('truncated') }),
  v.object({ kind: v.literal('refused'), text }),
  v.object({ kind: v.literal('empty') }),
  v.object({ kind: v.literal('structure'), lost: text }),
  v.object({ kind: v.literal('avoided'), phrase: text }),
]);

const LABEL: v.GenericSchema<unknown, Label> = v.variant('kind', [
  v.object({ kind: v.literal('lost'), what: v.picklist(['name', 'number', 'quotation']), text }),
  v.object({
    kind: v.literal('worse-flags'),
    code: text,
    before: v.number(),
    after: v.number(),
  }),
]);

const MARK = v.object({
  strategy: text,
  line: text,
  attempts: v.array(v.object({ text, fault: FAULT })),
  fault: v.exactOptional(FAULT),
  labels: v.array(LABEL),
});

export function writeRewriteMark({ strategy, line, attempts, fault, labels }: RewriteMark): string {
  return JSON.stringify({ strategy, line, attempts, ...(fault ? { fault } : {}), labels });
}

/** Undefined where the mark is none, or damaged. */
export function readRewriteMark(value: string | undefined): RewriteMark | undefined {
  const read = v.safeParse(v.pipe(v.string(), v.parseJson(), MARK), value);
  return read.success ? read.output : undefined;
}
