import { auc, type Scored } from './auc';
import { bootstrap, shown } from './bootstrap';

/** A scored text; texts of one group are drawn together. */
interface Grouped extends Scored {
  group: string;
}

/** Area under the ROC curve with its interval, as text. */
export function areaOver(items: readonly Grouped[]): string {
  const clusters = groups(items);
  return shown(bootstrap([...clusters.values()], auc));
}

function groups(items: readonly Grouped[]): Map<string, Grouped[]> {
  const found = new Map<string, Grouped[]>();
  for (const item of items) {
    found.set(item.group, [...(found.get(item.group) ?? []), item]);
  }
  return found;
}
