/** One line of the list, under an id that it keeps. */
export interface Row {
  id: string;
  label: string;
  description?: string;
  detail?: string;
  /** The line that said it was being looked for; the first that is found stands there. */
  inPlaceOf?: string;
  /** Reference of the model that this line chooses. */
  model?: string;
}

/** A part of the list with a heading of its own. */
export interface Section<R extends Row = Row> {
  title: string;
  rows: readonly R[];
}

export type Entry<R extends Row = Row> = { heading: string } | R;

/** How the list stands in front of the person: headings and ids in their order. */
export type Standing = readonly ({ heading: string } | { id: string })[];

/**
 * The list from top to bottom. Once the person has moved in it, what stands stays where it stands, and
 * what is found later goes to the end, so that nothing moves under the cursor.
 * @param standing what the person sees, when they have moved; else null
 * @param late the heading over what is found later
 */
export function arrange<R extends Row>(
  sections: readonly Section<R>[],
  standing: Standing | null,
  late: string,
): Entry<R>[] {
  if (standing === null) {
    return sections.flatMap(({ title, rows }) =>
      rows.length === 0 ? [] : [{ heading: title }, ...rows],
    );
  }
  const fresh = new Map(sections.flatMap(({ rows }) => rows.map((row) => [row.id, row] as const)));
  const stands = new Set(standing.flatMap((line) => ('id' in line ? line.id : [])));
  const take = (id: string): R | undefined => {
    const row =
      fresh.get(id) ??
      [...fresh.values()].find((other) => other.inPlaceOf === id && !stands.has(other.id));
    fresh.delete(row?.id ?? '');
    return row;
  };
  const kept = standing.flatMap((line): Entry<R>[] => {
    const entry = 'heading' in line ? line : take(line.id);
    return entry === undefined ? [] : [entry];
  });
  const isOpen = standing.some((line) => 'heading' in line && line.heading === late);
  const found = [...fresh.values()];
  return [...kept, ...(found.length === 0 || isOpen ? [] : [{ heading: late }]), ...found];
}

export function isRow<R extends Row>(entry: Entry<R>): entry is R {
  return 'id' in entry;
}

/** How the list stands now. */
export function standingOf(entries: readonly Entry[]): Standing {
  return entries.map((entry) => (isRow(entry) ? { id: entry.id } : entry));
}
