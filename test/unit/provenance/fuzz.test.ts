import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  applyChanges,
  openDocument,
  place,
  type DocumentState,
} from '../../../src/core/attachment/document';
import { provenanceAt, type ProvenanceStretch } from '../../../src/core/provenance/stretches';
import type { Provenance } from '../../../src/core/tree/node';

const MODEL: Provenance = { kind: 'model', model: 'm', strategy: 'raw', prompt: 'p' };
type Kind = ProvenanceStretch['kind'];

/** What happens, as places in thousandths of the text. */
const act = fc.record({
  kind: fc.constantFrom('type', 'type', 'type', 'paste', 'model', 'delete', 'undo' as const),
  at: fc.nat(1000),
  length: fc.nat(30),
  letter: fc.constantFrom('a', 'é', ' ', '\n', '。', '😀'),
});

/** The text one character at a time, each with its kind: the plainest bookkeeping there is. */
interface Ledger {
  text: string;
  kinds: Kind[];
}

function spliced(
  { text, kinds }: Ledger,
  start: number,
  end: number,
  put: string,
  kind: Kind,
): Ledger {
  const added = new Array<Kind>(put.length).fill(kind);
  return {
    text: text.slice(0, start) + put + text.slice(end),
    kinds: [...kinds.slice(0, start), ...added, ...kinds.slice(end)],
  };
}

function border(text: string, offset: number): number {
  const unit = text.charCodeAt(offset);
  return unit >= 0xdc00 && unit <= 0xdfff ? offset - 1 : offset;
}

/** Sorted, merged, tiling. */
function assertPartition(stretches: readonly ProvenanceStretch[], length: number): void {
  let done = 0;
  for (const [i, stretch] of stretches.entries()) {
    const last = stretches[i - 1];
    assert.equal(stretch.start, done);
    assert.ok(stretch.end > stretch.start);
    const isSame =
      last?.kind === stretch.kind &&
      (stretch.kind !== 'model' || (last.kind === 'model' && last.node === stretch.node));
    assert.ok(!isSame, 'neighbours are not joined');
    done = stretch.end;
  }
  assert.equal(done, length);
}

function kindsOf(state: DocumentState): Kind[] {
  const stretches = provenanceAt(state, { sourceOf: () => MODEL });
  assertPartition(stretches, state.text.length);
  return stretches.flatMap(({ start, end, kind }) => new Array<Kind>(end - start).fill(kind));
}

describe('provenance: any edits', () => {
  it('tiles the text, and every character keeps its kind until it goes', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 60 }), (acts) => {
        const text = 'The text that was there.\n';
        let state = openDocument(text);
        let known: Ledger = { text, kinds: new Array<Kind>(text.length).fill('unknown') };
        const past: Ledger[] = [];
        for (const [i, { kind, at, length, letter }] of acts.entries()) {
          const start = border(known.text, Math.floor((at * known.text.length) / 1000));
          const end = border(known.text, Math.min(known.text.length, start + length));
          if (kind === 'undo') {
            const last = past.pop();
            if (last !== undefined) {
              const changes = [{ start: 0, end: known.text.length, text: last.text }];
              state = applyChanges(state, changes, 'undo');
              known = last;
            }
          } else {
            const put = {
              type: letter,
              // Nothing that was there before, so that it cannot be taken for moved.
              paste: `Pasted number ${i} from afar. `,
              model: `Model branch ${i} of many. `,
              delete: '',
            }[kind];
            const to = kind === 'delete' ? end : start;
            if (to > start || put !== '') {
              past.push(known);
              state = applyChanges(state, [{ start, end: to, text: put }], 'edit');
              const as = (
                { type: 'human', paste: 'unknown', model: 'model', delete: 'human' } as const
              )[kind];
              known = spliced(known, start, to, put, as);
            }
            if (kind === 'model') {
              const stretch = { start, end: start + put.length, node: `n${i}`, from: 0 };
              state = place(state, stretch, put);
            }
          }
          assert.equal(state.text, known.text);
          assert.deepEqual(kindsOf(state), known.kinds);
        }
      }),
      { seed: 5, numRuns: 300 },
    );
  });
});
