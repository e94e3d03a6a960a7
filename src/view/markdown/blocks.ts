/** A line that may open or close a fenced block. */
const FENCE = /^ {0,3}(`{3,}|~{3,})/;

/**
 * Where the block after the first one begins, or -1 while there is none. Blocks end at blank lines, which
 * belong to the block before them, and not inside a fence; so a finished block never changes again.
 * @param isComplete false: more text may follow, so a fence may still close
 */
export function nextBlockStart(text: string, isComplete = false): number {
  const found = scan(text, true);
  // A fence that never closes would swallow the rest: then it is text like any other.
  return found === 'open' ? (isComplete ? asIndex(scan(text, false)) : -1) : found;
}

function scan(text: string, hasFences: boolean): number | 'open' {
  let fence = '';
  let isAfterBlank = false;
  let hasContent = false;
  let at = 0;
  while (at < text.length) {
    const newline = text.indexOf('\n', at);
    const end = newline === -1 ? text.length : newline;
    const isBlank = isBlankBetween(text, at, end);
    if (fence === '') {
      if (!isBlank && isAfterBlank && hasContent) {
        return at;
      }
      isAfterBlank = isBlank;
      hasContent ||= !isBlank;
    }
    if (hasFences) {
      fence = fenceAfter(fence, text.slice(at, Math.min(end, at + 80)));
    }
    at = end + 1;
  }
  return fence === '' ? -1 : 'open';
}

function fenceAfter(fence: string, line: string): string {
  const found = FENCE.exec(line)?.[1] ?? '';
  if (fence === '') {
    return found;
  }
  const closes = found.startsWith(fence) && line.trim() === found;
  return closes ? '' : fence;
}

function isBlankBetween(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (code !== 0x20 && code !== 0x09) {
      return false;
    }
  }
  return true;
}

function asIndex(found: number | 'open'): number {
  return found === 'open' ? -1 : found;
}

/** What can begin a construct: anywhere in a line, or at its beginning. */
const CONSTRUCT = /[*_`~\\]|^[ \t]*(?:[#>+-]|\d{1,9}[.)])/m;

/** False: the text shows as it is, whatever comes before it in its block. */
export function mayHaveMarkup(text: string): boolean {
  return CONSTRUCT.test(text);
}
