import type { Ledger, Reason } from './ledger';
import type { Change } from './change';
import type { Run } from './step';
import { allTyped, NONE_TYPED, type Typed } from './typed';
import { coreOf, isTelling, weightOf } from './weight';

/** Longer insertions are no keystroke, line breaks and indentation included; in UTF-16 units. */
const MOST_UNITS = 64;
/** One word as long as this may be completed by the editor or an input method; as `weightOf` counts. */
const MOST_WORD = 40;
/** How many of the newest steps a short text may have been cut in, to be pasted now. */
const RECENT = 10;

/**
 * Whether so much is put in by typing at once. An editor does not say where an insertion comes from, so
 * its size decides: a few letters, as one keystroke, a fast hand, a closed bracket or a new line give;
 * or one word, as completion, correction and input methods do. More is taken for pasted.
 */
export function looksTyped(text: string): boolean {
  if (text.length > MOST_UNITS) {
    return false;
  }
  const core = coreOf(text);
  return !isTelling(text) || (!/\s/u.test(core) && weightOf(core) <= MOST_WORD);
}

/** What of the text that an event puts in is typed, when it brings back nothing that was removed. */
export function typedBy(change: Change, reason: Reason, ledger: Ledger): Typed {
  const { text } = change;
  if (reason !== 'edit' || text === '' || !looksTyped(text)) {
    return NONE_TYPED;
  }
  const moved = text.length > 1 ? cutLately(text, ledger) : undefined;
  return moved === undefined ? Uint32Array.of(0, text.length) : moved.typed;
}

/** The run that was removed a moment ago with exactly this text: what was cut keeps what it was. */
function cutLately(text: string, { past }: Ledger): Run | undefined {
  for (const step of past.slice(-RECENT).reverse()) {
    for (const { run } of step) {
      if (run.text === text) {
        return run;
      }
    }
  }
  return undefined;
}

/**
 * What of one part of a change is typed, when `put` of the change's text is. In a change that was not
 * typed that is marks and white space in the place of typed ones, as a formatter puts them there.
 */
export function typedIn(
  part: Change,
  change: Change,
  put: Typed,
  before: Pick<Run, 'typed'>,
): Typed {
  if (part.text === change.text && put.length > 0) {
    return put;
  }
  const isWhole = allTyped(put, { start: 0, end: change.text.length });
  const isFormat = put.length === 0 && coreOf(part.text) === '' && allTyped(before.typed, part);
  return part.text !== '' && (isWhole || isFormat)
    ? Uint32Array.of(0, part.text.length)
    : NONE_TYPED;
}
