import assert from 'node:assert/strict';
import type { Change } from '../../../src/core/attachment/change';
import {
  applyChanges,
  openDocument,
  place,
  sync,
  type DocumentState,
} from '../../../src/core/attachment/document';
import { LEDGER_LIMITS, type LedgerLimits } from '../../../src/core/attachment/ledger';
import { toLf } from '../../../src/core/attachment/lineEnds';
import { LineIndex } from '../../../src/core/attachment/lineIndex';
import { reanchor } from '../../../src/core/attachment/reanchor';
import type { Marks } from '../../../src/core/attachment/step';
import { typedSpans } from '../../../src/core/attachment/typed';
import { Editor, type EditorEvent, type Version } from './editor';
import { Random } from './random';
import { assertAttached, assertSound, type Nodes } from './sound';

/** Letters that repeat much, so that texts line up in more than one way, and characters of two units. */
const PROSE = [
  'the ',
  'sea ',
  'grey ',
  'a',
  'b',
  ' ',
  '\n',
  'é',
  '😀',
  '😁',
  '🨀',
  '海',
  'and the gulls ',
  '.\n\n',
];

function prose(random: Random, pieces: number): string {
  return Array.from({ length: pieces }, () => random.pick(PROSE)).join('');
}

const TYPED = 'typed';

/** Which node and offset every character shows, or that it was typed, or undefined: the marks, spelt out. */
function tagsOf({ text, attachments, typed }: Pick<DocumentState, 'text' | keyof Marks>) {
  const tags = new Array<string | undefined>(text.length).fill(undefined);
  for (const { start, end, node, from } of attachments) {
    for (let i = start; i < end; i++) {
      tags[i] = `${node}${from + i - start}`;
    }
  }
  for (const { start, end } of typedSpans(typed, { start: 0, end: text.length })) {
    tags.fill(TYPED, start, end);
  }
  return tags;
}

class Session {
  state: DocumentState;
  private readonly editor: Editor;
  readonly nodes: Nodes;
  private clipboard = '';
  /** What was known at each version when it was left. */
  private readonly known = new Map<Version, Marks>();
  edits = 0;
  exact = 0;

  constructor(
    private readonly random: Random,
    private readonly limits: LedgerLimits,
  ) {
    this.nodes = { a: prose(random, 60), b: prose(random, 40), c: prose(random, 25) };
    const { a = '', b = '' } = this.nodes;
    const text = `${prose(random, 10)}${a}${prose(random, 5)}${b}${prose(random, 5)}`;
    this.editor = new Editor(text, random.pick(['\n', '\r\n']), random);
    this.state = openDocument(this.editor.raw, [], limits);
    for (const [node, shown] of [['a', a] as const, ['b', b] as const]) {
      const start = text.indexOf(shown);
      this.state = place(this.state, { start, end: start + shown.length, node, from: 0 }, shown);
    }
    assert.ok(this.state.attachments.length >= 2);
  }

  step(): void {
    this.edits++;
    const { random } = this;
    const act = random.below(100);
    if (act < 14) {
      this.back('undo');
    } else if (act < 22) {
      this.back('redo');
    } else if (act < 24) {
      this.setEol();
    } else if (act < 28) {
      this.cut();
    } else if (act < 33) {
      this.paste();
    } else if (act < 37) {
      this.insertNode();
    } else if (act < 40) {
      this.replaceMost();
    } else {
      this.type();
    }
    this.check();
  }

  /** Undoes everything; the text before the first edit is what remains in the undo stack's last element. */
  undoAll(): void {
    while (this.back('undo')) {
      this.check();
    }
  }

  private check(): void {
    assert.equal(this.state.text, this.editor.text);
    assertSound(this.state, this.nodes);
    if (this.random.chance(0.05)) {
      assert.deepEqual(this.state.lines, LineIndex.of(this.state.text));
    }
  }

  private leave(): void {
    this.known.set(this.editor.version, this.state);
  }

  private receive({ eol, reason, changes }: EditorEvent): Change[] {
    const lf = changes.map((change) => toLf(change, eol));
    this.state = applyChanges(this.state, lf, reason);
    return lf;
  }

  private edit(changes: readonly Change[], joins: boolean): void {
    const before = this.state;
    this.leave();
    const lf = this.receive(this.editor.edit(changes, joins));
    assertUntouched(before, this.state, lf);
  }

  private back(reason: 'undo' | 'redo'): boolean {
    this.leave();
    const done = reason === 'undo' ? this.editor.undo() : this.editor.redo();
    if (done === undefined) {
      return false;
    }
    const was = this.state.text;
    const known = this.known.get(this.editor.version);
    this.receive(done.event);
    // Where the same text came up on the way, the nearest version counts, which may not be the one known.
    const isPlain =
      !done.between.some(({ text }) => text === this.editor.text) && was !== this.editor.text;
    if (this.limits === LEDGER_LIMITS && isPlain && known !== undefined) {
      assert.deepEqual(tagsOf(this.state), tagsOf({ ...known, text: this.state.text }));
      this.exact++;
    }
    return true;
  }

  private setEol(): void {
    const before = this.state;
    this.receive(this.editor.setEol(this.editor.eol === '\n' ? '\r\n' : '\n'));
    assert.equal(this.state, before);
  }

  private cut(): void {
    const span = this.span(40);
    this.clipboard = this.state.text.slice(span.start, span.end);
    this.edit([{ ...span, text: '' }], false);
  }

  private paste(): void {
    this.edit([{ ...this.span(this.random.chance(0.3) ? 10 : 0), text: this.clipboard }], false);
  }

  private insertNode(): void {
    const node = this.random.pick(['a', 'b', 'c']);
    const text = this.nodes[node] ?? '';
    const from = this.random.below(text.length);
    const { start, end } = this.span(this.random.chance(0.5) ? 30 : 0);
    const shown = text.slice(from);
    this.edit([{ start, end, text: shown }], false);
    this.state = place(this.state, { start, end: start + shown.length, node, from }, text);
  }

  /** A reload, a formatter, a checkout: much replaced by something partly the same. */
  private replaceMost(): void {
    const { random } = this;
    const span = random.chance(0.5) ? { start: 0, end: this.state.text.length } : this.span(200);
    let text = this.state.text.slice(span.start, span.end);
    for (let i = random.below(6); i >= 0; i--) {
      const at = random.below(text.length + 1);
      text = text.slice(0, at) + prose(random, random.below(4)) + text.slice(at + random.below(12));
    }
    if (random.chance(0.3)) {
      text = text.split('\n').sort().join('\n');
    }
    const changes = [{ ...span, text }];
    this.leave();
    this.receive(this.editor.edit(changes, false));
  }

  private type(): void {
    const { random } = this;
    const size = random.pick([0, 0, 0, 1, 1, 2, 8, 30]);
    const changes: Change[] = [];
    let floor = 0;
    for (let i = random.chance(0.2) ? 4 : 1; i > 0; i--) {
      const span = this.span(size, floor);
      const text = random.chance(0.3) && size > 0 ? '' : prose(random, 1 + random.below(2));
      changes.push({ ...span, text });
      floor = span.end + (random.chance(0.5) ? 1 : 0);
      if (floor >= this.state.text.length || (span.start === span.end && floor === span.end)) {
        break;
      }
    }
    this.edit(changes, random.chance(0.5));
  }

  /** A random span; seldom one that parts a character. */
  private span(most: number, floor = 0): { start: number; end: number } {
    const { text } = this.state;
    let start = floor + this.random.below(text.length - floor + 1);
    let end = Math.min(text.length, start + this.random.below(most + 1));
    if (this.random.chance(0.9)) {
      start = isWhole(text, start) ? start : Math.max(floor, start - 1);
      end = Math.max(start, isWhole(text, end) ? end : end - 1);
    }
    return { start, end };
  }
}

function isWhole(text: string, offset: number): boolean {
  return !/^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(Math.max(0, offset - 1), offset + 1));
}

/**
 * The bounds of every edit: what it does not touch shows what it showed before, and what it puts in shows
 * something only where that came with the edit or was removed before.
 */
function assertUntouched(
  before: DocumentState,
  after: DocumentState,
  changes: readonly Change[],
): void {
  const old = tagsOf(before);
  const now = tagsOf(after);
  let done = 0;
  let shift = 0;
  for (const { start, end, text } of changes.toSorted(
    (a, b) => a.start - b.start || a.end - b.end,
  )) {
    assertSame(old, now, done, start, shift, before.text);
    const inserted = now.slice(start + shift, start + shift + text.length);
    if (start === end && text.length < 6 && changes.length === 1) {
      assert.ok(
        inserted.every((tag) => tag === undefined || tag === TYPED),
        'typed text is attached',
      );
    }
    shift += text.length - (end - start);
    done = end;
  }
  assertSame(old, now, done, old.length, shift, before.text);
}

function assertSame(
  old: (string | undefined)[],
  now: (string | undefined)[],
  start: number,
  end: number,
  shift: number,
  text: string,
): void {
  for (let i = start; i < end; i++) {
    // Half a character at the edge of a change belongs to the change.
    const isEdge = (i === start || i === end - 1) && /[\ud800-\udfff]/.test(text[i] ?? '');
    if (now[i + shift] !== old[i] && !isEdge) {
      assert.equal(now[i + shift], old[i], `untouched character ${i} changed its attachment`);
    }
  }
}

describe('attachment: fuzz', function () {
  this.timeout(240_000);

  it('stays sound over 100,000 random events, and undo restores exactly', () => {
    let edits = 0;
    let exact = 0;
    for (let seed = 1; edits < 100_000; seed++) {
      const random = new Random(seed);
      const limits = seed % 5 === 0 ? { steps: 6, characters: 900 } : LEDGER_LIMITS;
      const session = new Session(random, limits);
      try {
        for (let i = 0; i < 400; i++) {
          session.step();
        }
        session.undoAll();
      } catch (error) {
        throw new Error(`seed ${seed}, event ${session.edits}`, { cause: error });
      }
      edits += session.edits;
      exact += session.exact;
    }
    assert.ok(exact > 10_000, `only ${exact} undos were compared`);
  });

  it('re-anchors soundly after random changes nobody watched', () => {
    for (let seed = 1; seed <= 300; seed++) {
      const random = new Random(seed);
      const session = new Session(random, LEDGER_LIMITS);
      for (let i = 0; i < 5; i++) {
        session.step();
      }
      const nodes: Nodes = session.nodes;
      const { text, attachments } = session.state;
      assert.deepEqual(
        reanchor(text, attachments, (id) => nodes[id]),
        attachments,
      );
      const changed = sync(session.state, text.slice(random.below(9)) + prose(random, 3)).text;
      assertAttached(
        changed,
        reanchor(changed, attachments, (id) => nodes[id]),
        nodes,
      );
    }
  });
});
