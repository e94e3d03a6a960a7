import type { Span } from '../text/span';
import {
  CONFIDENCE_STEPS,
  confidenceStep,
  type ConfidenceStep,
  type ConfidenceSteps,
} from './confidence';
import { OPEN_BITS } from './openBits';

/**
 * What being sure means at a place. `given`: the context leaves no choice, as in the second half of a
 * word or in a fixed expression. `stuck`: the model is all but certain where human text is open.
 */
export type Certainty = 'given' | 'stuck';

/** How a token is read: its step, and what that means where it is a sure one. */
export interface Reading {
  step: ConfidenceStep;
  /** Null where the model was not sure, or sure but not certain at an open place, or nobody can tell. */
  certainty: Certainty | null;
}

/**
 * The one reading of a token that panel, document, hover and summary share.
 * @param text what the token stands in, of which it is a slice
 * @param bits how open human text is at the token's start, in bits; null when that is not known
 */
export function readToken(
  text: string,
  token: Span & { logprob: number | null },
  bits: number | null,
  steps: ConfidenceSteps = CONFIDENCE_STEPS,
): Reading {
  const step = confidenceStep(token.logprob, steps);
  if (!isSure(step)) {
    return { step, certainty: null };
  }
  if (isInsideWord(text, token)) {
    return { step, certainty: 'given' };
  }
  if (bits === null) {
    return { step, certainty: null };
  }
  const isCertain = step === 'surer' || step === 'surest';
  return { step, certainty: bits < OPEN_BITS ? 'given' : isCertain ? 'stuck' : null };
}

/** Whether the yardstick has something to say about a token. */
export function needsYardstick(
  text: string,
  token: Span & { logprob: number | null },
  steps: ConfidenceSteps = CONFIDENCE_STEPS,
): boolean {
  return isSure(confidenceStep(token.logprob, steps)) && !isInsideWord(text, token);
}

function isSure(step: ConfidenceStep): boolean {
  return step === 'sure' || step === 'surer' || step === 'surest';
}

const WORD = /[\p{L}\p{N}\p{M}]/u;

/** True when a token has no text, or goes on with a word that began before it. */
export function isInsideWord(text: string, { start, end }: Span): boolean {
  if (start === end) {
    return true;
  }
  const first = text.charAt(start);
  const isPart = WORD.test(first) || first === "'" || first === '’';
  return start > 0 && isPart && WORD.test(text.charAt(start - 1));
}
