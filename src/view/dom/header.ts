import type { BatchView } from '../../protocol';
import { hasBatch, isStreaming } from '../model/state';
import { strings } from '../strings';
import { ActionButton, type Buttons } from './button';
import { element, setText } from './element';

/** The buttons that stay in sight. */
export class Toolbar {
  readonly element = element('div', 'toolbar');
  readonly #more = new ActionButton('primary', MORE(), () => ({ kind: 'continue' }));
  readonly #stop = new ActionButton('secondary', STOP(), () => ({ kind: 'stop' }));
  readonly #previous = new ActionButton('quiet square', PREVIOUS(), () => ({
    kind: 'batch',
    step: -1,
  }));
  readonly #next = new ActionButton('quiet square', NEXT(), () => ({ kind: 'batch', step: 1 }));
  readonly #position = element('span', 'position');
  readonly #batches = element('div', 'batches');

  constructor(buttons: Buttons) {
    this.element.setAttribute('role', 'toolbar');
    this.element.setAttribute('aria-label', strings.controls());
    this.#batches.setAttribute('role', 'group');
    this.#batches.setAttribute('aria-label', strings.batches());
    this.#batches.append(buttons.add(this.#previous), this.#position, buttons.add(this.#next));
    this.element.append(buttons.add(this.#more), buttons.add(this.#stop), this.#batches);
  }

  show(batch: BatchView): void {
    const busy = isStreaming(batch);
    this.#more.show(MORE(), !busy);
    this.#stop.show(STOP(), busy);
    this.#previous.show(PREVIOUS(), hasBatch(batch, -1));
    this.#next.show(NEXT(), hasBatch(batch, 1));
    const { index, count } = batch.position;
    setText(this.#position, strings.position(index + 1, count));
    this.#batches.hidden = count === 0;
  }
}

/** Which model, which document, and where in it. */
export class About {
  readonly element = element('div', 'about');
  readonly #model = element('span', 'model');
  readonly #note = element('p', 'note');
  readonly #document = element('span', 'document');
  readonly #place = element('p', 'place');
  readonly #lead = element('q', 'lead');

  constructor() {
    for (const foreign of [this.#model, this.#document, this.#lead]) {
      foreign.dir = 'auto';
    }
    this.#place.append(this.#document, this.#lead);
    this.element.append(this.#place, this.#model, this.#note);
  }

  show({ models, document: name, lead }: BatchView): void {
    const note = models.length === 1 ? (models[0]?.note ?? '') : '';
    setText(this.#model, models.map(({ label }) => label).join(', '));
    setText(this.#note, note);
    setText(this.#document, name);
    setText(this.#lead, lead);
    this.#note.hidden = note === '';
    this.#place.hidden = name === '' && lead === '';
    this.#lead.hidden = lead === '';
  }
}

const MORE = () => ({ icon: 'more', label: strings.more(), hint: strings.moreHint() }) as const;
const STOP = () => ({ icon: 'stop', label: strings.stop(), hint: strings.stopHint() }) as const;
const PREVIOUS = () => ({ icon: 'previous', label: '', hint: strings.previousBatch() }) as const;
const NEXT = () => ({ icon: 'next', label: '', hint: strings.nextBatch() }) as const;
