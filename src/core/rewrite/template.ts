/** What a template may ask for; each is written `{{name}}`. */
export const PLACEHOLDERS = [
  'source',
  'before',
  'after',
  'instruction',
  'notes',
  'exemplars',
  'taken',
  'avoid',
  'reason',
  'move',
  'n',
  'words',
] as const;

export type Placeholder = (typeof PLACEHOLDERS)[number];

/** What stands for each placeholder; '' where there is nothing to say. */
export type Values = Readonly<Record<Placeholder, string>>;

const SLOT = /\{\{\s*([^{}]*?)\s*\}\}/gu;
const BLANK_LINES = /\n[^\S\n]*(?:\n[^\S\n]*)+/u;

/** The names between double braces in a template, known or not. */
export function slotsIn(template: string): string[] {
  return Array.from(template.matchAll(SLOT), ([, name = '']) => name);
}

/**
 * Fills a template. A paragraph (what blank lines part) that asks for something there is nothing of is left
 * out whole, so that a template needs no conditions.
 */
export function fill(template: string, values: Values): string {
  return template
    .trim()
    .split(BLANK_LINES)
    .filter((paragraph) => slotsIn(paragraph).every((name) => valueOf(name, values).trim() !== ''))
    .map((paragraph) => paragraph.replace(SLOT, (_, name: string) => valueOf(name, values)))
    .join('\n\n');
}

export function isPlaceholder(name: string): name is Placeholder {
  return PLACEHOLDERS.some((known) => known === name);
}

function valueOf(name: string, values: Values): string {
  return isPlaceholder(name) ? values[name] : '';
}
