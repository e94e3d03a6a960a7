import type { Reading } from '../../core/model/certainty';
import type { TokenView } from '../../protocol';
import type { Percent } from '../model/percent';
import { does } from '../model/keys';
import { tokenInfo, type Row, type TokenInfo } from '../model/tokenInfo';
import { strings } from '../strings';
import { forkStrings, unpickableWords } from '../forkStrings';
import type { Buttons } from './button';
import { element } from './element';
import type { Tip } from './popup';

/** Where a token stands, so that a bar can be picked, and how it is read there. */
export interface TokenAt {
  branch: number;
  index: number;
  /** Text of the token before; undefined at the beginning. */
  previous: string | undefined;
  reading: Reading;
  buttons: Buttons;
}

/** What the popup says about a token. */
export function tokenTip(token: TokenView, percent: Percent, at: TokenAt): Tip {
  return {
    about: token,
    content: () => contentOf(tokenInfo(token, percent, at.reading, at.previous), at),
  };
}

function contentOf(info: TokenInfo, at: TokenAt): HTMLElement[] {
  const { symbols, percent, cue, entropy, rows, withoutWinner } = info;
  const head = element('div', 'popup-head');
  head.append(element('code', 'popup-token', symbols));
  head.append(element('strong', 'popup-percent', percent ?? strings.noProbability()));
  const parts: HTMLElement[] = [head];
  parts.push(
    ...[cue, entropy].filter(Boolean).map((line) => element('div', 'popup-cue', line)),
    ...barsOf(rows, at),
  );
  if (rows.some(({ pick }) => pick !== undefined)) {
    parts.push(element('div', 'popup-cue', forkStrings.pickCue()));
  }
  if (withoutWinner.length > 0) {
    const title = element('div', 'popup-cue popup-without', strings.withoutWinner());
    parts.push(title, ...barsOf(withoutWinner, at));
  }
  return parts;
}

function barsOf(rows: readonly Row[], at: TokenAt): HTMLElement[] {
  if (rows.length === 0) {
    return [];
  }
  const list = element('div', 'bars');
  list.append(...rows.map((row) => rowOf(row, at)));
  return [list];
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
