import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Alternative, Run, Token } from '../../../src/core/model/token';
import { fromBase64, toBase64 } from '../../../src/core/tree/base64';
import { packRun, unpackRun } from '../../../src/core/tree/tokenCodec';

const bytes = fc.uint8Array({ maxLength: 5 });
const logprob = fc.oneof(
  fc.double({ min: -32, max: 0, noNaN: true }),
  fc.constantFrom(0, -1e-9, -32, Number.NEGATIVE_INFINITY),
);
const optional = { requiredKeys: ['text', 'logprob'] as ('text' | 'logprob')[] };
const alternative: fc.Arbitrary<Alternative> = fc.record(
  { text: fc.string({ unit: 'grapheme', maxLength: 4 }), logprob, id: fc.nat(), bytes },
  optional,
);
const reason = fc.constantFrom('unsupported' as const, 'gap' as const, 'floor' as const);
const piece = fc.record(
  {
    text: fc.string({ unit: 'binary', maxLength: 6 }),
    logprob: fc.option(logprob),
    missing: reason,
    alternatives: fc.array(alternative, { maxLength: 3 }),
    tail: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
    id: fc.nat(),
    bytes,
  },
  { requiredKeys: ['text', 'logprob', 'alternatives', 'tail'] },
);
const sample = fc
  .tuple(
    fc.constantFrom('raw' as const, 'processed' as const, 'unknown' as const),
    fc.constantFrom('exact' as const, 'lossy' as const, 'none' as const),
    fc.array(piece, { maxLength: 12 }),
  )
  .map(([semantics, kind, pieces]): { run: Run; text: string } => {
    let start = 0;
    const tokens = pieces.map(({ text, ...rest }): Token => {
      const token = { ...rest, start, end: start + text.length };
      start = token.end;
      return token;
    });
    return { run: { semantics, bytes: kind, tokens }, text: pieces.map((p) => p.text).join('') };
  });

const float = (value: number | null): number | null => (value === null ? null : Math.fround(value));

/** What should come back: numbers as 32-bit floats. */
function rounded(run: Run): Run {
  const tokens = run.tokens.map((token) => ({
    ...token,
    logprob: float(token.logprob),
    tail: float(token.tail),
    alternatives: token.alternatives.map((each) => ({
      ...each,
      logprob: Math.fround(each.logprob),
    })),
  }));
  return { ...run, tokens };
}

const simple: Run = {
  semantics: 'raw',
  bytes: 'exact',
  tokens: [
    { start: 0, end: 4, logprob: -0.5, alternatives: [{ text: 'That', logprob: -1 }], tail: 0.25 },
    { start: 4, end: 6, logprob: null, missing: 'gap', alternatives: [], tail: null },
  ],
};

describe('packRun and unpackRun', () => {
  it('bring back everything, numbers as 32-bit floats', () => {
    fc.assert(
      fc.property(sample, ({ run, text }) => {
        const packed = JSON.parse(JSON.stringify(packRun(run, text))) as ReturnType<typeof packRun>;
        assert.ok(packed);
        assert.deepEqual(unpackRun(packed, text), rounded(run));
      }),
      { seed: 17, numRuns: 500 },
    );
  });

  it('keep logprobs within a millionth down to -32', () => {
    fc.assert(
      fc.property(fc.double({ min: -32, max: 0, noNaN: true }), (value) => {
        assert.ok(Math.abs(Math.fround(value) - value) <= 1e-6);
      }),
      { seed: 19 },
    );
  });

  it('leave out bytes that are the UTF-8 of the text', () => {
    const [first] = simple.tokens;
    assert.ok(first);
    const token = { ...first, bytes: new TextEncoder().encode('This') };
    const packed = packRun({ ...simple, tokens: [token] }, 'This');
    assert.deepEqual(packed?.tokenBytes, [0]);
  });

  const untiled: [string, readonly Partial<Token>[]][] = [
    ['a hole', [{}, { start: 5 }]],
    ['an overlap', [{}, { start: 3 }]],
    ['a token that ends before it starts', [{ end: 8 }, { start: 8, end: 6 }]],
    ['a text that goes on', [{}, { end: 5 }]],
    ['tokens beyond the text', [{}, { end: 7 }]],
  ];
  for (const [what, changes] of untiled) {
    it(`refuse ${what}`, () => {
      const tokens = simple.tokens.map((token, i) => ({ ...token, ...changes[i] }));
      assert.equal(packRun({ ...simple, tokens }, 'This, '), undefined);
    });
  }

  it('refuse a text of the same length that is another', () => {
    const packed = packRun(simple, 'This, ');
    assert.ok(packed);
    assert.ok(unpackRun(packed, 'This, '));
    assert.equal(unpackRun(packed, 'Thus, '), undefined);
  });

  it('refuse columns that do not fit each other', () => {
    const packed = packRun(simple, 'This, ');
    assert.ok(packed);
    const damaged: Partial<typeof packed>[] = [
      { lengths: [4] },
      { lengths: [4, 3] },
      { counts: [1] },
      { counts: [1, 1] },
      { counts: [0, 0] },
      { texts: [] },
      { logprobs: packed.logprobs.slice(4) },
      { logprobs: '!'.repeat(packed.logprobs.length) },
      { tails: '' },
      { alternativeLogprobs: '' },
      { alternativeLogprobs: 'AADAfw==' },
      { missing: [[1, null]] },
      { missing: [[1_000_000_000, 'gap']] },
      { ids: [1] },
      { tokenBytes: ['?', null] },
      { alternativeBytes: [0, 0] },
    ];
    for (const change of damaged) {
      assert.equal(
        unpackRun({ ...packed, ...change }, 'This, '),
        undefined,
        JSON.stringify(change),
      );
    }
  });
});

describe('base64', () => {
  it('is the standard one', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (data) => {
        const text = toBase64(data);
        assert.equal(text, Buffer.from(data).toString('base64'));
        assert.deepEqual(fromBase64(text), data);
      }),
      { seed: 23 },
    );
  });

  for (const text of ['A', 'AA', 'AAA', 'A-==', 'AA=A']) {
    it(`refuses ${text}`, () => assert.equal(fromBase64(text), undefined));
  }
});
