import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { forkAtEnds } from '../../../../src/core/tree/formats/forks';
import { type FormatId, type Loom, type LoomSource } from '../../../../src/core/tree/formats/loom';
import { orderLoom } from '../../../../src/core/tree/formats/order';
import { readLoom, writeLoom } from '../../../../src/core/tree/formats/registry';
import { fixture, lines, looms, read, wholeTexts, type Shape } from './sampleLooms';

const SOURCES: readonly LoomSource[] = [
  { kind: 'human' },
  { kind: 'unknown' },
  { kind: 'model', model: 'm' },
];

describe('foreign files', () => {
  const files: [string, FormatId, string[], [string, number][]][] = [
    [
      'loomsidian.json',
      'loomsidian',
      [
        'a1<@0 unknown: The tide went out [slowly]. ',
        'c1<@0 unknown: Another beginning.',
        'b1<a1@28 unknown*: She followed it.',
        'b2<a1@28 unknown: He stayed <there>.',
      ],
      [],
    ],
    [
      'loomsidian-vault.json',
      'loomsidian',
      ['0/x<@0 unknown: One.', '1/x<@0 unknown: Two.'],
      [
        ['settings', 1],
        ['documents', 2],
      ],
    ],
    [
      'pyloom.json',
      'pyloom',
      ['r<@0 human: Once ', 'k1<r@5 davinci*: more.', 'k2<r@5 davinci: again, edited.'],
      [
        ['tokens', 1],
        ['settings', 1],
      ],
    ],
    [
      'pyloom-simple.json',
      'pyloom-simple',
      [
        '1<@0 unknown: Once ',
        '2<1@5 unknown: more.',
        '3<1@5 unknown: again.',
        '4<3@6 unknown:  And again.',
      ],
      [],
    ],
    [
      'miniloom.json',
      'miniloom',
      [
        '2<@0 human(grey sea): The sea was grey.',
        '3<2@17 llama:  It rose.',
        '4<2@12 llama: black.',
      ],
      [['ratings', 2]],
    ],
    [
      'mikupad.json',
      'mikupad',
      ['1<@0 human: The sea', '2<1@7 unknown:  was grey', '3<2@9 human: . And then'],
      [['settings', 2]],
    ],
    [
      'nodes.jsonl',
      'jsonl',
      ['1<@0 unknown: Once ', '2<1@5 unknown: more.', '3<1@5 unknown: again.'],
      [],
    ],
    ['plain.md', 'markdown', ['1<@0 unknown: # One\n\nThe sea.\n'], []],
  ];
  for (const [name, format, expected, losses] of files) {
    it(`reads ${name}`, () => {
      const result = readLoom(fixture(name));
      assert.equal(result.format, format);
      assert.deepEqual(lines(result.loom), expected);
      assert.deepEqual(
        result.losses.map(({ code, count }) => [code, count]),
        losses,
      );
    });

    it(`takes no key from ${name}`, () => {
      const result = readLoom(fixture(name));
      assert.ok(!JSON.stringify(result).includes('sk-secret'));
    });
  }

  it('are all read by some test', () => {
    const folder = new URL('../../../fixtures/looms/', import.meta.url);
    assert.deepEqual(readdirSync(folder).sort(), files.map(([name]) => name).sort());
  });

  it('bring their tokens along, numbers and all', () => {
    const [, node] = readLoom(fixture('pyloom.json')).loom.nodes;
    assert.deepEqual(node?.run?.tokens[0], {
      start: 0,
      end: 4,
      logprob: -1.5,
      alternatives: [
        { text: 'again', logprob: -0.5 },
        { text: 'more', logprob: -1.5 },
        { text: '1', logprob: -3 },
      ],
      tail: null,
    });
    const [, model] = readLoom(fixture('mikupad.json')).loom.nodes;
    const [was, grey] = model?.run?.tokens ?? [];
    assert.equal(was?.logprob, Math.log(0.5));
    assert.deepEqual(was.alternatives[1], { text: ' is', logprob: Math.log(0.25) });
    assert.deepEqual([grey?.logprob, grey?.missing], [null, 'dropped']);
  });
});

describe('writing a tree and reading it again', () => {
  const shapes: Record<Exclude<FormatId, 'markdown'>, Shape> = {
    jsonl: { inside: true, sources: SOURCES, marked: true },
    loomsidian: {},
    pyloom: { sources: SOURCES },
    'pyloom-simple': {},
    miniloom: { sources: SOURCES },
    mikupad: { line: true, sources: [SOURCES[0] ?? { kind: 'human' }] },
  };
  /** All that a format carries: ids are its own in some. */
  const told = (loom: Loom, format: FormatId): unknown => {
    const numbers = new Map(loom.nodes.map(({ id }, i) => [id, i]));
    return loom.nodes.map((node) => ({
      ...node,
      id: 0,
      parent: node.parent === null ? null : numbers.get(node.parent),
      ...(format === 'jsonl' || format === 'miniloom' ? { created: node.created ?? 0 } : {}),
    }));
  };
  for (const [format, shape] of Object.entries(shapes) as [FormatId, Shape][]) {
    it(`gives the same tree: ${format}`, () => {
      const merges = format === 'mikupad';
      fc.assert(
        fc.property(looms(shape), (loom) => {
          const again = readLoom(new TextEncoder().encode(writeLoom(format, loom).text));
          assert.equal(again.format, format);
          if (merges) {
            // What one person typed in one go is one node there.
            const texts = (each: Loom) => each.nodes.map(({ text }) => text).join('');
            assert.equal(texts(again.loom), texts(loom));
          } else {
            assert.deepEqual(told(again.loom, format), told(loom, format));
          }
        }),
        { seed: 7, numRuns: 300 },
      );
    });
  }

  it('keeps every text where a format knows forks at ends only', () => {
    fc.assert(
      fc.property(looms({ inside: true }), (loom) => {
        const { loom: whole, divided } = forkAtEnds(loom);
        assert.equal(whole.nodes.length, loom.nodes.length + divided);
        const texts = wholeTexts(whole);
        for (const text of wholeTexts(loom)) {
          assert.ok(texts.has(text), JSON.stringify(text));
        }
        const again = orderLoom(whole.nodes);
        assert.ok(again.nodes.every(({ at, parent }) => parent !== null || at === 0));
      }),
      { seed: 11, numRuns: 300 },
    );
  });

  it('carries tokens through Loom and mikupad', () => {
    const { loom } = readLoom(fixture('pyloom.json'));
    const again = read(writeLoom('pyloom', loom).text).loom;
    assert.deepEqual(again.nodes[1]?.run, loom.nodes[1]?.run);
    const session = writeLoom('mikupad', { ...loom, current: 'k1' });
    assert.deepEqual(
      session.losses.map(({ code }) => code),
      ['branches', 'models', 'bookmarks'],
    );
    const [, node] = read(session.text).loom.nodes;
    assert.equal(node?.text, 'more.');
    assert.ok(Math.abs((node.run?.tokens[0]?.logprob ?? 0) - -1.5) < 1e-12);
  });

  it('writes one way through the tree as plain text, and says what is left out', () => {
    const { loom } = readLoom(fixture('miniloom.json'));
    const black = writeLoom('markdown', { ...loom, current: '4' });
    assert.equal(black.text, 'The sea was black.');
    assert.deepEqual(black.losses[0], { code: 'branches', count: 1 });
    assert.equal(writeLoom('markdown', loom).text, 'The sea was grey. It rose.');
  });
});
