import type { BatchView } from '../../protocol';
import { does, local, moreCommand, type Keyed } from '../model/keys';
import type { Numbers } from '../model/numbers';
import { totalOf } from '../model/total';
import { canPushApart, hasBatch, isStreaming, type ViewState } from '../model/state';
import { rewriteStrings } from '../rewriteStrings';
import { strings } from '../strings';
import { ActionButton, setPressed, type Buttons, type ButtonLook } from './button';
import { element, setAttribute, setText } from './element';

/** The buttons that stay in sight. */
export class Toolbar {
  readonly element = element('div', 'toolbar');
  readonly #more: ActionButton;
  readonly #stop = new ActionButton('square', STOP(), () => does({ kind: 'stop' }));
  readonly #apart = new ActionButton('quiet wide', APART(), () => does({ kind: 'push-apart' }));
  readonly #previous = new ActionButton('quiet square', PREVIOUS(), () =>
    does({ kind: 'batch', step: -1 }),
  );
  readonly #next = new ActionButton('quiet square', NEXT(), () => does({ kind: 'batch', step: 1 }));
  readonly #position = element('span', 'position');
  readonly #batches = element('div', 'batches');

  constructor(buttons: Buttons, keyed: () => Keyed) {
    this.#more = new ActionButton('primary', MORE(), () => moreCommand(keyed()));
    this.element.setAttribute('role', 'toolbar');
    this.element.setAttribute('aria-label', strings.controls());
    this.#batches.setAttribute('role', 'group');
    this.#batches.setAttribute('aria-label', strings.batches());
    this.#batches.append(buttons.add(this.#previous), this.#position, buttons.add(this.#next));
    const main = [this.#more, this.#stop, this.#apart].map((button) => buttons.add(button));
    this.element.append(...main, this.#batches);
  }

  show(batch: BatchView): void {
    const busy = isStreaming(batch);
    const isRewrite = batch.rewritten !== undefined;
    this.#more.show(isRewrite ? { ...MORE(), hint: rewriteStrings.more() } : MORE(), !busy);
    this.#stop.show(STOP(), busy);
    const apart = isRewrite ? { ...APART(), hint: rewriteStrings.pushApart() } : APART();
    this.#apart.show(apart, canPushApart(batch));
    // Where the branches have collapsed, the button stands beside the line that says so.
    this.#apart.element.hidden = batch.ideas?.collapsed === true;
    this.#previous.show(PREVIOUS(), hasBatch(batch, -1));
    this.#next.show(NEXT(), hasBatch(batch, 1));
    const { index, count } = batch.position;
    setText(this.#position, strings.position(index + 1, count));
    this.#batches.hidden = count === 0;
  }
}

/** Which model, which document and where in it; and how the view looks. */
export class About {
  readonly element = element('div', 'about');
  readonly #model = new ActionButton('quiet model', MODEL(''), () =>
    does({ kind: 'choose-model' }),
  );
  readonly #prompt = new ActionButton(
    'quiet square',
    { icon: 'prompt', label: '', hint: strings.showPrompt() },
    () => does({ kind: this.#isRewrite ? 'show-rewrite-prompt' : 'show-prompt' }),
  );
  readonly #changes = new ActionButton(
    'quiet square',
    { icon: 'diff', label: '', hint: rewriteStrings.changes() },
    () => local({ kind: 'changes' }),
  );
  readonly #raw = new ActionButton('quiet square', RAW(), () => local({ kind: 'raw' }));
  readonly #colours = new ActionButton('quiet square', COLOURS(), () => local({ kind: 'colours' }));
  readonly #help = new ActionButton(
    'quiet square',
    { icon: 'help', label: '', hint: strings.help() },
    () => ({ kind: 'help' }),
  );
  readonly #note = element('p', 'note');
  readonly #spread = element('span', 'spread');
  readonly #total = element('span', 'spread total');
  readonly #document = element('span', 'document');
  readonly #place = element('p', 'place');
  readonly #lead = element('q', 'lead');
  #isRewrite = false;

  constructor(
    buttons: Buttons,
    private readonly numbers: Numbers,
  ) {
    for (const foreign of [this.#model.element, this.#document, this.#lead]) {
      foreign.dir = 'auto';
    }
    this.#place.append(this.#document, this.#lead);
    const looks = element('span', 'looks');
    const right = [this.#changes, this.#prompt, this.#raw, this.#colours, this.#help];
    looks.append(...right.map((button) => buttons.add(button)));
    const row = element('div', 'about-row');
    row.append(buttons.add(this.#model), this.#spread, this.#total, looks);
    this.element.append(this.#place, row, this.#note);
  }

  show({ batch, look }: ViewState): void {
    const { models, document: name, lead, spread, rewritten } = batch;
    this.#isRewrite = rewritten !== undefined;
    this.#changes.element.hidden = !this.#isRewrite;
    setPressed(this.#changes, look.showsChanges);
    const label = models.map((model) => model.label).join(', ');
    this.#model.show(MODEL(label), true);
    const notes = notesOf(batch);
    setText(this.#note, notes.join(' '));
    this.#note.hidden = notes.length === 0;
    setText(this.#document, name);
    setText(this.#lead, lead);
    this.#place.hidden = name === '' && lead === '';
    this.#lead.hidden = lead === '';
    setPressed(this.#raw, look.isRaw);
    setPressed(this.#colours, look.hasColours);
    this.#prompt.element.hidden = batch.id === null;
    const isApart = spread === 'apart';
    setText(this.#spread, isApart ? strings.askedApart() : strings.askedPlain());
    setAttribute(
      this.#spread,
      'title',
      isApart ? strings.askedApartHint() : strings.askedPlainHint(),
    );
    this.#spread.hidden = spread === undefined || this.#isRewrite;
    const total = totalOf(batch.branches);
    setText(this.#total, total === null ? '' : this.numbers.dollars(total.dollars));
    const counted = total === null ? null : strings.totalHint(this.numbers.rate(total.tokens));
    setAttribute(this.#total, 'title', counted);
    this.#total.hidden = total === null;
  }
}

/** What the models are, and why they have no probabilities where they have none. */
function notesOf({ models }: BatchView): string[] {
  const isOne = models.length === 1;
  return models.flatMap(({ label, note, noLogprobs }) => {
    const reason = noLogprobs === undefined ? [] : [isOne ? noLogprobs : `${label}: ${noLogprobs}`];
    return [...(isOne && note !== '' ? [note] : []), ...reason];
  });
}

const MORE = () => ({ icon: 'more', label: strings.more(), hint: strings.moreHint() }) as const;
const STOP = () => ({ icon: 'stop', label: '', hint: strings.stopHint() }) as const;
const APART = () =>
  ({ icon: 'apart', label: strings.pushApart(), hint: strings.pushApartHint() }) as const;
const PREVIOUS = () => ({ icon: 'previous', label: '', hint: strings.previousBatch() }) as const;
const NEXT = () => ({ icon: 'next', label: '', hint: strings.nextBatch() }) as const;
const RAW = () => ({ icon: 'raw', label: '', hint: strings.raw() }) as const;
const COLOURS = () => ({ icon: 'colours', label: '', hint: strings.colours() }) as const;
const MODEL = (label: string): ButtonLook =>
  label === ''
    ? { icon: 'down', label: strings.chooseModel(), hint: '' }
    : { icon: 'down', label, hint: strings.chooseModelHint(label) };
