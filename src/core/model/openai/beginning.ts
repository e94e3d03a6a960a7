import type { Token } from '../token';
import { repetition } from './repetition';
import { Thinking } from './thinking';

/** A piece of a branch: its tokens tile it, in offsets of the whole branch. */
export interface Piece {
  text: string;
  tokens: readonly Token[] | undefined;
}

const NOTHING: Piece = { text: '', tokens: undefined };

/**
 * Takes away what does not belong to the branch from the beginning of a reply: thinking aloud, and a
 * repetition of the message that was begun for the model. Holds text back only until that is known.
 */
export class Beginning {
  readonly #thinking = new Thinking();
  #thought = false;
  #settled = false;
  /** How much was taken away. */
  #cut = 0;
  #held = '';
  #tokens: Token[] = [];
  #bare = false;
  #repeated = false;

  /** @param prefill the message that was begun; '' when there is none */
  constructor(private readonly prefill: string) {}

  /** Whether the message that was begun came again. */
  get repeated(): boolean {
    return this.#repeated;
  }

  add(piece: Piece): Piece {
    if (this.#settled) {
      return this.#shifted(piece);
    }
    this.#held += piece.text;
    this.#bare ||= piece.tokens === undefined;
    piece.tokens?.forEach((token) => this.#tokens.push(token));
    return this.#decide(false);
  }

  /** What was still held back when the reply ended. */
  end(): Piece {
    return this.#settled ? NOTHING : this.#decide(true);
  }

  #decide(ended: boolean): Piece {
    if (!this.#afterThought(ended)) {
      return NOTHING;
    }
    const again = repetition(this.#held, this.prefill, ended);
    if (again === 'undecided') {
      return NOTHING;
    }
    this.#settled = true;
    this.#repeated = again > 0;
    this.#drop(again);
    const piece = { text: this.#held, tokens: this.#bare ? undefined : this.#tokens };
    this.#held = '';
    this.#tokens = [];
    return this.#shifted(piece);
  }

  #afterThought(ended: boolean): boolean {
    if (!this.#thought) {
      const { drop, settled } = this.#thinking.next(this.#held, ended);
      this.#drop(drop);
      this.#thought = settled;
    }
    return this.#thought;
  }

  #drop(length: number): void {
    if (length > 0) {
      this.#cut += length;
      this.#held = this.#held.slice(length);
      this.#tokens = this.#tokens.filter(({ start, end }) => isAfter(start, end, this.#cut));
    }
  }

  #shifted({ text, tokens }: Piece): Piece {
    const cut = this.#cut;
    if (cut === 0 || tokens === undefined) {
      return { text, tokens };
    }
    const kept = tokens.map((token) => ({
      ...token,
      start: Math.max(token.start, cut) - cut,
      end: token.end - cut,
    }));
    return { text, tokens: kept };
  }
}

function isAfter(start: number, end: number, cut: number): boolean {
  return end > cut || (start === end && start >= cut);
}
