/** English words that carry no topic; contractions lie without their apostrophe. */
export const STOP_WORDS: ReadonlySet<string> = new Set(
  `a about above after again against all also am an and another any are arent as at be because been before
  being below between both but by can cant could couldnt did didnt do does doesnt doing dont down during each
  ever every few for from further get gets getting go goes going got had hadnt has hasnt have havent having he
  hed her here heres hers herself hes him himself his how i id if ill im in into is isnt it itd itll its itself
  ive just let lets like made make makes many may me might mine more most much must my myself never no nor not
  now of off often on once one only or other our ours ourselves out over own per quite rather really s same she
  shed shes should shouldnt so some something still such t than that thats the their theirs them themselves
  then there theres these they theyd theyll theyre theyve this those though through to too under until up upon
  us very was wasnt we wed well were werent weve what whats when where which while who whom whos whose why will
  with within without wont would wouldnt yes yet you youd youll your youre yours yourself yourselves youve`
    .trim()
    .split(/\s+/u),
);

const WORD = /\p{L}[\p{L}\p{M}]*(?:'\p{L}+)*|\p{N}+|\p{Extended_Pictographic}/gu;
/** Scripts that put no spaces between words. */
const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}]/u;

/**
 * The words of a text in order, in lower case, apostrophes dropped; numbers and pictures count as words.
 * Writing without spaces gives pairs of characters instead.
 * @param text as `typography` leaves it
 */
export function wordsOf(text: string): string[] {
  const words: string[] = text.toLowerCase().match(WORD) ?? [];
  const unspaced = UNSPACED.test(text);
  if (!unspaced && !text.includes("'")) {
    return words;
  }
  return words.flatMap((word) =>
    unspaced && UNSPACED.test(word) ? pairs(word) : [word.replaceAll("'", '')],
  );
}

function pairs(run: string): string[] {
  const characters = Array.from(run);
  return characters.length === 1
    ? characters
    : characters.slice(1).map((second, i) => (characters[i] ?? '') + second);
}

/**
 * An English word without its inflection, by the commonest endings only: what matters is that forms of one
 * word meet, not that the stem is a word. Words of other languages mostly pass unchanged.
 */
export function stem(word: string): string {
  if (word.length < 4) {
    return word;
  }
  const bare = word
    .replace(/(?<=[^aeiou])ies$/u, 'y')
    .replace(/(?<=..(?:s|x|z|ch|sh))es$/u, '')
    .replace(/(?<=..[^su])s$/u, '');
  return bare
    .replace(/(?<=[aeiouy].*[^aeiou])(?:ing|ed|e|ly)$/u, '')
    .replace(/([bdgmnprt])\1$/u, '$1');
}
