import type { TokenView } from '../../protocol';
import type { Percent } from '../model/percent';
import { tokenInfo, type Row, type TokenInfo } from '../model/tokenInfo';
import { strings } from '../strings';
import { element } from './element';
import type { Tip } from './popup';

/** What the popup says about a token. */
export function tokenTip(token: TokenView, percent: Percent): Tip {
  return { about: token, content: () => contentOf(tokenInfo(token, percent)) };
}

function contentOf({ symbols, percent, cue, rows }: TokenInfo): HTMLElement[] {
  const head = element('div', 'popup-head');
  head.append(element('code', 'popup-token', symbols));
  head.append(element('strong', 'popup-percent', percent ?? strings.noProbability()));
  const parts = [head];
  if (cue !== '') {
    parts.push(element('div', 'popup-cue', cue));
  }
  if (rows.length > 0) {
    const list = element('div', 'bars');
    list.append(...rows.map(rowOf));
    parts.push(list);
  }
  return parts;
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
