import type { Change } from '../../../src/core/attachment/change';
import type { EditorChange, LineEnd } from '../../../src/core/attachment/lineEnds';
import { withLf } from '../../../src/core/text/lineEnds';
import type { Reason } from '../../../src/core/attachment/ledger';
import type { Random } from './random';

/** An event as an editor sends it, with the line end of the document before it. */
export interface EditorEvent {
  eol: LineEnd;
  reason: Reason;
  changes: EditorChange[];
}

/** What one undo takes back: several events, as VS Code groups them. */
interface Element {
  before: Version;
  /** After each event; the last is what redo leads to. */
  after: Version[];
}

/** One state of the text; the same text may come up again as another version. */
export interface Version {
  readonly text: string;
}

/**
 * An editor reduced to what attachment sees of it: a text with line ends of its own, events in its own
 * offsets, an undo stack that groups. It knows nothing of the code under test.
 */
export class Editor {
  raw: string;
  version: Version;
  private undos: Element[] = [];
  private redos: Element[] = [];

  constructor(
    text: string,
    public eol: LineEnd,
    private readonly random: Random,
    private readonly depth = 200,
  ) {
    this.raw = text.replaceAll('\n', eol);
    this.version = { text };
  }

  get text(): string {
    return withLf(this.raw);
  }

  /** @param changes in LF offsets of the text; `joins` the last undo element. */
  edit(changes: readonly Change[], joins: boolean): EditorEvent {
    const before = this.version;
    const event = this.send(changes, 'edit');
    this.version = { text: this.text };
    const last = this.undos.at(-1);
    if (joins && last !== undefined && this.redos.length === 0) {
      last.after.push(this.version);
    } else {
      this.undos.push({ before, after: [this.version] });
      this.undos = this.undos.slice(-this.depth);
    }
    this.redos = [];
    return event;
  }

  /** The event of an undo, and the versions it passed on the way to where it led. */
  undo(): { event: EditorEvent; between: Version[] } | undefined {
    const element = this.undos.pop();
    if (element === undefined) {
      return undefined;
    }
    this.redos.push(element);
    const between = element.after.slice(0, -1);
    return { event: this.becomes(element.before, 'undo'), between };
  }

  redo(): { event: EditorEvent; between: Version[] } | undefined {
    const element = this.redos.pop();
    const last = element?.after.at(-1);
    if (element === undefined || last === undefined) {
      return undefined;
    }
    this.undos.push(element);
    return { event: this.becomes(last, 'redo'), between: element.after.slice(0, -1) };
  }

  /** Changes the line ends: one replacement of the whole document, reported with the new ones in force. */
  setEol(eol: LineEnd): EditorEvent {
    const [change] = this.inOwnOffsets([{ start: 0, end: this.text.length, text: this.text }]);
    const event: EditorEvent = { eol: this.eol, reason: 'edit', changes: change ? [change] : [] };
    this.raw = this.text.replaceAll('\n', eol);
    event.changes = event.changes.map((c) => ({ ...c, text: this.raw }));
    this.eol = eol;
    return event;
  }

  private becomes(version: Version, reason: Reason): EditorEvent {
    this.version = version;
    return this.send(hull(this.text, version.text, this.random.chance(0.5)), reason);
  }

  private send(changes: readonly Change[], reason: Reason): EditorEvent {
    const event: EditorEvent = { eol: this.eol, reason, changes: this.inOwnOffsets(changes) };
    for (const { rangeOffset, rangeLength, text } of event.changes) {
      this.raw =
        this.raw.slice(0, rangeOffset) +
        text.replace(/\r\n?|\n/g, this.eol) +
        this.raw.slice(rangeOffset + rangeLength);
    }
    return event;
  }

  /** From the end of the document to its beginning, as VS Code lists them. */
  private inOwnOffsets(changes: readonly Change[]): EditorChange[] {
    const lf = this.text;
    const width = this.eol.length - 1;
    return changes
      .toSorted((a, b) => b.start - a.start || b.end - a.end)
      .map(({ start, end, text }) => {
        const startLine = lf.slice(0, start).split('\n').length - 1;
        const endLine = lf.slice(0, end).split('\n').length - 1;
        const rangeOffset = start + width * startLine;
        const rangeLength = end + width * endLine - rangeOffset;
        const own = this.random.chance(0.5) ? text.replaceAll('\n', this.eol) : text;
        return { rangeOffset, rangeLength, startLine, endLine, text: own };
      });
  }
}

/** One text as a change of another: the smallest replacement, or one with something around it. */
export function hull(old: string, text: string, exact: boolean): Change[] {
  let start = 0;
  while (start < Math.min(old.length, text.length) && old[start] === text[start]) {
    start++;
  }
  let same = 0;
  while (
    same < Math.min(old.length, text.length) - start &&
    old[old.length - 1 - same] === text[text.length - 1 - same]
  ) {
    same++;
  }
  start = exact ? start : Math.max(0, start - 3);
  same = exact ? same : Math.max(0, same - 2);
  return [{ start, end: old.length - same, text: text.slice(start, text.length - same) }];
}
