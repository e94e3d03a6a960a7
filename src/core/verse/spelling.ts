/** Syllables of a word by its letters: groups of vowels, a silent e or -ed left out. */
export function spelledSyllables(word: string): number {
  const bare = word.replace(/(?<=[^aeiouytdl])e(?:d|s)?$|(?<=[td])e$|(?<=[aeiouy][lr])e$/, '');
  return Math.max(1, bare.match(/[aeiouy]+/g)?.length ?? 0);
}

/** The letters that make a word's last rhyme: its last vowels but a silent e, and all after them. */
export function spelledRhyme(word: string): string {
  return /[aeiouy]+[^aeiouy]*(?:e[sd]?)?$/.exec(word)?.[0] ?? word;
}
