import { Tokenizer } from './tokenizer';

const OPENING = /^ ?[“‘([]$/u;
const CLOSING = /^[”’)\]]$/u;
const STRAIGHT = /^ ?["']$/u;
const DOUBLE = /^ ?["“”]$/u;
const SINGLE = /^ ?['‘’]$/u;
/** Single marks where speech begins: as an apostrophe does not. */
const SINGLE_SPEECH = /(?<=^|[\s—-])['‘](?=\p{Lu})/gmu;
/** What closes each. */
const CLOSED_BY = new Map([
  ['“', '”'],
  ['"', '"'],
  ['‘', '’'],
  ["'", "'"],
  ['(', ')'],
  ['[', ']'],
]);
/** As much of a text as is looked at, in UTF-16 code units. */
const REACH = 4000;

/**
 * Which quotes and brackets are open in the paragraph being written, token by token. Speech stands
 * in the marks that the text uses, double ones unless single ones are clearly more; the others are
 * not written at all, and single ones not in those are apostrophes.
 */
export class QuoteState {
  /** What would close them, innermost last. */
  private open: string[] = [];
  private single = false;
  private last = '\n';
  private lastOpens = false;
  private lastCloses = false;

  /** The state at the end of a text. */
  static after(text: string): QuoteState {
    const state = new QuoteState();
    const recent = text.slice(-REACH);
    const doubles = (recent.match(/["“”]/gu) ?? []).length / 2;
    state.single = (recent.match(SINGLE_SPEECH) ?? []).length > doubles;
    const paragraph = text.slice(text.lastIndexOf('\n') + 1).slice(-REACH);
    for (const token of new Tokenizer().tokens(paragraph)) {
      state.pass(token);
    }
    return state;
  }

  copy(): QuoteState {
    const state = new QuoteState();
    state.single = this.single;
    state.open = [...this.open];
    state.last = this.last;
    state.lastOpens = this.lastOpens;
    state.lastCloses = this.lastCloses;
    return state;
  }

  /** Whether any is open. */
  get isOpen(): boolean {
    return this.open.length > 0;
  }

  /** Whether a token can be written here without leaving a quote or bracket crooked. */
  allows(token: string): boolean {
    if ((this.single ? DOUBLE : SINGLE).test(token)) {
      return false;
    }
    if (this.opens(token)) {
      return !this.open.includes(CLOSED_BY.get(token.trim()) ?? '');
    }
    if (this.closes(token)) {
      return this.open.at(-1) === token && !this.lastOpens;
    }
    if (token.startsWith('\n')) {
      return !this.isOpen;
    }
    // No word leans on a closing one.
    if (this.lastCloses && /^[\p{L}\p{N}]/u.test(token)) {
      return false;
    }
    // Nothing stands off from an opening quote or from the start of a paragraph.
    return !(token.startsWith(' ') && (this.last.endsWith('\n') || this.lastOpens));
  }

  /** Goes over a token. */
  pass(token: string): void {
    const opens = this.opens(token);
    this.lastCloses = !opens && this.closes(token);
    if (opens) {
      this.open.push(CLOSED_BY.get(token.trim()) ?? '');
    } else if (token.startsWith('\n')) {
      this.open = [];
    } else if (this.closes(token) && this.open.includes(token)) {
      this.open.length = this.open.lastIndexOf(token);
    }
    this.lastOpens = opens;
    this.last = token;
  }

  private opens(token: string): boolean {
    return (
      this.counts(token) && (OPENING.test(token) || (STRAIGHT.test(token) && !this.leans(token)))
    );
  }

  private closes(token: string): boolean {
    return (
      this.counts(token) && (CLOSING.test(token) || (STRAIGHT.test(token) && this.leans(token)))
    );
  }

  /** Single marks count only where they stand for speech. */
  private counts(token: string): boolean {
    return this.single || !SINGLE.test(token);
  }

  /** A straight quote closes when it leans on the word or mark before it. */
  private leans(token: string): boolean {
    return !token.startsWith(' ') && !/\s$/u.test(this.last);
  }
}
