/**
 * Why an alternative cannot begin a branch: `part` it is a piece of a character · `end` it stands for the end
 * of the text, or for no text · `inside` its place lies within a character.
 */
export type Unpickable = 'part' | 'end' | 'inside';

/** Control tokens as models spell them: `<|endoftext|>`, `</s>`, `<eos>`, `<end_of_turn>`. */
const CONTROL = /^(?:<\|[^|\n]*\|>|<\/?s>|<(?:eos|bos|pad|unk|end_of_turn|start_of_turn)>)$/u;

/**
 * Whether a token can be put in another's place as text.
 * @param text the alternative's; U+FFFD in it stands for bytes that make no character
 * @param previous text of the token before that place; undefined at the beginning of a branch
 * @returns null when it can
 */
export function whyUnpickable(text: string, previous: string | undefined): Unpickable | null {
  // A token without text is a piece of a character that the tokens after it complete.
  if (previous === '') {
    return 'inside';
  }
  if (text === '' || CONTROL.test(text)) {
    return 'end';
  }
  return text.includes('\uFFFD') ? 'part' : null;
}
