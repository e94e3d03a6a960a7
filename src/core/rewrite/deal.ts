import { VariorumError } from '../model/error';
import type { RewriteStrategy } from './strategy';
import { DEFAULT_STRATEGIES } from './strategies';

/** What can be chosen: a strategy, or a group of which each branch gets another one. */
export interface Choice {
  name: string;
  /** What it does; of a group the names in it. */
  about: string;
}

/** The strategies a writer can choose from, groups after them; what only serves others is left out. */
export function choices(strategies: readonly RewriteStrategy[]): Choice[] {
  const own = strategies.filter(isChoosable);
  const groups = new Map<string, string[]>();
  for (const { name, group } of own) {
    if (group !== undefined) {
      groups.set(group, [...(groups.get(group) ?? []), name]);
    }
  }
  return [
    ...own.map(({ name, about }) => ({ name, about })),
    ...Array.from(groups, ([name, names]) => ({ name, about: names.join(', ') })),
  ];
}

/**
 * The strategy of each branch: those named are dealt out in turn, a group as its members in turn, so that
 * siblings differ. A strategy goes before a group of the same name.
 * @throws VariorumError `bad-request` when a name is no strategy's and no group's
 */
export function deal(
  names: readonly string[],
  strategies: readonly RewriteStrategy[],
  n: number,
): RewriteStrategy[] {
  const hands = (names.length > 0 ? names : DEFAULT_STRATEGIES).map((name) =>
    called(name, strategies),
  );
  const dealt = hands.map(() => 0);
  return Array.from({ length: n }, (_, branch) => {
    const at = branch % hands.length;
    const hand = hands[at] ?? [];
    const next = dealt[at] ?? 0;
    dealt[at] = next + 1;
    return hand[next % hand.length];
  }).filter((strategy) => strategy !== undefined);
}

function called(name: string, strategies: readonly RewriteStrategy[]): readonly RewriteStrategy[] {
  const choosable = strategies.filter(isChoosable);
  const one = choosable.find((strategy) => strategy.name === name);
  const found = one ? [one] : choosable.filter(({ group }) => group === name);
  if (found.length === 0) {
    const known = choices(strategies).map((choice) => choice.name);
    throw new VariorumError({
      code: 'bad-request',
      message: `There is no rewrite strategy “${name}”.`,
      action: `Choose among ${known.join(', ')}.`,
      retryable: false,
    });
  }
  return found;
}

function isChoosable({ how }: RewriteStrategy): boolean {
  return how !== 'frame' && how !== 'transcript';
}
