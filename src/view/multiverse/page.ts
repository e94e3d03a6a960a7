import type { PlotWords } from '../../core/multiverse/words';
import { CUTOFFS, REQUESTS, type Terms } from '../../plotProtocol';
import { element, setAttribute, setText } from '../dom/element';
import { icon, type IconName } from '../dom/icon';
import { noticeBox } from '../dom/notices';
import { limitIn, percentIn } from '../model/percent';
import { plotNumbersIn, type PlotNumbers } from './numbers';
import type { PlotState, Side } from './plotState';
import { SidePanel } from './sidePanel';
import { keyHelp, strings } from './strings';

/** What a button does. */
export type ButtonName =
  'from-cursor' | 'out' | 'root' | 'ask' | 'stop' | 'compare' | 'one-side' | 'svg' | 'png' | 'copy';

const ICONS: Record<ButtonName, IconName> = {
  'from-cursor': 'retry',
  out: 'previous',
  root: 'fold',
  ask: 'more',
  stop: 'stop',
  compare: 'diff',
  'one-side': 'close',
  svg: 'insert',
  png: 'insert',
  copy: 'copy',
};

/** The whole page. It draws states and knows what is where; it decides nothing. */
export class PlotPage {
  readonly words: PlotWords;
  readonly numbers: PlotNumbers;
  readonly cutoff = element('select', 'choice');
  readonly requests = element('select', 'choice');
  readonly #percent: (probability: number) => string;
  readonly #root: HTMLElement;
  readonly #buttons = new Map<ButtonName, HTMLButtonElement>();
  readonly #place = element('p', 'place');
  readonly #cost = element('p', 'cost');
  readonly #notices = element('div', 'notices');
  readonly #sides = element('div', 'sides');
  readonly #detail = element('p', 'detail');
  readonly #live = element('div', 'sr-only');
  #panels: SidePanel[] = [];

  constructor(root: HTMLElement, language: string) {
    this.#root = root;
    this.#percent = limitIn(language);
    this.numbers = plotNumbersIn(language);
    this.words = {
      percent: percentIn(language),
      noText: strings.noText(),
      taken: strings.taken(),
      rest: strings.rest,
      tail: strings.tail(),
      path: strings.path,
    };
    this.#live.setAttribute('aria-live', 'polite');
    this.#detail.setAttribute('aria-hidden', 'true');
    const main = element('main');
    main.append(this.#place, this.#notices, this.#sides, this.#detail, this.#legend());
    root.replaceChildren(this.#bar(), main, this.#live);
  }

  get panels(): readonly SidePanel[] {
    return this.#panels;
  }

  draw(state: PlotState): void {
    const { plot, sides, isAsking } = state;
    this.#root.hidden = plot === null;
    if (!plot) {
      return;
    }
    const where = strings.place(plot.document, plot.line);
    setText(this.#place, `${plot.lead || strings.beginning()} ▏ ${where}`);
    this.#notices.replaceChildren(...plot.notices.map(noticeBox));
    this.#notices.hidden = plot.notices.length === 0;
    this.#drawTerms(plot.terms);
    this.#drawCost(sides, plot.terms);
    const canAsk = sides.some(({ view }) => view.cannot === undefined);
    this.#toggle('ask', !isAsking, canAsk);
    this.#toggle('stop', isAsking);
    this.#toggle('compare', sides.length < 2);
    this.#toggle('one-side', sides.length > 1);
    const isZoomed = sides.some(({ zoom }) => zoom !== 0);
    this.#toggle('out', true, isZoomed);
    this.#toggle('root', true, isZoomed);
    this.#drawSides(sides);
  }

  /** The button an element is in. */
  buttonAt(target: Element): ButtonName | undefined {
    const button = target.closest('button');
    const found = [...this.#buttons].find(([, each]) => each === button);
    return found && button?.getAttribute('aria-disabled') !== 'true' ? found[0] : undefined;
  }

  /** The side an element is in. */
  sideAt(target: Element): number {
    return this.#panels.findIndex(({ element: side }) => side.contains(target));
  }

  /** What the picture says about what is pointed at. */
  explain(detail: string): void {
    setText(this.#detail, detail);
  }

  announce(words: string): void {
    setText(this.#live, words);
  }

  #drawSides(sides: readonly Side[]): void {
    while (this.#panels.length < sides.length) {
      const panel = new SidePanel(this.words, this.numbers);
      this.#panels.push(panel);
      this.#sides.append(panel.element);
    }
    this.#panels.splice(sides.length).forEach((panel) => panel.element.remove());
    sides.forEach((side, at) => this.#panels[at]?.draw(side));
  }

  #drawTerms({ cutoff, requests }: Terms): void {
    this.cutoff.value = String(cutoff);
    this.requests.value = String(requests);
  }

  #drawCost(sides: readonly Side[], { requests }: Terms): void {
    const able = sides.filter(({ view }) => view.cannot === undefined);
    const sum = (of: (side: Side) => number) => able.reduce((all, side) => all + of(side), 0);
    const { whole } = this.numbers;
    const words = strings.cost(
      whole(requests * able.length),
      whole(sum(({ view }) => view.cost.promptTokens)),
    );
    const price = this.#price(able.map(({ view }) => view.cost.dollars));
    setText(this.#cost, able.length === 0 ? '' : `${words} ${price}`);
  }

  /** What all sides cost together; null where it is not known of one. */
  #price(dollars: readonly (number | null)[]): string {
    const known = dollars.flatMap((each) => each ?? []);
    const sum = known.reduce((all, each) => all + each, 0);
    if (known.length < dollars.length) {
      return strings.noPrice();
    }
    return sum === 0 ? strings.free() : strings.dollars(this.numbers.dollars(sum));
  }

  #toggle(name: ButtonName, isShown: boolean, isOn = true): void {
    const button = this.#buttons.get(name);
    if (button) {
      const hadFocus = button === document.activeElement;
      button.hidden = !isShown;
      setAttribute(button, 'aria-disabled', isOn ? null : 'true');
      if (hadFocus && !isShown) {
        this.#buttons
          .get(name === 'ask' ? 'stop' : name === 'stop' ? 'ask' : 'from-cursor')
          ?.focus();
      }
    }
  }

  #bar(): HTMLElement {
    const bar = element('header', 'plot-bar');
    const controls = element('div', 'controls');
    controls.setAttribute('role', 'toolbar');
    controls.setAttribute('aria-label', strings.controls());
    this.#choices(this.cutoff, CUTOFFS, (value) => this.#percent(value));
    this.#choices(this.requests, REQUESTS, (value) => this.numbers.whole(value));
    controls.append(
      this.#button('from-cursor', strings.fromCursor(), strings.fromCursorHint()),
      this.#button('out', strings.out(), strings.outHint()),
      this.#button('root', strings.root(), strings.rootHint()),
      this.#button('compare', strings.compare(), strings.compareHint()),
      this.#button('one-side', strings.oneSide(), strings.oneSideHint()),
      this.#button('svg', strings.saveSvg(), strings.saveSvgHint()),
      this.#button('png', strings.savePng(), strings.savePngHint()),
      this.#button('copy', strings.copy(), strings.copyHint()),
    );
    const asking = element('div', 'asking');
    asking.append(
      this.#button('ask', strings.ask(), strings.askHint(), 'primary'),
      this.#button('stop', strings.stop(), strings.stopHint(), 'primary'),
      labelled(this.requests, strings.requests(), strings.requestsHint()),
      labelled(this.cutoff, strings.cutoff(), strings.cutoffHint()),
      this.#cost,
    );
    bar.append(controls, asking);
    return bar;
  }

  #button(name: ButtonName, label: string, hint: string, look = 'quiet'): HTMLElement {
    const button = element('button', `button ${look} does-${name}`);
    button.type = 'button';
    button.title = hint;
    button.setAttribute('aria-label', hint);
    button.append(icon(ICONS[name]), element('span', 'label', label));
    this.#buttons.set(name, button);
    return button;
  }

  #choices(
    select: HTMLSelectElement,
    values: readonly number[],
    words: (value: number) => string,
  ): void {
    for (const value of values) {
      const option = element('option', '', words(value));
      option.value = String(value);
      select.append(option);
    }
  }

  #legend(): HTMLElement {
    const legend = element('details', 'legend');
    legend.append(element('summary', '', `${strings.legend()} · ${strings.keys()}`));
    const words = [
      strings.legendHeight(),
      strings.legendColour(),
      strings.legendTaken(),
      strings.legendTail(),
    ];
    legend.append(...words.map((each) => element('p', '', each)));
    const list = element('dl', 'keys');
    for (const { keys, does } of keyHelp()) {
      const term = element('dt');
      term.append(element('kbd', '', keys));
      list.append(term, element('dd', '', does));
    }
    legend.append(list);
    return legend;
  }
}

function labelled(select: HTMLSelectElement, label: string, hint: string): HTMLElement {
  const made = element('label', 'choice-label');
  made.title = hint;
  made.append(element('span', '', label), select);
  return made;
}
