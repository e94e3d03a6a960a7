import type { Cleaner } from '../../prompt/cleanReply';
import type { TokenText } from '../heldText';
import type { Token } from '../token';
import { Beginning, type Piece } from './beginning';
import type { ChoicePart } from './choices';
import { EntryReader, type Entry } from './entry';
import { LineFeeds } from './lineFeeds';
import { Tiler } from './tiler';

/** Turns what comes of one choice into text and the tokens that tile it. */
export class BranchReader {
  readonly #entries = new EntryReader();
  readonly #lineFeeds = new LineFeeds();
  readonly #tiler = new Tiler();
  readonly #beginning: Beginning;
  #refusal = '';
  #sawText = false;
  #thought = false;
  #wrote = false;

  /**
   * @param asked whether logprobs were asked for
   * @param prefill the message that was begun for the model; '' when there is none
   * @param clean makes the reply go on from the passage, or leaves it as it is
   */
  constructor(
    private readonly asked: boolean,
    prefill: string,
    private readonly clean: Cleaner,
  ) {
    this.#beginning = new Beginning(prefill);
  }

  /** What the model gave as its reason not to write; '' when it wrote. */
  get refusal(): string {
    return this.#refusal;
  }

  /** Whether its tokens came with probabilities; null while nothing was said. */
  get sawEntries(): boolean | null {
    return this.#sawText ? this.#tiler.sawEntries : null;
  }

  /** Whether it went on with the message that was begun, saying it again; that shows that it can. */
  get repeated(): boolean {
    return this.#beginning.repeated;
  }

  /** Whether it thought and never came to write. */
  get onlyThought(): boolean {
    return !this.#wrote && (this.#thought || this.#sawText);
  }

  /** @returns what may be shown of what has come */
  add(part: ChoicePart): TokenText[] {
    this.#refusal += part.refusal;
    this.#sawText ||= part.text !== '';
    this.#thought ||= part.thinks;
    const entries = part.entries.map((record) => this.#entries.read(record));
    const text = this.#lineFeeds.add(part.text);
    const said = part.thinks ? saidOnly(entries, text) : entries;
    if (text === '' && said.length === 0) {
      return [];
    }
    const tokens = this.#tiler.add(text, said);
    return this.#cleaned(this.#beginning.add({ text, tokens: this.#known(tokens) }), false);
  }

  /** What was still held back when the reply ended. */
  end(): TokenText[] {
    return this.#cleaned(this.#beginning.end(), true);
  }

  #cleaned({ text, tokens }: Piece, ended: boolean): TokenText[] {
    if (text !== '' || (tokens !== undefined && tokens.length > 0)) {
      this.#wrote ||= text.trim() !== '';
      this.clean.add({ text, ...(tokens ? { tokens } : {}) });
    } else if (!ended) {
      return [];
    }
    return this.clean.released(ended);
  }

  /** Where nobody asked for probabilities and none came, there are no tokens to speak of. */
  #known(tokens: readonly Token[]): readonly Token[] | undefined {
    return this.asked || this.#tiler.sawEntries ? tokens : undefined;
  }
}

/** An event that holds thoughts and text brings the entries of both: the text's are the last. */
function saidOnly(entries: readonly Entry[], text: string): readonly Entry[] {
  let length = 0;
  let first = entries.length;
  while (first > 0 && length < text.length) {
    first -= 1;
    length += entries[first]?.text.length ?? 0;
  }
  return entries.slice(first);
}
