import type { Reading } from '../../core/model/certainty';
import type { TokenView } from '../../protocol';
import type { Percent } from '../model/percent';
import { tokenInfo, type Row, type TokenInfo } from '../model/tokenInfo';
import { strings } from '../strings';
import { element } from './element';
import type { Tip } from './popup';

/** What the popup says about a token. */
export function tokenTip(token: TokenView, percent: Percent, reading: Reading): Tip {
  return { about: token, content: () => contentOf(tokenInfo(token, percent, reading)) };
}

function contentOf(info: TokenInfo): HTMLElement[] {
  const { symbols, percent, cue, entropy, rows, withoutWinner } = info;
  const head = element('div', 'popup-head');
  head.append(element('code', 'popup-token', symbols));
  head.append(element('strong', 'popup-percent', percent ?? strings.noProbability()));
  const parts: HTMLElement[] = [head];
  parts.push(
    ...[cue, entropy].filter(Boolean).map((line) => element('div', 'popup-cue', line)),
    ...barsOf(rows),
  );
  if (withoutWinner.length > 0) {
    const title = element('div', 'popup-cue popup-without', strings.withoutWinner());
    parts.push(title, ...barsOf(withoutWinner));
  }
  return parts;
}

function barsOf(rows: readonly Row[]): HTMLElement[] {
  if (rows.length === 0) {
    return [];
  }
  const list = element('div', 'bars');
  list.append(...rows.map(rowOf));
  return [list];
}

function rowOf({ kind, label, share, percent }: Row): HTMLElement {
  const row = element('div', `bar ${kind}`);
  const fill = element('span', 'fill');
  fill.style.setProperty('--share', String(share));
  const name = element('span', 'bar-label', label);
  if (kind === 'chosen') {
    name.append(element('span', 'sr-only', ` (${strings.chosen()})`));
  }
  const track = element('span', 'track');
  track.append(fill);
  row.append(name, track, element('span', 'bar-percent', percent));
  return row;
}
