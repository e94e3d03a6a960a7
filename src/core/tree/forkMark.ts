import { isRecord } from '../model/openai/json';
import type { NodeId } from './node';

const KINDS = ['picked', 'escape', 'opening'] as const;
export type ForkKind = (typeof KINDS)[number];

/** How a branch was made to begin as it does: by a token forced in another one's place. */
export interface ForkMark {
  /**
   * `picked` by the writer, one of several that `escape` from a place where the model was stuck, or the
   * `opening` of one of several branches that each begin with another word.
   */
  kind: ForkKind;
  /** The branch that it shares its beginning with; absent where that is the draft's own text. */
  of?: NodeId;
  /** UTF-16 offset of the forced token in its own text. */
  at: number;
  /** The token that was forced. */
  text: string;
  /** The probability that it had there, natural logarithm. */
  logprob: number;
  /** The token in whose place it stands. */
  instead: string;
  /** The model was only told the beginning, since it cannot be made to go on from one. */
  told?: true;
}

export function writeForkMark(mark: ForkMark): string {
  return JSON.stringify(mark);
}

/** Undefined where the mark is none, or damaged. */
export function readForkMark(value: string | undefined): ForkMark | undefined {
  const read: unknown = value === undefined ? undefined : parse(value);
  if (!isRecord(read)) {
    return undefined;
  }
  const { kind, of, at, text, logprob, instead, told } = read;
  const isSound =
    isKind(kind) &&
    (of === undefined || typeof of === 'string') &&
    typeof at === 'number' &&
    typeof text === 'string' &&
    typeof logprob === 'number' &&
    logprob <= 0 &&
    typeof instead === 'string';
  return isSound
    ? {
        ...{ kind, at, text, logprob, instead },
        ...(of === undefined ? {} : { of }),
        ...(told === true ? { told } : {}),
      }
    : undefined;
}

function isKind(value: unknown): value is ForkKind {
  return KINDS.some((kind) => kind === value);
}

function parse(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}
