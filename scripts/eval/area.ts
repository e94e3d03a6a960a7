import { auc, type Scored } from './auc';
import { bootstrap, shown } from './bootstrap';

/** A scored text; texts of one group are drawn together. */
interface Grouped extends Scored {
  group: string;
}

/** Area under the ROC curve with its interval, as text. */
export function areaOver(items: readonly Grouped[]): string {
  return shown(bootstrap(grouped(items), auc));
}

/** Items of one group together. */
export function grouped<T extends { group: string }>(items: readonly T[]): T[][] {
  const found = new Map<string, T[]>();
  for (const item of items) {
    found.set(item.group, [...(found.get(item.group) ?? []), item]);
  }
  return [...found.values()];
}
