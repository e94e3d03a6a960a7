import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import * as v from 'valibot';
import type { Alternative, Run, Token } from '../../../src/core/model/token';
import { fromBase64, toBase64 } from '../../../src/core/tree/base64';
import { unpackColumns } from '../../../src/core/tree/columnCodec';
import { packedRunSchema } from '../../../src/core/tree/packedRun';
import { packRun, unpackRun } from '../../../src/core/tree/runCodec';
import { decodeSmallFloat, encodeSmallFloat } from '../../../src/core/model/smallFloat';

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

/** Near enough: one part in 4,096 from a millionth to 4,094. */
function assertNear(actual: number | null | undefined, expected: number | null): void {
  if (actual === null || actual === undefined || expected === null || !Number.isFinite(expected)) {
    assert.equal(actual, expected);
    return;
  }
  const margin = Math.max(Math.abs(expected) / 4096, 1e-6);
  assert.ok(Math.abs(actual - expected) <= margin, `${actual} for ${expected}`);
}

/** A run without the numbers that lose precision. */
function withoutNumbers(run: Run): unknown {
  const tokens = run.tokens.map(({ logprob: _, tail: __, alternatives, ...rest }) => ({
    ...rest,
    alternatives: alternatives.map(({ logprob: ___, ...other }) => other),
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
  it('bring back everything, numbers to three and a half digits', () => {
    fc.assert(
      fc.property(sample, ({ run, text }) => {
        const stored = JSON.parse(JSON.stringify(packRun(run, text))) as ReturnType<typeof packRun>;
        assert.ok(stored);
        const again = unpackRun(stored, text);
        assert.ok(again);
        assert.deepEqual(withoutNumbers(again), withoutNumbers(run));
        run.tokens.forEach((token, i) => {
          assertNear(again.tokens[i]?.logprob, token.logprob);
          const tail = again.tokens[i]?.tail;
          assert.ok(tail === token.tail || Math.abs((tail ?? 9) - (token.tail ?? -9)) <= 1 / 2048);
          token.alternatives.forEach((each, k) => {
            assertNear(again.tokens[i]?.alternatives[k]?.logprob, each.logprob);
          });
        });
      }),
      { seed: 17, numRuns: 500 },
    );
  });

  it('read a run as it was kept before, as columns', () => {
    const file = new URL('../../fixtures/journals/columns.jsonl', import.meta.url);
    const line = JSON.parse(readFileSync(file, 'utf8')) as { run: unknown };
    const run = unpackColumns(v.parse(packedRunSchema, line.run), 'This, sea');
    const bytes = (text: string) => new TextEncoder().encode(text);
    const that = { text: 'That', logprob: -1, id: 7, bytes: bytes('That') };
    const half = { text: '\ufffd', logprob: -3, bytes: Uint8Array.of(0xc3) };
    assert.deepEqual(run?.tokens, [
      {
        ...{ start: 0, end: 4, logprob: -0.5, tail: 0.25, id: 8, bytes: bytes('This') },
        alternatives: [that, { text: 'This', logprob: -0.5, id: 8 }],
      },
      { start: 4, end: 6, logprob: null, missing: 'gap', alternatives: [], tail: null },
      { start: 6, end: 9, logprob: -2.25, alternatives: [half], tail: 0.5 },
    ]);
    assert.equal(unpackColumns(v.parse(packedRunSchema, line.run), 'Thus, sea'), undefined);
  });

  it('leave out bytes that are the UTF-8 of the text', () => {
    const [first] = simple.tokens;
    assert.ok(first);
    const token = { ...first, bytes: new TextEncoder().encode('This') };
    const packed = packRun({ ...simple, tokens: [token] }, 'This');
    assert.deepEqual(packed?.wordBytes?.[0], 0);
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
      { tokens: 1 },
      { tokens: 3 },
      { tokens: 1_000_000_000 },
      { words: 1 },
      { words: 4 },
      { words: 1_000_000_000 },
      { others: '' },
      { others: 'Those' },
      { body: packed.body.slice(4) },
      { body: packed.body.slice(0, -4) },
      { body: '!'.repeat(packed.body.length) },
      { body: '' },
      { missing: [[1, null]] },
      { missing: [[1_000_000_000, 'gap']] },
      { ids: [1] },
      { wordBytes: ['?', null, null] },
      { wordBytes: [0] },
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

describe('a small float', () => {
  it('stands for the nearest of its numbers', () => {
    for (let code = 0; code <= 0xffff; code++) {
      assert.equal(encodeSmallFloat(decodeSmallFloat(code)), code);
    }
  });

  it('keeps more digits than anybody looks at, also near 0', () => {
    const values = fc.oneof(
      fc.double({ min: 2 ** -19, max: 4093, noNaN: true }),
      fc.double({ min: 2 ** -19, max: 0.01, noNaN: true }),
    );
    fc.assert(
      fc.property(values, (value) => {
        const again = decodeSmallFloat(encodeSmallFloat(value)) ?? Number.NaN;
        assert.ok(Math.abs(again - value) <= value / 4096);
      }),
      { seed: 19, numRuns: 1000 },
    );
  });

  it('takes what is too small for 0 and what is too large for the largest', () => {
    assert.equal(decodeSmallFloat(encodeSmallFloat(1e-9)), 0);
    assert.equal(decodeSmallFloat(encodeSmallFloat(-1e-9)), 0);
    assert.equal(decodeSmallFloat(encodeSmallFloat(9999)), 4093);
    assert.equal(decodeSmallFloat(encodeSmallFloat(Infinity)), Infinity);
    assert.equal(decodeSmallFloat(encodeSmallFloat(null)), null);
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
