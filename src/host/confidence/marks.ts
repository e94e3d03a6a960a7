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
  const span = withoutLeadingSpace(shown, text);
  mark(step !== 'low' && certainty === 'given' ? givenMark(step) : step, span);
  if (certainty === 'stuck') {
    mark('stuck', span);
  }
}

function givenMark(step: SureStep): `${SureStep}-given` {
  return `${step}-given`;
}

/** The space before a word belongs to its token, but marked it would only join words to one block. */
function withoutLeadingSpace({ start, end }: Span, text: string): Span {
  const word = text.slice(start, end).trimStart();
  return word === '' ? { start, end } : { start: end - word.length, end };
}
