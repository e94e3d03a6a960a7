/** White space of a token as signs, for lists in which it would not show. */
export function visibleText(text: string): string {
  return text.replace(/ /g, '␣').replace(/\n/g, '⏎').replace(/\t/g, '⇥');
}
