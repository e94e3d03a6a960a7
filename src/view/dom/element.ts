/** A new element with its class and text. Text is always text: nothing here parses markup. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className = '',
  text = '',
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  if (className !== '') {
    made.className = className;
  }
  if (text !== '') {
    made.textContent = text;
  }
  return made;
}

/** Sets the text only when it changes, so that an unchanged frame costs no layout. */
export function setText(target: Element, text: string): void {
  if (target.textContent !== text) {
    target.textContent = text;
  }
}

export function setAttribute(target: Element, name: string, value: string | null): void {
  if (value === null) {
    target.removeAttribute(name);
  } else if (target.getAttribute(name) !== value) {
    target.setAttribute(name, value);
  }
}
