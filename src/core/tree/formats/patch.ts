import { withLf } from '../../text/lineEnds';
import { field, fieldsIn, listIn } from './fields';
import { damaged } from './loom';

/** Units of context before an insertion. */
const CONTEXT = 4;
const [DELETE, EQUAL, INSERT] = [-1, 0, 1];

/**
 * Applies patches as diff-match-patch makes them to the very text that they were made from; a patch that
 * does not fit exactly is damaged.
 * @param of names the node in the message
 * @throws VariorumError `bad-request`
 */
export function applyPatch(text: string, patch: unknown, of: string): string {
  if (patch === undefined || patch === null || patch === '') {
    return text;
  }
  let result = text;
  for (const each of listIn(patch, `the patch of ${of}`)) {
    const fields = fieldsIn(each, `a patch of ${of}`);
    const start = field(fields, 'start2');
    if (typeof start !== 'number' || !Number.isSafeInteger(start) || start < 0) {
      throw damaged(`a patch of ${of} begins nowhere`);
    }
    const diffs = listIn(field(fields, 'diffs'), `a patch of ${of}`).map((diff) =>
      readDiff(diff, of),
    );
    const old = diffs.filter(({ kind }) => kind !== INSERT).map((diff) => diff.text);
    const fresh = diffs.filter(({ kind }) => kind !== DELETE).map((diff) => diff.text);
    const before = old.join('');
    if (!result.startsWith(before, start)) {
      throw damaged(`a patch of ${of} does not fit the text of its parent`);
    }
    result = result.slice(0, start) + fresh.join('') + result.slice(start + before.length);
  }
  return withLf(result);
}

/** A patch that adds text after the last of so many units. */
export function appending(before: string, length: number, text: string): unknown {
  if (text === '') {
    return [];
  }
  const context = before.slice(-CONTEXT);
  const diffs =
    context === ''
      ? [[INSERT, text]]
      : [
          [EQUAL, context],
          [INSERT, text],
        ];
  const start = length - context.length;
  const [length1, length2] = [context.length, context.length + text.length];
  return [{ diffs, start1: start, start2: start, length1, length2 }];
}

/** `[kind, text]`, or an object with the fields 0 and 1. */
function readDiff(diff: unknown, of: string): { kind: number; text: string } {
  const pair = Array.isArray(diff) ? { 0: diff[0] as unknown, 1: diff[1] as unknown } : diff;
  const fields = fieldsIn(pair, `a patch of ${of}`);
  const [kind, text] = [field(fields, '0'), field(fields, '1')];
  if ((kind !== DELETE && kind !== EQUAL && kind !== INSERT) || typeof text !== 'string') {
    throw damaged(`a patch of ${of} says neither what to keep nor what to change`);
  }
  return { kind, text };
}
