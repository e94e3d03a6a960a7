import assert from 'node:assert/strict';
import type { DocumentState } from '../../../src/core/attachment/document';
import { typedSpans } from '../../../src/core/attachment/typed';
import { sizeOf } from '../../../src/core/attachment/ledger';
import type { Attachment } from '../../../src/core/tree/node';

export type Nodes = Readonly<Record<string, string>>;

/** What holds after every event whatever happened. */
export function assertSound(state: DocumentState, nodes: Nodes): void {
  assertAttached(state.text, state.attachments, nodes);
  assertTyped(state);
  const { past, future, characters, limits } = state.ledger;
  assert.equal(characters, sizeOf(past) + sizeOf(future), 'the ledger counts what it holds');
  // The newest step of either side stays whatever its size.
  const counted = sizeOf(past.slice(0, -1)) + sizeOf(future.slice(0, -1));
  assert.ok(counted <= limits.characters, `ledger holds ${counted} characters`);
  assert.ok(
    past.length + future.length <= Math.max(2, limits.steps),
    'ledger holds too many steps',
  );
}

/** Ascending, merged, in bounds, on whole characters, and nowhere attached too. */
export function assertTyped({ text, attachments, typed }: DocumentState): void {
  const spans = [...typedSpans(typed, { start: 0, end: text.length })];
  assert.equal(spans.length * 2, typed.length, 'typed text beyond the end');
  let last = -1;
  let next = 0;
  for (const { start, end } of spans) {
    assert.ok(start > last && end > start && end <= text.length, `typed ${start}–${end}`);
    assert.ok(!isInside(text, start) && !isInside(text, end), 'a typed border inside a character');
    while ((attachments[next]?.end ?? Infinity) <= start) {
      next++;
    }
    assert.ok((attachments[next]?.start ?? Infinity) >= end, `typed and attached at ${start}`);
    last = end;
  }
}

/** Sorted, disjoint, merged, in bounds, on whole characters, and each the very text of its node. */
export function assertAttached(
  text: string,
  attachments: readonly Attachment[],
  nodes: Nodes,
): void {
  let last: Attachment | undefined;
  for (const stretch of attachments) {
    const { start, end, node, from } = stretch;
    assert.ok(start < end && end <= text.length && start >= (last?.end ?? 0), `${start}–${end}`);
    assert.equal(text.slice(start, end), nodes[node]?.slice(from, from + end - start));
    assert.ok(!isInside(text, start) && !isInside(text, end), 'a boundary inside a character');
    assert.ok(
      last?.end !== start || last.node !== node || last.from + last.end - last.start !== from,
      `stretches not merged at ${start}`,
    );
    last = stretch;
  }
}

function isInside(text: string, offset: number): boolean {
  return /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(Math.max(0, offset - 1), offset + 1));
}
