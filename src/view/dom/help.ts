import { keyHelp, strings } from '../strings';
import { element } from './element';
import { icon } from './icon';

/** What the keys do, in a dialog; the browser keeps the focus in it and gives it back. */
export class Help {
  readonly element = element('dialog', 'help');

  constructor() {
    const title = element('h2', '', strings.helpTitle());
    title.id = 'help-title';
    this.element.setAttribute('aria-labelledby', title.id);
    const list = element('dl');
    for (const { keys, does } of keyHelp()) {
      const term = element('dt');
      keys.forEach((key) => term.append(element('kbd', '', key)));
      list.append(term, element('dd', '', does));
    }
    const close = element('button', 'button quiet square');
    close.type = 'button';
    close.setAttribute('aria-label', strings.close());
    close.append(icon('close'));
    close.addEventListener('click', () => this.element.close());
    const head = element('header');
    head.append(title, close);
    this.element.append(head, list);
  }

  get isOpen(): boolean {
    return this.element.open;
  }

  toggle(): void {
    if (this.isOpen) {
      this.element.close();
    } else {
      this.element.showModal();
    }
  }
}
