import type { Translate } from '../collapse/translate';
import type { Mode } from './modes';

/** Modes named in the line; the rest is counted. */
const NAMED = 4;

/**
 * One hedged line over a batch, without markup: "about 2 ideas: she leaves ×4 · he calls ×1".
 * @param modes the largest first
 * @returns '' of no mode
 */
export function ideaLine(modes: readonly Mode<unknown>[], t: Translate): string {
  if (modes.length === 0) {
    return '';
  }
  const named = modes.slice(0, NAMED).map(({ label, size }) => `${label} ×${size}`);
  const more = modes.length - NAMED;
  const list = [...named, ...(more > 0 ? [t('{count} more', { count: more })] : [])].join(' · ');
  return modes.length === 1
    ? t('about 1 idea: {list}', { list })
    : t('about {count} ideas: {list}', { count: modes.length, list });
}
