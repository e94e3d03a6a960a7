import assert from 'node:assert/strict';
import fc from 'fast-check';
import { afterEdit, mapOffset, mapSpan, type Placement } from '../../../src/host/placement';

const insert = (at: number, text: string) => ({ start: at, end: at, text });

describe('placement of the next choice', () => {
  const cases: [
    what: string,
    at: number,
    change: Parameters<typeof mapOffset>[1][0],
    to: number,
  ][] = [
    ['text before it moves it on', 5, insert(2, 'ab'), 7],
    ['text right at it comes before it, as with a caret', 5, insert(5, 'ab'), 7],
    ['text after it leaves it', 5, insert(6, 'ab'), 5],
    ['deleting before it moves it back', 5, { start: 1, end: 3, text: '' }, 3],
    ['deleting around it puts it where the hole is', 5, { start: 3, end: 9, text: '' }, 3],
    ['replacing around it puts it after the new text', 5, { start: 3, end: 9, text: 'xyz' }, 6],
  ];
  for (const [what, at, change, to] of cases) {
    it(what, () => assert.equal(mapOffset(at, [change]), to));
  }

  it('follows several changes of one event as it follows them one by one', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(4), fc.nat(4), fc.string({ maxLength: 3 })), { maxLength: 5 }),
        fc.nat(60),
        (pieces, offset) => {
          let end = 0;
          const changes = pieces.map(([gap, length, text]) => {
            const start = end + gap + 1;
            end = start + length;
            return { start, end, text };
          });
          const oneByOne = changes
            .toReversed()
            .reduce((at, change) => mapOffset(at, [change]), offset);
          assert.equal(mapOffset(offset, changes), oneByOne);
        },
      ),
    );
  });

  const spans: [what: string, change: Parameters<typeof mapOffset>[1][0], to: [number, number]][] =
    [
      ['text inserted at its start stays outside', insert(4, 'ab'), [6, 11]],
      ['text inserted at its end stays outside', insert(9, 'ab'), [4, 9]],
      ['text inserted inside makes it longer', insert(6, 'ab'), [4, 11]],
      [
        'replacing it whole makes it what stands there now',
        { start: 4, end: 9, text: 'x' },
        [4, 5],
      ],
      ['deleting around it leaves nothing', { start: 2, end: 12, text: '' }, [2, 2]],
    ];
  for (const [what, change, [start, end]] of spans) {
    it(`a selection: ${what}`, () =>
      assert.deepEqual(mapSpan({ start: 4, end: 9 }, [change]), { start, end }));
  }

  const placed: Placement = { kind: 'placed', branch: 2, span: { start: 4, end: 9 } };
  it('typing after a choice ends the swapping', () => {
    const edit = { changes: [insert(9, '!')], reason: 'edit' } as const;
    assert.deepEqual(afterEdit(placed, edit), { kind: 'caret' });
  });
  it('undoing a choice leaves the place open again', () => {
    const edit = { changes: [{ start: 4, end: 9, text: '' }], reason: 'undo' } as const;
    assert.deepEqual(afterEdit(placed, edit), { kind: 'anchor', at: 4 });
  });
});
