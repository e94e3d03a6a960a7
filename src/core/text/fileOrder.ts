/** Files that lie beside drafts and are none. */
const NO_DRAFT =
  /^(?:readme|changelog|licen[cs]e|contributing|notice|todo|notes?|outline|synopsis|characters|ideas|agents|claude)\b/iu;
const BY_NUMBER = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/**
 * The file of a folder whose text comes before another's: the next lower in natural order (chapter-2 before
 * chapter-10) with the same extension. A numbered file follows only files numbered the same way, so that
 * chapter-1 follows neither an outline nor an appendix.
 * @param names all names in the folder
 */
export function fileBefore(name: string, names: readonly string[]): string | undefined {
  const own = seriesOf(name);
  return names
    .filter((other) => seriesOf(other) === own && !NO_DRAFT.test(other))
    .filter((other) => BY_NUMBER.compare(other, name) < 0)
    .sort((a, b) => BY_NUMBER.compare(a, b))
    .at(-1);
}

/** What the names of one series share: the extension, and what stands before the number if there is one. */
function seriesOf(name: string): string {
  const [, stem = name, extension = ''] = /^(.+?)(\.[^.]*)?$/u.exec(name.toLowerCase()) ?? [];
  const numbered = /^(\D*)\d/u.exec(stem);
  return JSON.stringify([extension, numbered ? numbered[1] : null]);
}
