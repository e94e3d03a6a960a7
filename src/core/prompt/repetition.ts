/** How far back a reply may repeat the text before it, in UTF-16 code units. */
const FARTHEST = 4000;
/** From here to the end it may begin at any word; before that only with a sentence. */
const NEAR = 200;
/** Fewest that are no accident: of several words, and of one. */
const SHORTEST = { several: 8, one: 12 };

const WORD_START = /(?<![\p{L}\p{N}'"(])["'(]?[\p{L}\p{N}]/gu;
const SENTENCE_START = /(?:^|[.!?…。！？]["')\]]* ?)$/u;

/** Finds the end of a text again at the beginning of a reply; spacing and the form of quotes do not count. */
export class Repetition {
  readonly #tail: string;
  /** Where, in the tail, a repetition may begin; the longest first. */
  readonly #starts: readonly number[];

  constructor(before: string) {
    this.#tail = plain(before.slice(-FARTHEST)).text.trim();
    const near = this.#tail.length - NEAR;
    this.#starts = [...this.#tail.matchAll(WORD_START)]
      .map(({ index }) => index)
      .filter((start) => start >= near || SENTENCE_START.test(this.#tail.slice(0, start)))
      .filter((start) => isTelling(this.#tail.slice(start)));
  }

  /** The length of a repetition that a reply begins with; 0 when there is none, undefined while that is open. */
  lengthIn(reply: string, complete: boolean): number | undefined {
    const { text, offsets } = plain(reply.slice(0, 3 * FARTHEST));
    const lead = text.length - text.trimStart().length;
    const told = text.slice(lead);
    const soFar = told.trimEnd();
    for (const start of this.#starts) {
      const repeated = this.#tail.slice(start);
      if (told.startsWith(repeated)) {
        return offsets[lead + repeated.length] ?? reply.length;
      }
      if (!complete && repeated.startsWith(soFar)) {
        return undefined;
      }
    }
    return 0;
  }
}

function isTelling(text: string): boolean {
  return text.length >= (text.includes(' ') ? SHORTEST.several : SHORTEST.one);
}

/** One space for any whitespace, straight quotes; and where each unit (and the end) lies in the text as given. */
function plain(given: string): { text: string; offsets: number[] } {
  let text = '';
  const offsets: number[] = [];
  for (const { 0: piece, index } of given.matchAll(/\s+|[^\s]/gu)) {
    const unit = /^\s/u.test(piece) ? ' ' : piece.replace(/[“”„«»]/u, '"').replace(/[‘’]/u, "'");
    for (let i = 0; i < unit.length; i++) {
      offsets.push(index + i);
    }
    text += unit;
  }
  offsets.push(given.length);
  return { text, offsets };
}
