import type { TokenView } from '../../protocol';
import type { Percent } from '../model/percent';
import { tokenInfo, type Row, type TokenInfo } from '../model/tokenInfo';
import { strings } from '../strings';
import { element } from './element';

/** CSS pixels between the popup and the token, and between the popup and the edge of the view. */
const GAP = 4;

/** The one popup of the page: what the model thought of a token. */
export class Popup {
  readonly element = element('div', 'popup');
  #anchor: HTMLElement | null = null;
  #token: TokenView | null = null;
  /** Which of the token's lines it stands by. */
  #line = 0;

  /** @param lid what lies over the top of the page; the popup stays under it */
  constructor(
    private readonly percent: Percent,
    private readonly lid: HTMLElement,
  ) {
    this.element.id = 'popup';
    this.element.setAttribute('role', 'tooltip');
    this.element.hidden = true;
  }

  get isOpen(): boolean {
    return this.#anchor !== null;
  }

  get anchor(): HTMLElement | null {
    return this.#anchor;
  }

  /** @param pointer where it is, for a token that spans several lines; CSS pixels */
  open(anchor: HTMLElement, token: TokenView, pointer?: { x: number; y: number }): void {
    this.#anchor?.classList.remove('pointed');
    if (token !== this.#token) {
      this.#token = token;
      this.element.replaceChildren(...contentOf(tokenInfo(token, this.percent)));
    }
    this.#anchor = anchor;
    anchor.classList.add('pointed');
    this.element.hidden = false;
    const lines = [...anchor.getClientRects()];
    this.#line = pointer ? lineUnder(lines, pointer.y) : longest(lines);
    this.#place(lines[this.#line] ?? anchor.getBoundingClientRect());
  }

  close(): void {
    this.#anchor?.classList.remove('pointed');
    this.#anchor = null;
    this.element.hidden = true;
  }

  /** Follows its token when text or scrolling moved it; closes when the token is gone. */
  follow(): void {
    if (this.#anchor === null) {
      return;
    }
    const anchor = this.#anchor;
    const line = anchor.getClientRects()[this.#line] ?? anchor.getBoundingClientRect();
    if (!anchor.isConnected || line.bottom < 0 || line.top > window.innerHeight) {
      this.close();
    } else {
      this.#place(line);
    }
  }

  /** Above the line, where the text is already read; below where there is more room. */
  #place(line: DOMRect): void {
    const { offsetWidth: width, offsetHeight: height, style } = this.element;
    const { clientWidth, clientHeight } = document.documentElement;
    const above = line.top - GAP - height;
    const below = line.bottom + GAP;
    const isTight = below + height > clientHeight - GAP;
    const fits = above >= this.lid.offsetHeight || (isTight && above >= 0);
    const top = fits || (isTight && line.top > clientHeight - line.bottom) ? above : below;
    const left = Math.max(GAP, Math.min(line.left, clientWidth - width - GAP));
    style.setProperty('left', `${Math.round(left)}px`);
    style.setProperty('top', `${Math.round(top)}px`);
  }
}

function lineUnder(lines: readonly DOMRect[], y: number): number {
  const under = lines.findIndex(({ top, bottom }) => top <= y && y <= bottom);
  return under === -1 ? longest(lines) : under;
}

/** The line with most of the token: a space before a word may hang at the end of the line above. */
function longest(lines: readonly DOMRect[]): number {
  const widths = lines.map(({ width }) => width);
  return Math.max(0, widths.indexOf(Math.max(...widths)));
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
