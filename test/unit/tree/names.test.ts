import assert from 'node:assert/strict';
import fc from 'fast-check';
import { documentFolder } from '../../../src/core/tree/documentFolder';
import { createId } from '../../../src/core/tree/id';
import { parseSegmentName, segmentName, WRITER_PATTERN } from '../../../src/core/tree/segmentFile';

const part = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom(
    'a',
    'A',
    'é',
    'e\u0301',
    'ß',
    'SS',
    'con',
    'NUL.md',
    '.',
    ' ',
    '%2F',
    '~',
    '\ud800',
  ),
);
const path = fc.array(part, { minLength: 1, maxLength: 12 }).map((parts) => parts.join('/'));

describe('documentFolder', () => {
  const readable: [string, RegExp][] = [
    ['chapters/01.md', /^chapters%2F01\.md~[0-9a-z]{11}$/],
    ['Глава 1.md', /^Глава 1\.md~/],
    ['a%b~c:d.md', /^a%25b%7Ec%3Ad\.md~/],
    ['.hidden/x.md', /^%2Ehidden%2Fx\.md~/],
    ['con.md', /^%63on\.md~/],
    ['COM1', /^%43OM1~/],
    ['console.md', /^console\.md~/],
  ];
  for (const [document, pattern] of readable) {
    it(`reads ${document} as ${pattern.source}`, () => {
      assert.match(documentFolder(document), pattern);
    });
  }

  it('stays what it is: trees would be lost otherwise', () => {
    assert.equal(documentFolder('chapters/01.md'), 'chapters%2F01.md~2dgr4oyit6d');
  });

  it('keeps the end of a long path', () => {
    const folder = documentFolder(`${'deep/'.repeat(100)}the end.md`);
    assert.match(folder, /the end\.md~[0-9a-z]{11}$/);
    assert.notEqual(folder, documentFolder(`${'deep/'.repeat(101)}the end.md`));
  });

  it('is safe on every file system', () => {
    fc.assert(
      fc.property(path, (document) => {
        const folder = documentFolder(document);
        assert.ok(Buffer.byteLength(folder) <= 140, folder);
        assert.doesNotMatch(folder, /[/\\:*?"<>|]|\p{Cc}|\p{Cs}/u);
        assert.doesNotMatch(folder, /^[. ]|[. ]$/);
        assert.doesNotMatch(folder, /^(con|prn|aux|nul|com\d|lpt\d)([. ]|$)/i);
      }),
      { seed: 29, numRuns: 2000 },
    );
  });

  it('gives different paths different folders, whatever the case or normal form', () => {
    const near = fc.tuple(path, fc.constantFrom('upper', 'lower', 'NFC', 'NFD', 'other'), path);
    fc.assert(
      fc.property(near, ([one, how, another]) => {
        const variants = {
          upper: one.toUpperCase(),
          lower: one.toLowerCase(),
          NFC: one.normalize('NFC'),
          NFD: one.normalize('NFD'),
          other: another,
        };
        const two = variants[how];
        fc.pre(one !== two);
        const fold = (name: string) => documentFolder(name).normalize('NFC').toLowerCase();
        assert.notEqual(fold(one), fold(two));
      }),
      { seed: 31, numRuns: 2000 },
    );
  });
});

describe('createId', () => {
  it('sorts by time and is fit for file names', () => {
    fc.assert(
      fc.property(
        fc.nat(2 ** 41),
        fc.nat(2 ** 41),
        fc.double({ min: 0, max: 0.9999999, noNaN: true }),
        (a, b, r) => {
          const [first, second] = [
            createId(Math.min(a, b), () => r),
            createId(Math.max(a, b) + 1, () => 0),
          ];
          assert.ok(first < second);
          assert.match(first, WRITER_PATTERN);
          assert.equal(first.length, 16);
        },
      ),
      { seed: 37 },
    );
  });

  it('differs at the same time by chance alone', () => {
    assert.notEqual(
      createId(5, () => 0.1),
      createId(5, () => 0.2),
    );
  });
});

describe('segment names', () => {
  it('are read back, in the order of their numbers', () => {
    for (const segment of [0, 9, 10, 9999, 10_000]) {
      const name = segmentName('writer1', segment);
      assert.deepEqual(parseSegmentName(name), {
        name,
        writer: 'writer1',
        segment,
        temporary: false,
      });
      assert.equal(parseSegmentName(`${name}.tmp`)?.temporary, true);
    }
    assert.equal(segmentName('writer1', 7), 'writer1-0007.jsonl');
  });
});
