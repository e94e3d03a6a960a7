import type { Passage, Strategy } from '../model/languageModel';
import { endsWithSpace, needsSpace } from './joint';
import { preambleLength } from './preamble';
import { Repetition } from './repetition';

/** What a reply is wrapped in: dropped at its beginning, and to be dropped at its end. */
export type Wrapper = 'fence' | 'quotes';

/** What to do with the beginning of a reply. */
export interface Head {
  /** UTF-16 code units left out. */
  drop: number;
  /** Whether they stand in the draft already, right before the place: nothing of the reply is lost. */
  isThere: boolean;
  /** What the model did not write and the text needs. */
  insert: '' | ' ';
  wrapper?: Wrapper;
}

/** Undefined while it is open: more of the reply will tell. */
type Open = undefined;

const THINKING = /^<think(?:ing)?>/u;
const THOUGHT = /<\/think(?:ing)?>/u;
const FENCE = /^```[\w-]*\n/u;
const MOST_PREAMBLES = 3;

/** Reads the beginnings of replies to one passage. What it says of a beginning, no continuation changes. */
export class HeadReader {
  readonly #before: string;
  readonly #repetition: Repetition;
  /** Whether the model is told what to do, and so may do something else. */
  readonly #isTold: boolean;
  readonly #isChat: boolean;
  readonly #breaksOffInSentence: boolean;
  /** Whether the text ends with a space that was not sent; after tokens of its own, all was. */
  readonly #hasOwnSpace: boolean;

  constructor({ before, emitted }: Passage, strategy: Strategy) {
    this.#before = before;
    this.#hasOwnSpace = emitted === undefined && endsWithSpace(before);
    this.#repetition = new Repetition(before);
    this.#isTold = strategy !== 'raw' && strategy !== 'infill';
    this.#isChat = strategy === 'few-shot' || strategy === 'instruction';
    this.#breaksOffInSentence = /\p{L}\s*$/u.test(before.slice(-100));
  }

  /** Whether a reply may end in a remark to the writer. */
  get mayRemark(): boolean {
    return this.#isChat;
  }

  /** @param complete whether that is all of the reply */
  read(reply: string, complete: boolean): Head | Open {
    if (!this.#isTold) {
      return this.#joint(reply, false, complete);
    }
    const around = this.#around(reply, complete);
    if (!around) {
      return undefined;
    }
    const { at, wrapper } = around;
    const repeated = this.#repetition.lengthIn(reply.slice(at), complete);
    if (repeated === undefined) {
      return undefined;
    }
    const drop = at + repeated;
    const joint = this.#joint(reply.slice(drop), drop > 0 && repeated === 0, complete);
    return joint && { ...joint, drop: drop + joint.drop, ...(wrapper ? { wrapper } : {}) };
  }

  /** What stands around the text: thinking, a fence, talk about the text, quotes. */
  #around(reply: string, complete: boolean): { at: number; wrapper?: Wrapper } | Open {
    let at = skipSpace(reply, 0);
    const thinking = thinkingLength(reply.slice(at), complete);
    if (thinking === undefined) {
      return undefined;
    }
    at = skipSpace(reply, at + thinking);
    for (let i = 0; i < MOST_PREAMBLES; i++) {
      const preamble = preambleLength(reply.slice(at), complete);
      if (preamble === undefined) {
        return undefined;
      }
      if (preamble === 0) {
        break;
      }
      at = skipSpace(reply, at + preamble);
    }
    const fence = fenceLength(reply.slice(at), complete);
    if (fence === undefined) {
      return undefined;
    }
    if (fence > 0) {
      return { at: skipSpace(reply, at + fence), wrapper: 'fence' };
    }
    const isQuoted = this.#isQuoted(reply.slice(at), complete);
    if (isQuoted === undefined) {
      return undefined;
    }
    return isQuoted
      ? { at: at + 1, wrapper: 'quotes' }
      : { at: at === skipSpace(reply, 0) ? 0 : at };
  }

  /**
   * Whether a quote at the beginning wraps the reply. A speech begins with one, too: so only where the passage
   * comes again inside, or a sentence that broke off goes on with a small letter.
   */
  #isQuoted(reply: string, complete: boolean): boolean | Open {
    if (!/^["“]/u.test(reply)) {
      return false;
    }
    const inside = reply.slice(1);
    if (inside === '') {
      return complete ? false : undefined;
    }
    if (this.#breaksOffInSentence && /^\p{Ll}/u.test(inside)) {
      return true;
    }
    const repeated = this.#repetition.lengthIn(inside, complete);
    return repeated === undefined ? undefined : repeated > 0;
  }

  /** @param fresh whether talk or a wrapper was left out, so that space here is theirs */
  #joint(reply: string, fresh: boolean, complete: boolean): Head | Open {
    const [space = ''] = /^\s*/u.exec(reply) ?? [];
    if (space === reply && !complete) {
      return undefined;
    }
    const first = reply.slice(space.length);
    if (!this.#isChat) {
      const [spaces = ''] = /^[ \t]*/u.exec(reply) ?? [];
      const isThere = spaces !== '' && this.#hasOwnSpace;
      return { drop: isThere ? spaces.length : 0, isThere, insert: '' };
    }
    if (this.#before === '' || /\s$/u.test(this.#before)) {
      return { drop: space.length, isThere: false, insert: '' };
    }
    if (fresh || space === '') {
      const insert = needsSpace(this.#before, first) ? ' ' : '';
      return { drop: space.length, isThere: false, insert };
    }
    return { drop: 0, isThere: false, insert: '' };
  }
}

function skipSpace(text: string, from: number): number {
  return from + (/^\s*/u.exec(text.slice(from))?.[0].length ?? 0);
}

/** Thinking that a server leaves in the text. */
function thinkingLength(reply: string, complete: boolean): number | Open {
  if (!THINKING.test(reply)) {
    return isBeginning(reply, ['<think>', '<thinking>']) && !complete ? undefined : 0;
  }
  const end = THOUGHT.exec(reply);
  if (end) {
    return end.index + end[0].length;
  }
  return complete ? reply.length : undefined;
}

function fenceLength(reply: string, complete: boolean): number | Open {
  const fence = FENCE.exec(reply);
  if (fence) {
    return fence[0].length;
  }
  const mayBegin = isBeginning(reply, ['```']) || /^```[\w-]{0,20}$/u.test(reply);
  return mayBegin && !complete ? undefined : 0;
}

/** Whether a text is, so far, the beginning of one of several. */
function isBeginning(text: string, of: readonly string[]): boolean {
  return of.some((whole) => whole.startsWith(text));
}
