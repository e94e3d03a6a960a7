import type { IdeasView } from '../../protocol';
import { ideaLetter } from '../model/cardView';
import { does, local, mergeCommand, type Keyed } from '../model/keys';
import { canPushApart, type ViewState } from '../model/state';
import { strings } from '../strings';
import { ActionButton, type Buttons } from './button';
import { hueOf } from './cardHead';
import { element, setText } from './element';
import type { Tips } from './tips';

/** More would push the cards out of sight; each card has its letter anyway. */
const MOST_GROUPS = 9;

/** What the branches say once they have ended, as an estimate; and the cards chosen to correct it. */
export class Ideas {
  readonly element = element('section', 'ideas');
  readonly #line = element('p', 'ideas-line');
  readonly #effect = element('p', 'ideas-effect');
  readonly #groups = element('div', 'groups');
  readonly #measures: ActionButton;
  readonly #apart: ActionButton;
  readonly #choice = element('div', 'choice');
  readonly #count = element('span', 'choice-count');
  readonly #merge: ActionButton;
  #drawn: ViewState | null = null;

  constructor(buttons: Buttons, tips: Tips, keyed: () => Keyed) {
    this.element.setAttribute('aria-label', strings.ideas());
    this.#line.dir = 'auto';
    this.#effect.dir = 'auto';
    const numbers = { icon: 'info', label: '', hint: strings.measuresHint() } as const;
    this.#measures = new ActionButton('quiet square has-tip', numbers, () => null);
    tips.add(this.#measures.element, {
      about: this,
      isBelow: true,
      content: () => this.#numbers(),
    });
    const apart = {
      icon: 'apart',
      label: strings.pushApart(),
      hint: strings.pushApartHint(),
    } as const;
    this.#apart = new ActionButton('', apart, () => does({ kind: 'push-apart' }));
    const merge = { icon: 'fold', label: strings.merge(), hint: strings.mergeHint() } as const;
    this.#merge = new ActionButton('', merge, () => mergeCommand(keyed()));
    const clearLook = { icon: 'close', label: strings.clearSelection(), hint: '' } as const;
    const clear = new ActionButton('quiet', clearLook, () => local({ kind: 'clear-selection' }));
    const head = element('div', 'ideas-head');
    head.append(this.#line, buttons.add(this.#measures));
    this.#choice.append(this.#count, buttons.add(this.#merge), buttons.add(clear));
    this.element.append(head, this.#effect, this.#groups, buttons.add(this.#apart), this.#choice);
  }

  show(state: ViewState): void {
    const { ideas } = state.batch;
    this.element.hidden = ideas === undefined;
    if (ideas === undefined) {
      return;
    }
    if (this.#drawn?.batch.ideas !== ideas) {
      setText(this.#line, ideas.line);
      setText(this.#effect, ideas.effect ?? '');
      this.#effect.hidden = ideas.effect === undefined;
      this.#groups.replaceChildren(...groupsOf(ideas));
      this.#groups.hidden = ideas.groups.length < 2;
    }
    this.#measures.element.hidden = ideas.measures.length === 0;
    this.#apart.element.hidden = !ideas.collapsed || !canPushApart(state.batch);
    this.#choice.hidden = state.selected.size === 0;
    setText(this.#count, strings.selectedCount(state.selected.size));
    const look = { icon: 'fold', label: strings.merge(), hint: strings.mergeHint() } as const;
    this.#merge.show(look, mergeCommand(state) !== null);
    this.#drawn = state;
  }

  #numbers(): HTMLElement[] {
    const lines = this.#drawn?.batch.ideas?.measures ?? [];
    const list = element('div', 'measures');
    list.append(...lines.map((line) => element('p', '', line)));
    return [element('strong', 'popup-title', strings.measuresHint()), list];
  }
}

/** The ideas of several cards, and of those that stand alone as many as there is room for. */
function groupsOf({ groups }: IdeasView): HTMLElement[] {
  const lettered = groups.map((group, at) => ({ ...group, letter: ideaLetter(at) }));
  const isAlone = ({ members }: IdeasView['groups'][number]) => members.length === 1;
  const room = Math.max(0, MOST_GROUPS - lettered.filter((group) => !isAlone(group)).length);
  const alone = lettered.filter(isAlone);
  const hidden = new Set(alone.length > room ? alone.slice(room) : []);
  const shown = lettered
    .filter((group) => !hidden.has(group))
    .map(({ letter, label, members }) => groupOf(letter, label, members));
  return hidden.size === 0
    ? shown
    : [...shown, element('span', 'groups-rest', strings.moreAlone(hidden.size))];
}

function groupOf(letter: string, label: string, members: readonly number[]): HTMLElement {
  const item = element('div', 'group');
  const mark = element('span', 'idea', letter);
  mark.dataset['hue'] = hueOf(letter);
  const name = element('span', 'group-label', label);
  name.dir = 'auto';
  const numbers = members.map((member) => member + 1).join(', ');
  item.append(mark, name, element('span', 'group-members', numbers));
  return item;
}
