import type { Flag } from '../collapse/flag';
import type { Label } from './rewriting';

/** How many findings of each code there are. */
export function countFlags(flags: readonly Flag[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { code } of flags) {
    counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  return counts;
}

/** What there is more of in a rewrite than in the passage. */
export function worseFlags(
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
): Label[] {
  return Array.from(after, ([code, count]) => ({
    kind: 'worse-flags' as const,
    code,
    before: before.get(code) ?? 0,
    after: count,
  })).filter((label) => label.after > label.before);
}
