import { layout, type Box } from '../../core/multiverse/layout';
import { labelOf, type PlotWords } from '../../core/multiverse/words';
import { markedLabel } from '../../core/multiverse/svg';
import { element, setAttribute, setText } from '../dom/element';
import { spokenText } from '../model/tokenText';
import type { Side } from './plotState';
import { strings } from './strings';

/** CSS pixels of a column: at least, in a narrow view and in a wide one. */
const COLUMN = { narrow: 68, wide: 104 };
const WIDE = 560;
const MOST_COLUMNS = 14;

/** How many tokens stand in a row. */
export function columnsFor(width: number): number {
  const least = width < WIDE ? COLUMN.narrow : COLUMN.wide;
  return Math.min(MOST_COLUMNS, Math.max(1, Math.floor(width / least)));
}

/** Where a key leads to. */
export type Move = 'up' | 'down' | 'left' | 'right' | 'first' | 'last';

/**
 * The blocks of one side: a picture for the eye, a tree for a screen reader, and one stop for the keyboard.
 */
export class Blocks {
  readonly element = element('div', 'plot');
  readonly #words: PlotWords;
  readonly #elements = new Map<string, HTMLElement>();
  readonly #boxes = new Map<Element, Box>();
  #drawn: readonly Box[] = [];
  /** Key of the box that the keyboard is on. */
  #current = '';

  constructor(words: PlotWords) {
    this.#words = words;
    this.element.setAttribute('role', 'tree');
  }

  /** What is drawn, in reading order. */
  get boxes(): readonly Box[] {
    return this.#drawn;
  }

  get columns(): number {
    return columnsFor(this.element.clientWidth);
  }

  /** The box an element shows. */
  at(target: Element): Box | undefined {
    const box = target.closest('.box');
    return (box && this.#boxes.get(box)) ?? undefined;
  }

  draw({ view, multiverse, zoom }: Side): void {
    const { clientWidth, clientHeight } = this.element;
    const { columns } = this;
    const width = clientWidth / columns;
    const hadFocus = this.element.contains(document.activeElement);
    setAttribute(this.element, 'aria-label', strings.tree(view.label));
    this.#drawn = layout(multiverse, { zoom, height: clientHeight, columns });
    const wanted = this.#drawn.map((box, at) => this.#show(box, at, width));
    const kept = new Set(wanted);
    for (const [key, old] of this.#elements) {
      if (!kept.has(old)) {
        this.#elements.delete(key);
        old.remove();
      }
    }
    this.#order(wanted);
    this.#stop(hadFocus);
  }

  /** Puts the focus on a neighbour of the box that has it. */
  move(to: Move): void {
    const at = this.#drawn.findIndex((box) => keyOf(box) === this.#current);
    const next = neighbour(this.#drawn, at, to);
    if (next) {
      this.focus(next);
    }
  }

  focus(box: Box | undefined = this.#drawn[0]): void {
    if (box) {
      this.#current = keyOf(box);
      this.#stop(true);
    }
  }

  /** The box that the keyboard is on. */
  get current(): Box | undefined {
    return this.#drawn.find((box) => keyOf(box) === this.#current);
  }

  /** Takes note of the box that the focus came to. */
  entered(box: Box): void {
    this.#current = keyOf(box);
    this.#stop(false);
  }

  #show(box: Box, at: number, width: number): HTMLElement {
    const key = keyOf(box);
    const made = this.#elements.get(key) ?? element('div');
    this.#elements.set(key, made);
    this.#boxes.set(made, box);
    const names = ['box', box.kind, `hue-${box.hue + 1}`, ...(box.taken ? ['taken'] : [])];
    const name = [...names, ...(box.height < 2 ? ['thin'] : [])].join(' ');
    if (made.className !== name) {
      made.className = name;
    }
    const { style } = made;
    style.setProperty('left', `${box.column * width}px`);
    style.setProperty('width', `${width}px`);
    style.setProperty('top', `${box.top}px`);
    style.setProperty('height', `${box.height}px`);
    style.setProperty('font-size', box.fontSize === null ? '0' : `${box.fontSize}px`);
    setText(made, box.fontSize === null ? '' : markedLabel(box, this.#words));
    this.#describe(made, box, this.#drawn[at + 1]);
    return made;
  }

  #describe(made: HTMLElement, box: Box, next: Box | undefined): void {
    setAttribute(made, 'role', 'treeitem');
    setAttribute(made, 'aria-label', this.spoken(box));
    setAttribute(made, 'aria-level', String(box.column + 1));
    setAttribute(made, 'aria-posinset', String(box.position));
    setAttribute(made, 'aria-setsize', String(box.siblings));
    const isOpen = next !== undefined && next.column > box.column;
    const expanded = box.kind === 'block' && box.follows === 'known' ? String(isOpen) : null;
    setAttribute(made, 'aria-expanded', expanded);
  }

  /** A box in words: the token, how probable it is here and in all, and whether it was taken. */
  spoken(box: Box): string {
    const { percent } = this.#words;
    const facts = [strings.block(spokenBox(box), percent(box.probability), percent(box.path))];
    if (box.taken) {
      facts.push(strings.taken());
    }
    if (box.kind === 'block' && box.follows === 'open') {
      facts.push(strings.open());
    }
    return facts.join('; ');
  }

  /** The same for the eye, with white space shown. */
  detail(box: Box): string {
    const { percent } = this.#words;
    const bits = (-Math.log2(box.path)).toFixed(1);
    const facts = [
      labelOf(box, this.#words),
      percent(box.probability),
      strings.path(percent(box.path)),
    ];
    return [...facts, strings.bits(bits), ...(box.taken ? [`✓ ${strings.taken()}`] : [])].join(
      ' · ',
    );
  }

  #order(wanted: readonly HTMLElement[]): void {
    wanted.forEach((made, at) => {
      const there = this.element.children[at];
      if (there !== made) {
        this.element.insertBefore(made, there ?? null);
      }
    });
  }

  /** Exactly one box can be reached by Tab. */
  #stop(focus: boolean): void {
    const current = this.current ?? this.#drawn[0];
    this.#current = current ? keyOf(current) : '';
    for (const [key, made] of this.#elements) {
      const isCurrent = key === this.#current;
      setAttribute(made, 'tabindex', isCurrent ? '0' : '-1');
      if (isCurrent && focus) {
        made.focus({ preventScroll: true });
      }
    }
  }
}

function keyOf({ kind, block }: Box): string {
  return `${kind} ${block}`;
}

function spokenBox({ kind, text, count }: Box): string {
  switch (kind) {
    case 'block':
      return text === '' ? strings.noText() : spokenText(text);
    case 'rest':
      return strings.restHint(count);
    case 'tail':
      return strings.tailHint();
  }
}

/** The box that lies next to another: in its column, before it, or after it. */
export function neighbour(boxes: readonly Box[], at: number, to: Move): Box | undefined {
  const own = boxes[at];
  if (own === undefined) {
    return boxes[0];
  }
  const isInColumn = ({ column }: Box) => column === own.column;
  switch (to) {
    case 'up':
      return boxes.slice(0, at).findLast(isInColumn);
    case 'down':
      return boxes.slice(at + 1).find(isInColumn);
    case 'left':
      return boxes.slice(0, at).findLast(({ column }) => column === own.column - 1);
    case 'right': {
      const next = boxes[at + 1];
      return next && next.column > own.column ? next : undefined;
    }
    case 'first':
      return boxes[0];
    case 'last':
      return boxes.at(-1);
  }
}
