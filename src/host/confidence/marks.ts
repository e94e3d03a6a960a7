import type { ShownConfidence } from '../../core/attachment/shownConfidence';
import type { Reading } from '../../core/model/certainty';
import type { ConfidenceStep } from '../../core/model/confidence';
import type { Span } from '../../core/text/span';

type SureStep = Exclude<ConfidenceStep, 'plain' | 'low'>;
const SURE = ['sure', 'surer', 'surest'] as const satisfies readonly SureStep[];

/** How a token is marked in the editor; a stuck one wears two marks. */
export type Mark = SureStep | `${SureStep}-given` | 'low' | 'stuck';
export const MARKS: readonly Mark[] = [...SURE, ...SURE.map(givenMark), 'stuck', 'low'];

/** Hands over the marks of a token, and the stretch of the text that wears them. */
export function marksOf(
  { shown, reading: { step, certainty } }: { shown: ShownConfidence; reading: Reading },
  text: string,
  mark: (mark: Mark, span: Span) => void,
): void {
  if (step === 'plain') {
    return;
  }
  const span = withoutSpace(shown, text);
  if (span.start === span.end) {
    return;
  }
  mark(step !== 'low' && certainty === 'given' ? givenMark(step) : step, span);
  if (certainty === 'stuck') {
    mark('stuck', span);
  }
}

function givenMark(step: SureStep): `${SureStep}-given` {
  return `${step}-given`;
}

/**
 * The space around a word belongs to its token, but marked it would only join words to one block, and a
 * frame around a line break would stand in the margin. Empty where there is nothing else on a line.
 */
function withoutSpace({ start, end }: Span, text: string): Span {
  const own = text.slice(start, end);
  if (own.trim() === '') {
    return own.includes('\n') ? { start, end: start } : { start, end };
  }
  const first = start + own.length - own.trimStart().length;
  return { start: first, end: first + own.trim().length };
}
