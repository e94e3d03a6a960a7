/** What models put round what they think aloud before they answer. */
const REASONING = /<(think|thinking|reasoning)>[\s\S]*?(?:<\/\1>|$)/giu;

/**
 * A text with reasoning (`<think>…</think>`, left open at the end too) blanked out: spaces in its place, so that
 * offsets stay true. The tags count only where an answer may begin: at the beginning of the text, or of a line.
 */
export function withoutReasoning(text: string): string {
  return text.includes('<')
    ? text.replace(REASONING, (found, _tag: string, at: number) =>
        /(?:^|\n)[ \t]*$/u.test(text.slice(Math.max(0, at - 80), at))
          ? found.replace(/[^\n]/gu, (character) => ' '.repeat(character.length))
          : found,
      )
    : text;
}
