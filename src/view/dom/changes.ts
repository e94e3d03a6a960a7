import { wordDiff } from '../../core/rewrite/wordDiff';
import { rewriteStrings } from '../rewriteStrings';
import { element } from './element';

/** What a rewrite changes in its passage, word by word: what comes is underlined, what goes struck out. */
export class Changes {
  readonly element = element('div', 'changes');
  #drawn = '';

  constructor(index: number) {
    this.element.dir = 'auto';
    this.element.setAttribute('role', 'group');
    this.element.setAttribute('aria-label', rewriteStrings.changesIn(index + 1));
    this.element.hidden = true;
  }

  /** @param source the passage; null: what changed is not to be shown */
  show(source: string | null, text: string): void {
    const isShown = source !== null && text !== '';
    this.element.hidden = !isShown;
    if (!isShown) {
      return;
    }
    const key = `${source}\0${text}`;
    if (key !== this.#drawn) {
      this.#drawn = key;
      this.element.replaceChildren(
        ...wordDiff(source, text).map((piece) =>
          piece.kind === 'kept'
            ? document.createTextNode(piece.text)
            : element(piece.kind === 'added' ? 'ins' : 'del', '', piece.text),
        ),
      );
    }
  }
}
