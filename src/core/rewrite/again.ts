import type { Fault } from './rewriting';
import { beginningOf } from './words';

const QUOTED = 80;

/** Why a candidate was thrown away, as a model is told it. */
export function reasonFor(fault: Fault, text: string): string {
  const began = `It began “${beginningOf(text, QUOTED)}”.`;
  switch (fault.kind) {
    case 'near':
    case 'taken':
      return `it said much the same as a version above. ${began} Do not write that again, nor anything near it.`;
    case 'unchanged':
      return 'it left the passage almost as it is. Change it thoroughly.';
    case 'derailed':
      return 'it came apart into words without sense. Write whole sentences that make sense.';
    case 'language':
      return 'it was in another language than the passage. Write in the language of the passage.';
    case 'meta':
      return `it talked about the rewrite (“${beginningOf(fault.phrase, QUOTED)}”). Reply with the new text alone.`;
    case 'truncated':
      return 'it was too long and broke off. Write no more than the passage has.';
    case 'refused':
    case 'empty':
      return 'there was no rewrite in it. The passage is fiction; reply with the new text alone.';
    case 'structure':
      return `it lost part of the Markdown of the passage: ${beginningOf(fault.lost, QUOTED)}. Keep that as it is.`;
    case 'avoided':
      return `it had “${fault.phrase}” in it, which must not come.`;
  }
}

/** The graver a fault, the later a candidate with it is shown for want of a better one. */
const GRAVITY: Record<Fault['kind'], number> = {
  near: 0,
  taken: 1,
  avoided: 2,
  structure: 3,
  truncated: 4,
  meta: 5,
  unchanged: 6,
  language: 7,
  derailed: 8,
  refused: 9,
  empty: 10,
};

/** The least bad of some candidates; the latest of equals. Undefined when none has a text to show. */
export function leastBad<T extends { fault: Fault }>(candidates: readonly T[]): T | undefined {
  const shown = candidates.filter(
    ({ fault }) => fault.kind !== 'refused' && fault.kind !== 'empty',
  );
  return shown.reduce<T | undefined>(
    (best, next) =>
      best === undefined || GRAVITY[next.fault.kind] <= GRAVITY[best.fault.kind] ? next : best,
    undefined,
  );
}
