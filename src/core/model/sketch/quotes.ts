import { Tokenizer } from './tokenizer';

const OPENING = /^ ?[“(]$/u;
const CLOSING = /^[”)]$/u;
const STRAIGHT = /^ ?"$/u;
/** As much of a paragraph as is looked at, in UTF-16 code units. */
const REACH = 4000;

/** Which double quotes and brackets are open in the paragraph being written, token by token. */
export class QuoteState {
  private open = false;
  private last = '\n';
  private lastOpens = false;

  /** The state at the end of a text. */
  static after(text: string): QuoteState {
    const state = new QuoteState();
    const paragraph = text.slice(text.lastIndexOf('\n') + 1).slice(-REACH);
    for (const token of new Tokenizer().tokens(paragraph)) {
      state.pass(token);
    }
    return state;
  }

  copy(): QuoteState {
    const state = new QuoteState();
    state.open = this.open;
    state.last = this.last;
    state.lastOpens = this.lastOpens;
    return state;
  }

  /** Whether a token can be written here without leaving a quote crooked. */
  allows(token: string): boolean {
    if (this.opens(token)) {
      return !this.open;
    }
    if (this.closes(token)) {
      return this.open && !this.lastOpens;
    }
    if (token.startsWith('\n')) {
      return !this.open;
    }
    // Nothing stands off from an opening quote or from the start of a paragraph.
    return !(token.startsWith(' ') && (this.last.endsWith('\n') || this.lastOpens));
  }

  /** Goes over a token. */
  pass(token: string): void {
    const opens = this.opens(token);
    if (opens) {
      this.open = true;
    } else if (token.startsWith('\n') || this.closes(token)) {
      this.open = false;
    }
    this.lastOpens = opens;
    this.last = token;
  }

  private opens(token: string): boolean {
    return OPENING.test(token) || (STRAIGHT.test(token) && !this.closesStraight(token));
  }

  private closes(token: string): boolean {
    return CLOSING.test(token) || (STRAIGHT.test(token) && this.closesStraight(token));
  }

  /** A straight quote closes when it leans on the word or mark before it. */
  private closesStraight(token: string): boolean {
    return token === '"' && !/\s$/u.test(this.last);
  }
}
