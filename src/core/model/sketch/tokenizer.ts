/**
 * Text to tokens and back. A token is what a writer would call one thing: a word or number with the
 * single space before it, one punctuation mark, a line end, a paragraph break. Tokens tile the text
 * whatever it holds (lone surrogates too), and none ends inside a grapheme.
 *
 * Scripts written without spaces (Han, kana, Thai, Lao, Khmer, Myanmar) go character by character.
 */

/** What continues a grapheme (UAX #29 Extend, SpacingMark and ZWJ, as far as regular expressions know them). */
const MARK =
  '[\\u200D\\u200C\\p{M}\\p{Emoji_Modifier}\\u0E33\\u0EB3\\uFF9E\\uFF9F\\u{E0020}-\\u{E007F}]*';
/** What a grapheme may begin with before its base (UAX #29 Prepend, the ones that are not letters). */
const PREPEND = '[\\u0600-\\u0605\\u06DD\\u070F\\u0890\\u0891\\u08E2\\u{110BD}\\u{110CD}]*';
const UNSPACED =
  '[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}]';
const LETTER = `(?!${UNSPACED})\\p{L}${MARK}`;
const DIGIT = `\\p{N}${MARK}`;
const PICTURE = `\\p{Extended_Pictographic}${MARK}`;
/** A longer run of letters is cut, so that no token is without bound. */
const MOST = 128;

const TOKEN = [
  ` ?${PREPEND}(?:${LETTER}){1,${MOST}}(?:['’](?:${LETTER}){1,${MOST}})*`,
  ` ?${PREPEND}(?:${DIGIT}){1,${MOST}}(?:[.,:](?:${DIGIT}){1,${MOST}})*`,
  '\\r\\n|\\n\\n?',
  ` ?${PREPEND}(?:\\.{2,4}|-{2,3}|\\*{2,3}|_{2,3}|#{2,6})${MARK}`,
  ` ?${PREPEND}\\p{RI}\\p{RI}${MARK}`,
  ` ?${PREPEND}${PICTURE}(?:(?<=\\u200D)${PICTURE})*`,
  ` ?(?!\\s)${PREPEND}[^\\r\\n]${MARK}`,
  `[^\\S\\r\\n]{1,32}(?= \\S)`,
  `[^\\S\\r\\n]{1,32}${MARK}`,
  `[^]${MARK}`,
].join('|');

export class Tokenizer {
  private readonly pattern = new RegExp(TOKEN, 'uy');

  /** Where the token that starts at `at` ends; `at` must be inside the text and on a token's border. */
  end(text: string, at: number): number {
    this.pattern.lastIndex = at;
    // The last alternative takes any character, so this only fails past the end.
    return this.pattern.test(text) ? this.pattern.lastIndex : text.length;
  }

  /** The tokens of a text; joined, they are the text. */
  tokens(text: string): string[] {
    const tokens: string[] = [];
    for (let at = 0; at < text.length;) {
      const end = this.end(text, at);
      tokens.push(text.slice(at, end));
      at = end;
    }
    return tokens;
  }
}

/** How many of a text's last tokens may change when more text follows ("don" + "'" becomes "don't"). */
export const UNSETTLED = 2;

/**
 * The first position ≥ `from` where a token certainly begins: a line end or a space after something
 * else. Looks `within` code units ahead, then settles for a whole character.
 */
export function alignStart(text: string, from: number, within = 400): number {
  if (from <= 0) {
    return 0;
  }
  for (let at = from; at < Math.min(text.length, from + within); at++) {
    const before = text.charAt(at - 1);
    if ((text.charAt(at) === ' ' || text.charAt(at) === '\n') && before.trim() !== '') {
      return at;
    }
  }
  const code = text.charCodeAt(from);
  return code >= 0xdc00 && code <= 0xdfff ? from + 1 : from;
}
