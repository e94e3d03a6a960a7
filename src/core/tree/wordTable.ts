import type { Token } from '../model/token';
import { toBase64 } from './base64';

type Identity = Pick<Token, 'id' | 'bytes'>;

/** A text that was emitted or could have been, with what the model calls it. */
export interface Word extends Identity {
  text: string;
  /** Whether a token of the text is it. */
  isEmitted: boolean;
  uses: number;
  /** Its place in the table. */
  number: number;
}

/** A token as words of the table. */
export interface TokenWords {
  own: Word;
  alternatives: readonly Word[];
}

/** All different words of a run; those used most stand first, so that their numbers are short. */
export class WordTable {
  readonly words: readonly Word[];
  /** Of each token. */
  readonly tokens: readonly TokenWords[];
  readonly #found = new Map<string, Word>();

  constructor(tokens: readonly Token[], text: string) {
    this.tokens = tokens.map((token) => {
      const own = this.#use(text.slice(token.start, token.end), token);
      own.isEmitted = true;
      return { own, alternatives: token.alternatives.map((each) => this.#use(each.text, each)) };
    });
    this.words = [...this.#found.values()].sort((a, b) => b.uses - a.uses);
    this.words.forEach((word, number) => (word.number = number));
  }

  #use(text: string, { id, bytes }: Identity): Word {
    // Neither an id nor base64 holds a 0, so no two words share a key.
    const key = `${id ?? ''}\0${bytes === undefined ? '' : `=${toBase64(bytes)}`}\0${text}`;
    let word = this.#found.get(key);
    if (word === undefined) {
      word = { text, isEmitted: false, uses: 0, number: 0 };
      Object.assign(word, id === undefined ? {} : { id }, bytes === undefined ? {} : { bytes });
      this.#found.set(key, word);
    }
    word.uses++;
    return word;
  }
}
