import { tile } from './collector';
import type { Token } from './token';

/** Text with the tokens that tile it, as a delta carries them. */
export interface TokenText {
  text: string;
  tokens: readonly Token[];
}

/**
 * The part of a branch that has come but was not let go yet. Offsets are the source's, from the beginning of
 * the branch; what is let go has the offsets that it gets once something before it was left out or put in.
 * Tokens are let go whole. Where one has to be cut, what stays of it is a `gap`: it is not what the model
 * emitted.
 */
export class HeldText {
  #from = 0;
  #text = '';
  #shift = 0;
  #tokens: Token[] = [];

  /** Offset where the held text begins. */
  get from(): number {
    return this.#from;
  }

  /** Offset where it ends: the length of all that came. */
  get end(): number {
    return this.#from + this.#text.length;
  }

  add(text: string, tokens: readonly Token[] | undefined): void {
    const start = this.end;
    this.#text += text;
    this.#tokens.push(...tile(start, this.end, tokens));
  }

  /** Lets go of what lies before an offset, as far as tokens are whole there; stand-ins for tokens can be cut. */
  release(until: number): TokenText {
    const across = this.#tokens[this.#wholeBefore(until)];
    if (across?.missing === 'unsupported') {
      this.#split(until);
    }
    const count = this.#wholeBefore(until);
    return this.#shiftOut(this.#tokens[count - 1]?.end ?? this.#from, count);
  }

  /** Lets go of everything. */
  flush(): TokenText {
    return this.#shiftOut(this.end, this.#tokens.length);
  }

  /** Lets go of exactly what lies before an offset; a token across it is cut. */
  releaseExactly(until: number): TokenText {
    this.#split(until);
    return this.release(until);
  }

  /**
   * Leaves out what lies before an offset.
   * @param entire whether a token across it keeps its probability: when what is left out of it stands in
   *   the draft already
   */
  drop(until: number, { entire = false } = {}): void {
    const across = this.#tokens[this.#wholeBefore(until)];
    this.#split(until);
    const dropped = this.#shiftOut(until, this.#wholeBefore(until));
    this.#shift -= dropped.text.length;
    const [first] = this.#tokens;
    if (entire && first && across && across.start < until) {
      this.#tokens[0] = { ...across, start: first.start, end: first.end };
    }
  }

  /** Text that the model did not write, before what is held. */
  insert(text: string): TokenText {
    const start = this.#from + this.#shift;
    this.#shift += text.length;
    return { text, tokens: [gap(start, start + text.length)] };
  }

  /** How many tokens lie before an offset. Those inside a character that begins there do not. */
  #wholeBefore(until: number): number {
    const index = this.#tokens.findIndex(
      ({ start, end }) => end > until || (end === until && start === until),
    );
    return index === -1 ? this.#tokens.length : index;
  }

  #split(at: number): void {
    const index = this.#tokens.findIndex(({ start, end }) => start < at && at < end);
    const token = this.#tokens[index];
    if (token) {
      const part = (start: number, end: number) =>
        token.missing === 'unsupported' ? { ...token, start, end } : gap(start, end);
      this.#tokens.splice(index, 1, part(token.start, at), part(at, token.end));
    }
  }

  #shiftOut(until: number, count: number): TokenText {
    const text = this.#text.slice(0, until - this.#from);
    const tokens = this.#tokens.splice(0, count);
    this.#text = this.#text.slice(text.length);
    this.#from = until;
    const shift = this.#shift;
    return {
      text,
      tokens:
        shift === 0
          ? tokens
          : tokens.map((token) => ({
              ...token,
              start: token.start + shift,
              end: token.end + shift,
            })),
    };
  }
}

function gap(start: number, end: number): Token {
  return { start, end, logprob: null, missing: 'gap', alternatives: [], tail: null };
}
