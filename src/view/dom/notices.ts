import type { ErrorInfo, Notice } from '../../protocol';
import { severityWords } from '../strings';
import { does } from '../model/keys';
import { rewriteStrings } from '../rewriteStrings';
import { ActionButton, type Buttons } from './button';
import { element } from './element';
import { icon } from './icon';

/** A box that says something, with an icon that says how bad it is. */
export function noticeBox({ severity, message }: Notice): HTMLElement {
  const box = element('div', `notice ${severity}`);
  const words = element('div', 'words');
  words.append(element('span', 'sr-only', `${severityWords(severity)}: `));
  words.append(element('span', 'message', message));
  box.append(icon(severity), words);
  return box;
}

/** What happened, what to do, and the button that does it when there is one. */
export function errorBox(
  { message, action }: ErrorInfo,
  ...buttons: readonly HTMLButtonElement[]
): HTMLElement {
  const box = noticeBox({ severity: 'error', message });
  const words = box.querySelector('.words') ?? box;
  words.append(' ', element('span', 'todo', action), ...buttons);
  return box;
}

/** The notices above the cards. */
export class Notices {
  readonly element = element('div', 'notices');
  readonly #own: ActionButton;
  #drawn: { notices: readonly Notice[]; error: ErrorInfo | null } | null = null;

  constructor(buttons: Buttons) {
    const look = { icon: 'select', label: rewriteStrings.nameOwn(), hint: '' } as const;
    this.#own = new ActionButton('', look, () => does({ kind: 'own-writing' }));
    buttons.add(this.#own);
  }

  show(notices: readonly Notice[], error: ErrorInfo | null): void {
    if (this.#drawn?.notices === notices && this.#drawn.error === error) {
      return;
    }
    this.#drawn = { notices, error };
    const boxes = notices.map((notice) => this.#boxOf(notice));
    if (error !== null) {
      boxes.push(errorBox(error));
    }
    this.element.replaceChildren(...boxes);
    this.element.hidden = boxes.length === 0;
  }

  #boxOf(notice: Notice): HTMLElement {
    const box = noticeBox(notice);
    if (notice.fix) {
      box.querySelector('.words')?.append(this.#own.element);
    }
    return box;
  }
}
