/** `yes`: rhyme was asked for · `no`: it was asked not to be · `unsaid`. */
export type Asked = 'yes' | 'no' | 'unsaid';

/** Instructions are read as far as this. */
const READ = 20_000;

/** "rhyme" and its usual misspellings. */
const RHYME = String.raw`\br(?:hy|yh|y|hi)m(?:e|es|ed|ing|y)?\b`;
const NO_RHYME = new RegExp(
  String.raw`\b(?:not|no|never|non|without|avoid(?:s|ing)?|free of|instead of|nor|drop|skip|\w+n['’]?t)\b[^.!?\n]{0,30}?${RHYME}` +
    String.raw`|\b(?:un|non-?)r(?:hy|yh|y)m|\br(?:hy|yh)m(?:e|ing)?[- ](?:free|less)|\brhymeless`,
  'i',
);
/** "Don't stop rhyming", "not without rhyme": two noes. */
const TWICE_NO = new RegExp(
  String.raw`\b(?:not|never|n['’]?t|no)\b[^.!?\n]{0,20}\b(?:without|stop|forget|avoid|fail|only|just)\b[^.!?\n]{0,20}?${RHYME}`,
  'i',
);
const SAYS_RHYME = new RegExp(RHYME, 'i');
const RHYMED_FORMS =
  /\b(?:sonnets?|ballads?|limericks?|couplets?|villanelles?|nursery|jingles?|terza rima|ottava rima|quatrains?|clerihews?|triolets?|abab|aabb|abcb|rap|hymns?)\b/i;
const UNRHYMED_FORMS =
  /\b(?:free[- ]verse|vers libre|blank[- ]verse|prose|haikus?|tankas?|imagis[tm]|whitman|ginsberg|william carlos williams|language poe(?:t|try))\b/i;
const NOT_FORM =
  /\b(?:not|no|n['’]?t|avoid|instead of|without)\s+(?:\w+\s+){0,3}(?:free|blank)[- ]verse/i;

/** Whether an instruction wants rhyme: said outright, else by the form or the poet it names. */
export function rhymeAsked(instruction: string): Asked {
  const text = instruction.slice(0, READ);
  if (SAYS_RHYME.test(text) || /\b(?:un|non-?)r(?:hy|yh)m|rhymeless/i.test(text)) {
    return NO_RHYME.test(text) && !TWICE_NO.test(text) ? 'no' : 'yes';
  }
  if (UNRHYMED_FORMS.test(text) && !NOT_FORM.test(text)) {
    return 'no';
  }
  return RHYMED_FORMS.test(text) ? 'yes' : 'unsaid';
}

const SHAPES =
  /\b(?:quatrains?|stanzas?|sonnets?|ballads?|hymns?|couplets?|(?:four|4)[- ]lines?|lines? each|groups? of)\b/i;

/** Whether an instruction says what stanzas are wanted. */
export function shapeAsked(instruction: string): boolean {
  return SHAPES.test(instruction.slice(0, READ));
}
