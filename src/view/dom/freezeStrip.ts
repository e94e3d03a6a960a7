import type { FreezeView } from '../../protocol';
import { forkStrings } from '../forkStrings';
import { does } from '../model/keys';
import { ActionButton, type Buttons } from './button';
import { element } from './element';
import { icon } from './icon';

/** Futures at which a bar is full: more make no difference to the eye. */
const FULL = 8;
/** Bounds further apart than this are shown as the lower one alone. */
const WIDE = 2;
/** Letters of a sentence that tell which it is. */
const LEAD = 48;

/** How many futures are left at each sentence of a branch: a list, whose entries go to their sentences. */
export class FreezeStrip {
  readonly element = element('section', 'freeze');
  #drawn: FreezeView | undefined;

  constructor(
    private readonly index: number,
    private readonly buttons: Buttons,
  ) {
    this.element.hidden = true;
    this.element.setAttribute('aria-label', forkStrings.freeze());
  }

  /** @param text the branch's, which the sentences are of */
  show(freeze: FreezeView | undefined, text: string): void {
    if (freeze === this.#drawn) {
      return;
    }
    this.#drawn = freeze;
    this.element.hidden = freeze === undefined;
    if (freeze === undefined) {
      return;
    }
    const list = element('ol', 'borders');
    list.setAttribute('aria-label', forkStrings.borders());
    list.append(...freeze.borders.map((_, at) => this.#row(freeze, at, text)));
    const note = freeze.by === 'tokens' ? forkStrings.byTokens() : forkStrings.bySamples();
    const line = element('p', 'freeze-line', freeze.line);
    line.dir = 'auto';
    this.element.replaceChildren(line, list, element('p', 'freeze-note', note), this.#resample());
  }

  #row(freeze: FreezeView, at: number, text: string): HTMLElement {
    const item = element('li', 'border');
    const border = freeze.borders[at];
    if (border === undefined) {
      return item;
    }
    const { start, end, futures, most } = border;
    const sentence = leadOf(text.slice(start, end));
    const value = valueOf(futures, most);
    const isNoReturn = at === freeze.noReturn;
    const spoken =
      value === ''
        ? forkStrings.borderUnknown(at + 1, sentence)
        : forkStrings.border(at + 1, value, sentence);
    const hint = isNoReturn ? `${spoken}, ${forkStrings.noReturn()}` : spoken;
    const look = { icon: 'next', label: '', hint } as const;
    const go = new ActionButton('quiet go', look, () => ({
      kind: 'go',
      branch: this.index,
      at: start,
    }));
    const track = element('span', 'track');
    const fill = element('span', 'fill');
    fill.style.setProperty('--share', String(futures === null ? 0 : shareOf(futures)));
    track.append(fill);
    const words = element('span', 'border-text', sentence);
    words.dir = 'auto';
    const shown = element('span', 'border-value', value || forkStrings.unknown());
    go.element.append(track, shown, ' ', words);
    item.append(this.buttons.add(go));
    item.classList.toggle('no-return', isNoReturn);
    if (isNoReturn) {
      item.append(this.#noReturn(start, sentence));
    }
    return item;
  }

  #noReturn(start: number, sentence: string): HTMLElement {
    const mark = element('span', 'no-return-mark');
    mark.append(icon('frozen'), element('span', '', forkStrings.noReturn()));
    const look = {
      icon: 'split',
      label: forkStrings.escape(),
      hint: forkStrings.escapeFrom(sentence),
    } as const;
    const action = { kind: 'escape', branch: this.index, from: start } as const;
    const escape = new ActionButton('', look, () => does(action));
    const line = element('div', 'no-return-line');
    line.append(mark, this.buttons.add(escape));
    return line;
  }

  #resample(): HTMLElement {
    const look = {
      icon: 'retry',
      label: forkStrings.resample(),
      hint: forkStrings.resampleHint(),
    } as const;
    const action = { kind: 'freeze', branch: this.index, resample: true } as const;
    return this.buttons.add(new ActionButton('quiet', look, () => does(action)));
  }
}

/** The length of a bar, 0 to 1: 0 where there is one future, by the logarithm, since they multiply. */
function shareOf(futures: number): number {
  return Math.min(1, Math.log(Math.max(1, futures)) / Math.log(FULL));
}

function valueOf(futures: number | null, most: number | undefined): string {
  if (futures === null) {
    return '';
  }
  const [least, upper] = [digits(futures), most === undefined ? '' : digits(most)];
  if (upper === '' || upper === least) {
    return least;
  }
  // A bound far above says only that much was not listed.
  return (most ?? 0) > WIDE * futures
    ? forkStrings.atLeast(least)
    : forkStrings.between(least, upper);
}

function digits(value: number): string {
  const { lang } = document.documentElement;
  const options = { maximumFractionDigits: value < 10 ? 2 : 0 };
  return new Intl.NumberFormat(lang || 'en', options).format(value);
}

function leadOf(sentence: string): string {
  const line = sentence.trim().replace(/\s+/gu, ' ');
  const letters = Array.from(line);
  return letters.length > LEAD ? `${letters.slice(0, LEAD).join('').trimEnd()}…` : line;
}
