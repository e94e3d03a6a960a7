import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Tree } from '../../../src/core/tree/tree';
import { changesBetween, laid, textOf, withChanges } from '../../../src/core/tree/version';
import { toMark, VersionLog } from '../../../src/core/tree/versionLog';
import { joinTokens, sliceTokens } from '../../../src/core/tree/recastTokens';
import { stamped } from './samples';

const piece = fc.record({
  node: fc.constantFrom('a', 'b', 'c'),
  from: fc.nat(20),
  length: fc.integer({ min: 1, max: 12 }),
});
const pieces = fc.array(piece, { maxLength: 8 }).map(laid);

/** A tree with the versions given, each after the one before. */
function logged(versions: readonly ReturnType<typeof laid>[]): { log: VersionLog; tree: Tree } {
  const tree = new Tree();
  const log = new VersionLog(tree);
  versions.forEach((version, i) => {
    const after = i === 0 ? undefined : `v${i - 1}`;
    const value = toMark(log.record('save', after, version));
    const data = { node: 'a', mark: `version:v${i}`, value };
    tree.apply(stamped({ event: 'mark', data }, i, 'writer1', i));
  });
  return { log, tree };
}

describe('versions', () => {
  it('differ by changes that lead from one to the other', () => {
    fc.assert(
      fc.property(pieces, pieces, (before, after) => {
        const changes = changesBetween(before, after);
        assert.deepEqual(withChanges(before, changes), after);
        assert.equal(changes.length === 0, JSON.stringify(before) === JSON.stringify(after));
      }),
    );
  });

  it('come back from the tree as they were, however many there are', () => {
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 100 }), (versions) => {
        const { tree } = logged(versions);
        const read = new VersionLog(tree);
        assert.deepEqual(
          read.list().map(({ id }) => read.version(id)),
          versions,
        );
      }),
      { numRuns: 20 },
    );
  });

  it('stand by themselves now and then, so that a lost one costs few', () => {
    const versions = Array.from({ length: 200 }, (_, i) =>
      laid([{ node: 'a', from: 0, length: i + 1 }]),
    );
    const { log } = logged(versions);
    assert.ok(log.list().filter(({ after }) => after === null).length >= 3);
  });

  it('that are damaged, or hang on lost ones or on themselves, are not there', () => {
    const tree = new Tree();
    const values = [
      '{',
      '{"reason":"save","after":"gone","changes":[]}',
      '{"reason":"save","after":null,"changes":[[5,2]]}',
      '{"reason":"save","after":"v3","changes":[]}',
    ];
    values.forEach((value, i) => {
      tree.apply(stamped({ event: 'mark', data: { node: 'a', mark: `version:v${i}`, value } }, i));
    });
    const log = new VersionLog(tree);
    assert.deepEqual(
      ['v0', 'v1', 'v2', 'v3', 'v4'].map((id) => log.version(id)),
      Array.from({ length: 5 }, () => undefined),
    );
  });

  it('have no text when a node of theirs is lost or too short', () => {
    const version = laid([{ node: 'a', from: 2, length: 3 }]);
    assert.equal(
      textOf(version, () => 'abcdef'),
      'cde',
    );
    assert.equal(
      textOf(version, () => 'abc'),
      undefined,
    );
    assert.equal(
      textOf(version, () => undefined),
      undefined,
    );
  });
});

describe('tokens of split and merged nodes', () => {
  const token = (start: number, end: number) => ({
    start,
    end,
    logprob: -1,
    alternatives: [],
    tail: null,
  });

  it('tile their text; one cut through has no probability', () => {
    const tokens = [token(0, 3), token(3, 8), token(8, 10)];
    const [head, tail] = [sliceTokens(tokens, 0, 5), sliceTokens(tokens, 5, 10)];
    const spans = (list: typeof head) =>
      list.map(({ start, end, logprob }) => [start, end, logprob]);
    assert.deepEqual(spans(head), [
      [0, 3, -1],
      [3, 5, null],
    ]);
    assert.deepEqual(spans(tail), [
      [0, 3, null],
      [3, 5, -1],
    ]);
    assert.deepEqual(spans(joinTokens(head, 5, tail)).at(-1), [8, 10, -1]);
  });
});
