import type { Mode } from './modes';

/**
 * Modes with what was merged and split by hand: a text with a label of its own is in the mode of that label,
 * be it new or found; every other text stays where it was. To merge two modes is to give the texts of one
 * the label of the other, to split one is to give some of its texts a new label. Labels given to texts that
 * are not there have no effect.
 * @returns the largest first, otherwise in the order given, new ones last; no mode is empty
 */
export function applyLabels<Member>(
  modes: readonly Mode<Member>[],
  labels: ReadonlyMap<Member, string>,
): Mode<Member>[] {
  const members = new Map<string, Member[]>(modes.map(({ label }) => [label, []]));
  for (const mode of modes) {
    for (const member of mode.members) {
      const label = labels.get(member) ?? mode.label;
      const list = members.get(label);
      if (list) {
        list.push(member);
      } else {
        members.set(label, [member]);
      }
    }
  }
  return Array.from(members, ([label, list]) => ({ label, size: list.length, members: list }))
    .filter(({ size }) => size > 0)
    .sort((a, b) => b.size - a.size);
}
