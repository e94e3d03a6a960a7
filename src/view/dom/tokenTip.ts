import type { TokenView } from '../../protocol';
import type { Percent } from '../model/percent';
import { does } from '../model/keys';
import { tokenInfo, type Row, type TokenInfo } from '../model/tokenInfo';
import { strings } from '../strings';
import { forkStrings, unpickableWords } from '../forkStrings';
import type { Buttons } from './button';
import { element } from './element';
import type { Tip } from './popup';

/** Where a token stands, so that a bar can be picked. */
export interface TokenAt {
  branch: number;
  index: number;
  /** Text of the token before; undefined at the beginning. */
  previous: string | undefined;
  buttons: Buttons;
}

/** What the popup says about a token. */
export function tokenTip(token: TokenView, percent: Percent, at: TokenAt): Tip {
  return { about: token, content: () => contentOf(tokenInfo(token, percent, at.previous), at) };
}

function contentOf({ symbols, percent, cue, rows }: TokenInfo, at: TokenAt): HTMLElement[] {
  const head = element('div', 'popup-head');
  head.append(element('code', 'popup-token', symbols));
  head.append(element('strong', 'popup-percent', percent ?? strings.noProbability()));
  const parts = [head];
  if (cue !== '') {
    parts.push(element('div', 'popup-cue', cue));
  }
  if (rows.length > 0) {
    const list = element('div', 'bars');
    list.append(...rows.map((row) => rowOf(row, at)));
    parts.push(list);
    if (rows.some(({ pick }) => pick !== undefined)) {
      parts.push(element('div', 'popup-cue', forkStrings.pickCue()));
    }
  }
  return parts;
}

function rowOf(bar: Row, at: TokenAt): HTMLElement {
  const { kind, label, share, percent, why } = bar;
  const row = bar.pick === undefined ? element('div', `bar ${kind}`) : picker(bar, bar.pick, at);
  if (why !== undefined) {
    row.title = unpickableWords(why);
  }
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

/** A bar that begins a branch when it is clicked; with the keyboard, the menu of the token does that. */
function picker(
  { kind, label, percent }: Row,
  alternative: number,
  { branch, index, buttons }: TokenAt,
): HTMLButtonElement {
  const row = element('button', `bar pick ${kind}`);
  row.type = 'button';
  row.tabIndex = -1;
  row.title = forkStrings.pickHint(label, percent);
  const action = { kind: 'pick', branch, token: index, alternative } as const;
  return buttons.add({ element: row, isOn: true, command: () => does(action) });
}
