import { HeldText, type TokenText } from '../model/heldText';
import type { Chunk, Passage, Strategy } from '../model/languageModel';
import { remarkStart } from './remark';
import { HeadReader, type Wrapper } from './replyHead';

/**
 * Makes the branches of a stream go on from the passage: leaves out what a chat model puts before and around
 * its text (thinking, "Here is the continuation:", a code fence, quotes around it all, the passage's last
 * words again) or after it ("Would you like me to continue?"), and gives it the space that it needs to stand after the draft. From a model that goes on
 * with the text itself, only a space is left out that the draft has already.
 *
 * Text is held back while its beginning is undecided and where a wrapper may end, and tokens tile what is
 * let go: what stays of a token that was cut is a `gap`. The result does not depend on how the text was cut
 * into chunks.
 */
export async function* cleanReply(
  stream: AsyncIterable<Chunk>,
  passage: Passage,
  strategy: Strategy,
): AsyncGenerator<Chunk, void, undefined> {
  const reader = new HeadReader(passage, strategy);
  const branches = new Map<number, CleanBranch>();
  const open = (index: number): CleanBranch => {
    const branch = branches.get(index) ?? new CleanBranch(reader);
    branches.set(index, branch);
    return branch;
  };
  for await (const chunk of stream) {
    const branch = open(chunk.branch);
    if (chunk.kind === 'delta') {
      branch.add(chunk);
      yield* deltas(chunk.branch, branch.released(false));
    } else {
      yield* deltas(chunk.branch, branch.released(true));
      branches.delete(chunk.branch);
      yield chunk;
    }
  }
  for (const [index, branch] of branches) {
    yield* deltas(index, branch.released(true));
  }
}

function* deltas(branch: number, pieces: readonly TokenText[]): Generator<Chunk> {
  for (const { text, tokens } of pieces) {
    if (text !== '' || tokens.length > 0) {
      yield { branch, kind: 'delta', text, tokens };
    }
  }
}

/** What may close a wrapper, at the end of what has come so far. */
const MAY_CLOSE: Record<Wrapper, RegExp> = { fence: /\s*`{0,3}\s*$/u, quotes: /["”]?\s*$/u };
/** What closes it: a fence wherever it stands, quotes at the end only. */
const CLOSE: Record<Wrapper, RegExp> = { fence: /\n\s*```/u, quotes: /["”]\s*$/u };

/** What stands between a reader and the text that comes. */
export interface Cleaner {
  add(piece: Pick<Extract<Chunk, { kind: 'delta' }>, 'text' | 'tokens'>): void;
  /** What can be let go. @param complete whether nothing more comes */
  released(complete: boolean): TokenText[];
}

/** One branch as it comes: what a model was told to say is left as it says it. */
export class UncleanedBranch implements Cleaner {
  readonly #held = new HeldText();

  add({ text, tokens }: Pick<Extract<Chunk, { kind: 'delta' }>, 'text' | 'tokens'>): void {
    this.#held.add(text, tokens);
  }

  released(): TokenText[] {
    return [this.#held.flush()];
  }
}

/** One branch: how its beginning was read, and what is held back of it. */
export class CleanBranch implements Cleaner {
  readonly #held = new HeldText();
  #text = '';
  #isOpen = true;
  #wrapper: Wrapper | undefined;
  #isClosed = false;

  constructor(private readonly reader: HeadReader) {}

  add({ text, tokens }: Pick<Extract<Chunk, { kind: 'delta' }>, 'text' | 'tokens'>): void {
    this.#text += text;
    this.#held.add(text, tokens);
  }

  released(complete: boolean): TokenText[] {
    const inserted = this.#isOpen ? this.#begin(complete) : [];
    return this.#isOpen ? [] : [...inserted, this.#goOn(complete)];
  }

  #begin(complete: boolean): TokenText[] {
    const head = this.reader.read(this.#text, complete);
    if (!head) {
      return [];
    }
    this.#isOpen = false;
    this.#wrapper = head.wrapper;
    this.#held.drop(head.drop, { entire: head.isThere });
    return head.insert === '' ? [] : [this.#held.insert(head.insert)];
  }

  #goOn(complete: boolean): TokenText {
    if (!this.#wrapper) {
      return this.reader.mayRemark ? this.#withoutRemark(complete) : this.#held.flush();
    }
    const { from } = this.#held;
    const rest = this.#text.slice(from);
    const close = this.#wrapper === 'fence' || complete ? CLOSE[this.#wrapper].exec(rest) : null;
    if (this.#isClosed || close) {
      const kept = this.#held.releaseExactly(this.#isClosed ? from : from + (close?.index ?? 0));
      this.#isClosed = true;
      this.#held.drop(this.#held.end);
      return kept;
    }
    const safe = from + (MAY_CLOSE[this.#wrapper].exec(rest)?.index ?? 0);
    return complete ? this.#held.flush() : this.#held.release(safe);
  }

  #withoutRemark(complete: boolean): TokenText {
    const { from, end } = this.#held;
    const until = from + remarkStart(this.#text.slice(from), complete);
    if (!complete) {
      return this.#held.release(until);
    }
    const kept = this.#held.releaseExactly(until);
    this.#held.drop(end);
    return kept;
  }
}
