import type { Translate } from '../collapse/translate';

/** How many ideas are in how many branches, as an estimate. */
export interface IdeaCount {
  ideas: number;
  branches: number;
}

/** Fewer branches tell nothing about how they were asked for. */
const FEWEST = 2;

/** The ideas in some branches: those groups that have one of them. */
export function countIdeas(
  groups: readonly { members: readonly number[] }[],
  branches: ReadonlySet<number>,
): IdeaCount {
  const own = groups.filter(({ members }) => members.some((member) => branches.has(member)));
  return { ideas: own.length, branches: branches.size };
}

/**
 * What asking apart came to, beside what was asked plainly, as an estimate like all counts of ideas.
 * @returns undefined where one side has too few branches to compare
 */
export function spreadEffect(plain: IdeaCount, apart: IdeaCount, t: Translate): string | undefined {
  if (Math.min(plain.branches, apart.branches) < FEWEST) {
    return undefined;
  }
  const about = ({ ideas }: IdeaCount) =>
    ideas === 1 ? t('about 1 idea') : t('about {count} ideas', { count: ideas });
  return t('{before} in {plain} branches asked plainly → {after} in {apart} asked apart', {
    before: about(plain),
    plain: plain.branches,
    after: about(apart),
    apart: apart.branches,
  });
}
