import assert from 'node:assert/strict';
import { applyChanges, openDocument, place } from '../../../src/core/attachment/document';
import { toLf } from '../../../src/core/attachment/lineEnds';
import { withLf } from '../../../src/core/text/lineEnds';
import type { EditorEvent } from './editor';
import { assertSound } from './sound';

/** What an editor sent while somebody worked in it: one file of `test/fixtures/traces`. */
export interface Trace {
  /** What was done, and by which editor and version it was recorded, or `synthetic`. */
  name: string;
  recorded: string;
  /** The document at the beginning, in its own line ends. */
  text: string;
  /** The stretch that was inserted by a branch; in UTF-16 units of `text`. */
  placed: { start: number; length: number };
  /** In order; `eol` is the line end the document had before the event. */
  events: EditorEvent[];
  /** The document at the end, in its own line ends. */
  final: string;
  /** What is attached at the end, stretch by stretch, with LF; left out where nobody has said. */
  attached?: string[];
}

/** Replays a trace, and checks that after every event what is attached is so rightly. */
export function replay(trace: Trace): void {
  const { text, placed, events } = trace;
  const start = withLf(text.slice(0, placed.start)).length;
  const shown = withLf(text.slice(placed.start, placed.start + placed.length));
  const nodes = { n: shown };
  const stretch = { start, end: start + shown.length, node: 'n', from: 0 };
  let state = place(openDocument(text), stretch, shown);
  assert.deepEqual(state.attachments, [stretch], 'the stretch of the trace is in its text');
  for (const { eol, reason, changes } of events) {
    state = applyChanges(
      state,
      changes.map((change) => toLf(change, eol)),
      reason,
    );
    assertSound(state, nodes);
  }
  assert.equal(state.text, withLf(trace.final));
  if (trace.attached !== undefined) {
    const attached = state.attachments.map((a) => state.text.slice(a.start, a.end));
    assert.deepEqual(attached, trace.attached);
  }
}
