/** The Multiverse view: puts the parts together and lets the messages flow. */
import * as l10n from '@vscode/l10n';
import { magnification, type Box } from '../../core/multiverse/layout';
import { ROOT_BLOCK } from '../../core/multiverse/multiverse';
import { plotSvg, type PictureSize } from '../../core/multiverse/svg';
import { outlineText } from '../../core/multiverse/words';
import { CUTOFFS, REQUESTS, type PlotAction, type ToPlot } from '../../plotProtocol';
import { eachFrame } from '../frames';
import { spokenText } from '../model/tokenText';
import type { Move } from './blocks';
import { connectHost, type PlotHost } from './host';
import { PlotPage, type ButtonName } from './page';
import { paletteOf, plotPng } from './picture';
import { PlotState } from './plotState';
import { strings } from './strings';

const MOVES: Readonly<Record<string, Move>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
  Home: 'first',
  End: 'last',
};

/** The page at work. */
class View {
  readonly #state = new PlotState();
  readonly #page: PlotPage;
  readonly #host: PlotHost;
  readonly #root: HTMLElement;
  readonly #ask: () => void;

  constructor(root: HTMLElement) {
    this.#root = root;
    this.#host = connectHost();
    this.#page = new PlotPage(root, document.documentElement.lang || 'en');
    this.#ask = eachFrame(
      () => {
        this.#page.draw(this.#state);
        return false;
      },
      (callback) => window.requestAnimationFrame(callback),
    );
    window.addEventListener('message', ({ data }: MessageEvent<unknown>) => this.#receive(data));
    document.addEventListener('click', ({ target }) => this.#click(target));
    document.addEventListener('keydown', (event) => this.#key(event));
    document.addEventListener('focusin', ({ target }) => this.#entered(target));
    document.addEventListener('pointerover', ({ target }) => this.#explain(target));
    this.#page.cutoff.addEventListener('change', () => this.#terms());
    this.#page.requests.addEventListener('change', () => this.#terms());
    new ResizeObserver(() => this.#ask()).observe(root);
    this.#page.draw(this.#state);
    this.#host.post({ type: 'ready' });
  }

  #receive(data: unknown): void {
    if (isToPlot(data)) {
      const wasAsking = this.#state.isAsking;
      if (!this.#state.take(data, this.#host.recall())) {
        this.#host.post({ type: 'ready' });
      }
      this.#ask();
      const { isAsking, sides } = this.#state;
      if (wasAsking && !isAsking) {
        this.#page.announce(
          sides.map(({ multiverse }) => strings.blocks(multiverse.size - 1)).join(' '),
        );
      } else if (!wasAsking && isAsking) {
        this.#page.announce(strings.asking(0, this.#state.plot?.terms.requests ?? 0));
      }
    }
  }

  #do(action: PlotAction): void {
    this.#host.post({ type: 'do', action });
  }

  #click(target: EventTarget | null): void {
    if (!(target instanceof Element)) {
      return;
    }
    const button = this.#page.buttonAt(target);
    if (button) {
      this.#press(button);
      return;
    }
    const at = this.#page.sideAt(target);
    const panel = this.#page.panels[at];
    if (!panel) {
      return;
    }
    const box = panel.blocks.at(target);
    const crumb = panel.crumbAt(target);
    if (panel.model.contains(target)) {
      this.#do({ kind: 'choose-model', side: at });
    } else if (crumb !== undefined) {
      this.#zoom(at, crumb);
    } else if (box) {
      panel.blocks.focus(box);
      this.#zoom(at, box.block);
    }
  }

  #press(name: ButtonName): void {
    switch (name) {
      case 'from-cursor':
      case 'stop':
      case 'one-side':
        this.#do({ kind: name });
        break;
      case 'ask':
        this.#do({ kind: 'ask', zooms: this.#state.zooms() });
        break;
      case 'compare':
        this.#do({ kind: 'choose-model', side: 1 });
        break;
      case 'out':
        this.#state.sides.forEach((_, at) => this.#out(at));
        break;
      case 'root':
        this.#state.sides.forEach((_, at) => this.#zoom(at, ROOT_BLOCK));
        break;
      case 'svg':
      case 'png':
        this.#export(name);
        break;
      case 'copy':
        this.#copy();
        break;
    }
  }

  #key(event: KeyboardEvent): void {
    const { target, key } = event;
    if (event.ctrlKey || event.altKey || event.metaKey || !(target instanceof Element)) {
      return;
    }
    if (target.closest('select, summary, details')) {
      return;
    }
    const at = Math.max(0, this.#page.sideAt(target));
    const inPlot = target.closest('.box') !== null;
    const move = MOVES[key];
    if (move && inPlot) {
      this.#page.panels[at]?.blocks.move(move);
    } else if (!(inPlot && this.#plotKey(key, at)) && !this.#pageKey(key, at)) {
      return;
    }
    event.preventDefault();
  }

  /** @returns whether the key means something on a block */
  #plotKey(key: string, at: number): boolean {
    const box = this.#page.panels[at]?.blocks.current;
    if ((key === 'Enter' || key === ' ') && box) {
      this.#zoom(at, box.block);
      return true;
    }
    return false;
  }

  #pageKey(key: string, at: number): boolean {
    switch (key.toLowerCase()) {
      case 'backspace':
      case '-':
        this.#out(at);
        return true;
      case '0':
        this.#zoom(at, ROOT_BLOCK);
        return true;
      case 'escape':
        if (this.#state.isAsking) {
          this.#do({ kind: 'stop' });
        } else {
          this.#out(at);
        }
        return true;
      case 'a':
        if (!this.#state.isAsking) {
          this.#do({ kind: 'ask', zooms: this.#state.zooms() });
        }
        return true;
      case 'f':
        this.#do({ kind: 'from-cursor' });
        return true;
      default:
        return false;
    }
  }

  #out(at: number): void {
    const side = this.#state.sides[at];
    const parent = side?.multiverse.block(side.zoom)?.parent;
    if (parent !== null && parent !== undefined) {
      this.#zoom(at, parent);
    }
  }

  #zoom(at: number, block: number): void {
    const side = this.#state.sides[at];
    const panel = this.#page.panels[at];
    if (!side || !panel || side.zoom === block) {
      return;
    }
    const hadFocus = panel.blocks.element.contains(document.activeElement);
    const before = side.zoom;
    this.#state.zoom(at, block);
    this.#page.draw(this.#state);
    if (hadFocus) {
      // Out of a block, the focus stays on it; into one, it goes to what follows.
      const left = panel.blocks.boxes.find((box) => box.kind === 'block' && box.block === before);
      panel.blocks.focus(left);
      if (panel.blocks.boxes.length === 0) {
        panel.model.focus();
      }
    }
    this.#host.remember({ place: this.#state.plot?.place ?? '', zooms: this.#state.zooms() });
    this.#do({ kind: 'zoom', side: at, block });
    const { numbers } = this.#page;
    const own = side.multiverse.block(block);
    const { times, bits } = magnification({ path: own?.path ?? 1 });
    this.#page.announce(
      own && block !== ROOT_BLOCK
        ? strings.zoomed(spokenText(own.text), numbers.times(times), numbers.bits(bits))
        : strings.zoomedRoot(),
    );
  }

  #terms(): void {
    const { cutoff, requests } = this.#page;
    this.#do({
      kind: 'terms',
      terms: {
        cutoff: CUTOFFS.find((each) => String(each) === cutoff.value) ?? CUTOFFS[0],
        requests: REQUESTS.find((each) => String(each) === requests.value) ?? REQUESTS[0],
      },
      zooms: this.#state.zooms(),
    });
  }

  #entered(target: EventTarget | null): void {
    const box = this.#boxAt(target);
    if (box && target instanceof Element) {
      this.#page.panels[this.#page.sideAt(target)]?.blocks.entered(box);
      this.#explain(target);
    }
  }

  #explain(target: EventTarget | null): void {
    const box = this.#boxAt(target);
    const [panel] = this.#page.panels;
    if (box && panel) {
      this.#page.explain(panel.blocks.detail(box));
    }
  }

  #boxAt(target: EventTarget | null): Box | undefined {
    return target instanceof Element
      ? this.#page.panels[this.#page.sideAt(target)]?.blocks.at(target)
      : undefined;
  }

  #export(format: 'svg' | 'png'): void {
    const { panels, words } = this.#page;
    const pictures = this.#state.sides.flatMap((side, at) => {
      const panel = panels[at];
      const subtitle = `${this.#state.plot?.lead ?? ''} · ${panel?.measure(side) ?? ''}`;
      return panel ? [{ title: side.view.label, subtitle, boxes: panel.blocks.boxes }] : [];
    });
    const [first] = panels;
    if (!first) {
      return;
    }
    const { clientWidth, clientHeight } = first.blocks.element;
    const columns = Math.max(...panels.map(({ blocks }) => blocks.columns));
    const size: PictureSize = {
      columns,
      columnWidth: clientWidth / first.blocks.columns,
      height: clientHeight,
    };
    const palette = paletteOf(this.#root);
    const draw = format === 'svg' ? plotSvg : plotPng;
    this.#do({ kind: 'export', format, data: draw(pictures, size, palette, words) });
  }

  #copy(): void {
    const { panels, words } = this.#page;
    const texts = this.#state.sides.map((side, at) => {
      const panel = panels[at];
      const head = `${side.view.label} · ${this.#state.plot?.lead ?? ''} · ${panel?.measure(side) ?? ''}`;
      return `${head}\n${outlineText(panel?.blocks.boxes ?? [], words)}`;
    });
    this.#do({ kind: 'copy', text: texts.join('\n\n') });
  }
}

function isToPlot(data: unknown): data is ToPlot {
  return (
    typeof data === 'object' &&
    data !== null &&
    'type' in data &&
    (data.type === 'plot' || data.type === 'grow')
  );
}

const strings10n = document.getElementById('l10n')?.textContent.trim();
if (strings10n) {
  l10n.config({ contents: strings10n });
}
new View(document.getElementById('app') ?? document.body);
