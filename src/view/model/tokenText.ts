import { withoutInvisible } from '../../core/text/visible';
import { strings } from '../strings';

/** The text as a screen reader should say it: a word without its spaces, a name for pure white space. */
export function spokenText(text: string): string {
  const word = text.trim();
  if (word !== '') {
    return withoutInvisible(word);
  }
  if (text === '') {
    return strings.noText();
  }
  return text.includes('\n') ? strings.lineBreak() : strings.space();
}
