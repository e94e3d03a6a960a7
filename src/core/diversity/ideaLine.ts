import type { Mode } from './modes';

/** Puts values for `{0}`, `{1}` … into a sentence, in the reader's language: the shape of `l10n.t`. */
export type Translate = (message: string, ...values: (string | number)[]) => string;

/** Modes named in the line; the rest is counted. */
const NAMED = 4;

/**
 * One hedged line over a batch: "about 2 ideas: *she leaves* ×4 · *he calls* ×1". Labels are set in
 * Markdown's italics with its own marks escaped.
 * @param modes the largest first
 * @returns '' of no mode
 */
export function ideaLine(modes: readonly Mode<unknown>[], translate: Translate): string {
  if (modes.length === 0) {
    return '';
  }
  const named = modes.slice(0, NAMED).map(({ label, size }) => `*${escaped(label)}* ×${size}`);
  const more = modes.length - NAMED;
  const list = [...named, ...(more > 0 ? [translate('{0} more', more)] : [])].join(' · ');
  return modes.length === 1
    ? translate('about 1 idea: {0}', list)
    : translate('about {0} ideas: {1}', modes.length, list);
}

function escaped(label: string): string {
  return label.replace(/[\\`*_{}[\]()#+!|<>~&]/gu, '\\$&');
}
