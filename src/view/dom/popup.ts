import { element } from './element';

/** CSS pixels between the popup and what it is about, and between the popup and the edge of the view. */
const GAP = 4;

/** What the popup says about something. */
export interface Tip {
  /** What it is about: the same again needs no new content. */
  about: object;
  content(): HTMLElement[];
  /** Whether what stands above its anchor must stay in sight. */
  isBelow?: boolean;
  /** Called as it opens and closes. */
  shown?(isShown: boolean): void;
}

/** The one popup of the page. */
export class Popup {
  readonly element = element('div', 'popup');
  #anchor: HTMLElement | null = null;
  #pointed: readonly HTMLElement[] = [];
  #tip: Tip | null = null;
  /** Which of the token's lines it stands by. */
  #line = 0;

  /** @param lid what lies over the top of the page; the popup stays under it */
  constructor(private readonly lid: HTMLElement) {
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

  /**
   * @param targets what it stands by, first, and what else belongs to it
   * @param pointer where it is, for a token that spans several lines; CSS pixels
   */
  open(
    targets: readonly HTMLElement[],
    tip: Tip,
    pointer: { x: number; y: number } | null = null,
  ): void {
    const [anchor] = targets;
    if (anchor === undefined) {
      return;
    }
    this.#point(targets);
    if (tip.about !== this.#tip?.about) {
      this.#tip?.shown?.(false);
      this.#tip = tip;
      this.element.replaceChildren(...tip.content());
      tip.shown?.(true);
    }
    this.#anchor = anchor;
    this.element.hidden = false;
    const lines = [...anchor.getClientRects()];
    this.#line = pointer ? lineUnder(lines, pointer.y) : longest(lines);
    this.#place(lines[this.#line] ?? anchor.getBoundingClientRect());
  }

  close(): void {
    this.#point([]);
    this.#tip?.shown?.(false);
    this.#tip = null;
    this.#anchor = null;
    this.element.hidden = true;
  }

  #point(targets: readonly HTMLElement[]): void {
    this.#pointed.forEach(({ classList }) => classList.remove('pointed'));
    this.#pointed = targets;
    targets.forEach(({ classList }) => classList.add('pointed'));
  }

  /** Follows its anchor when text or scrolling moved it; closes when that is gone. */
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

  /** Above the line, where the text is already read; below where there is more room, or it must be. */
  #place(line: DOMRect): void {
    const { offsetWidth: width, offsetHeight: height, style } = this.element;
    const { clientWidth, clientHeight } = document.documentElement;
    const above = line.top - GAP - height;
    const below = line.bottom + GAP;
    const isTight = below + height > clientHeight - GAP;
    const fits = above >= this.lid.offsetHeight || (isTight && above >= 0);
    const wantsAbove = this.#tip?.isBelow === true ? isTight : fits;
    const hasMoreAbove = isTight && line.top > clientHeight - line.bottom;
    const top = (wantsAbove && fits) || hasMoreAbove ? above : below;
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
