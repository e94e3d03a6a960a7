import { magnification } from '../../core/multiverse/layout';
import { ROOT_BLOCK, type Block } from '../../core/multiverse/multiverse';
import { withSymbols } from '../../core/text/visible';
import type { PlotWords } from '../../core/multiverse/words';
import type { AskingView } from '../../plotProtocol';
import { element, setText } from '../dom/element';
import { errorBox, noticeBox } from '../dom/notices';
import type { PlotNumbers } from './numbers';
import { Blocks } from './blocks';
import type { Side } from './plotState';
import { strings } from './strings';

/** One model's plot, with what stands over it. */
export class SidePanel {
  readonly element = element('section', 'side');
  readonly blocks: Blocks;
  readonly model = element('button', 'button quiet model');
  readonly #crumbs = element('nav', 'crumbs');
  readonly #measure = element('span', 'measure');
  readonly #status = element('p', 'status');
  readonly #messages = element('div', 'notices');
  readonly #empty = element('p', 'empty-plot');
  readonly #numbers: PlotNumbers;
  #said = '';
  #trail: string | undefined;

  constructor(words: PlotWords, numbers: PlotNumbers) {
    this.blocks = new Blocks(words);
    this.#numbers = numbers;
    this.model.type = 'button';
    const head = element('div', 'side-head');
    head.append(this.model, this.#measure);
    const area = element('div', 'area');
    area.append(this.blocks.element, this.#empty);
    this.element.append(head, this.#crumbs, this.#messages, area, this.#status);
  }

  /** The block that an element of the trail leads back to. */
  crumbAt(target: Element): number | undefined {
    const crumb = target.closest<HTMLElement>('.crumb');
    const block = crumb && this.#crumbs.contains(crumb) ? crumb.dataset['block'] : undefined;
    return block === undefined ? undefined : Number(block);
  }

  draw(side: Side): void {
    const { view, multiverse, zoom } = side;
    this.element.setAttribute('aria-label', view.label);
    setText(this.model, view.label);
    this.model.title = view.note;
    this.model.setAttribute('aria-label', strings.chooseModelHint(view.label));
    setText(this.#measure, this.measure(side));
    setText(this.#status, this.#statusOf(side));
    setText(this.#empty, strings.empty());
    this.#empty.hidden = multiverse.after(zoom) !== undefined || view.cannot !== undefined;
    this.#drawTrail(side);
    this.#drawMessages(side);
    this.blocks.draw(side);
  }

  /** How far the plot is enlarged. */
  measure({ multiverse, zoom }: Side): string {
    const block = multiverse.block(zoom);
    if (!block || zoom === ROOT_BLOCK) {
      return strings.whole();
    }
    const { times, bits } = magnification(block);
    return strings.enlarged(this.#numbers.times(times), this.#numbers.bits(bits));
  }

  #drawTrail({ view, multiverse, zoom }: Side): void {
    const path = multiverse.pathTo(zoom);
    const trail = path.map(({ id }) => id).join(' ');
    this.#crumbs.setAttribute('aria-label', strings.crumbs(view.label));
    if (trail !== this.#trail) {
      this.#trail = trail;
      this.#crumbs.replaceChildren(
        crumb(ROOT_BLOCK, strings.root()),
        ...path.map((block) => crumb(block.id, labelOf(block))),
      );
      this.#crumbs.lastElementChild?.setAttribute('aria-current', 'true');
    }
  }

  /** What went wrong, or cannot be: drawn anew only when it changes, since it is read out. */
  #drawMessages({ view, asking }: Side): void {
    const { cannot } = view;
    const error = asking.outcome?.error;
    const said = JSON.stringify([cannot, error]);
    if (said === this.#said) {
      return;
    }
    this.#said = said;
    const boxes = cannot
      ? [noticeBox({ severity: 'warning', message: `${cannot.message} ${cannot.action}` })]
      : error
        ? [errorBox(error)]
        : [];
    this.#messages.replaceChildren(...boxes);
    this.#messages.hidden = boxes.length === 0;
  }

  #statusOf({ asking, multiverse }: Side): string {
    const { spent, empty } = asking;
    const known = strings.blocks(multiverse.size - 1);
    const said = [known, outcomeWords(asking)];
    if (empty > 0) {
      said.push(strings.nothingListed(empty));
    }
    if (spent.requests > 0 && !asking.isAsking) {
      const { whole, dollars } = this.#numbers;
      said.push(strings.spent(whole(spent.requests), whole(spent.promptTokens)));
      if (spent.dollars !== null) {
        said.push(`${dollars(spent.dollars)}.`);
      }
    }
    return said.filter(Boolean).join(' ');
  }
}

function crumb(block: number, label: string): HTMLElement {
  const made = element('button', 'crumb', label);
  made.type = 'button';
  made.dataset['block'] = String(block);
  return made;
}

function labelOf({ text }: Block): string {
  return withSymbols(text) || strings.noText();
}

function outcomeWords({ isAsking, asked, of, outcome }: AskingView): string {
  if (isAsking) {
    return strings.asking(asked, of);
  }
  switch (outcome?.kind) {
    case 'done':
      return strings.askedDone(asked);
    case 'bound':
      return strings.askedBound(asked);
    case 'stopped':
      return strings.askedStopped(asked);
    case 'failed':
      return strings.askedFailed();
    case undefined:
      return '';
  }
}
