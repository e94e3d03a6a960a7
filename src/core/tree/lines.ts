/** One line of a file: its text, or null when its bytes are not UTF-8. */
export interface Line {
  /** From 1. */
  number: number;
  text: string | null;
  /** Whether a line end follows; the last line of a file cut short has none. */
  ended: boolean;
}

const LINE_FEED = 0x0a;
const BRACE = 0x7b;

/** Calls `visit` for every non-blank line of a JSON-lines file. */
export function forEachLine(bytes: Uint8Array, visit: (line: Line) => void): void {
  const text = decode(bytes);
  if (text === null) {
    forEachRawLine(bytes, visit);
    return;
  }
  let number = 1;
  for (let from = 0; from < text.length; number++) {
    const feed = text.indexOf('\n', from);
    const to = feed === -1 ? text.length : feed;
    visitUnlessBlank({ number, text: text.slice(from, to), ended: feed !== -1 }, visit);
    from = to + 1;
  }
}

/** Line by line, so that one damaged character costs one line. */
function forEachRawLine(bytes: Uint8Array, visit: (line: Line) => void): void {
  let number = 1;
  for (let from = 0; from < bytes.length; number++) {
    const feed = bytes.indexOf(LINE_FEED, from);
    const to = feed === -1 ? bytes.length : feed;
    visitUnlessBlank({ number, text: decode(bytes.subarray(from, to)), ended: feed !== -1 }, visit);
    from = to + 1;
  }
}

function visitUnlessBlank(line: Line, visit: (line: Line) => void): void {
  const { text } = line;
  // A line of a journal begins with a brace: no need to look further for what is not blank.
  if (text === null || text.charCodeAt(0) === BRACE || text.trim() !== '') {
    visit(line);
  }
}

function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
