/** Puts a message into the reader's language and fills its `{name}` slots; `l10n.t` of VS Code is one. */
export type Translate = (message: string, args?: Record<string, string | number>) => string;

/** English: fills the slots. */
export const inEnglish: Translate = (message, args = {}) =>
  message.replace(/\{(\w+)\}/gu, (slot, name: string) => String(args[name] ?? slot));
