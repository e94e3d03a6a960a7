/**
 * A text without what typesetting added: compatibility forms composed (NFKC), curly quotes and dashes made
 * plain, Markdown's marks taken out, white space single. Case is kept; line breaks become `\n`.
 */
export function typography(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\r\n?|[\u2028\u2029]/gu, '\n')
    .replace(/[\u00ad\u200b-\u200c\u2060\ufeff]/gu, '')
    .replace(/[‘’‚‛′`´]/gu, "'")
    .replace(/[“”„‟″«»]/gu, '"')
    .replace(/[‐‑‒–—―−]/gu, '-')
    .replace(/[*_~#|>]+/gu, ' ')
    .replace(/[^\S\n]+/gu, ' ')
    .replace(/ ?\n[ \n]*/gu, '\n')
    .trim();
}

/** Words that Markdown set in bold, in the order they come; asterisks and underscores alike. */
export function emphasised(text: string): string[] {
  return Array.from(
    text.matchAll(/(\*\*|__)(?=\S)([^*_\n]{1,80}?)(?<=\S)\1/gu),
    ([, , inner = '']) => inner,
  );
}
