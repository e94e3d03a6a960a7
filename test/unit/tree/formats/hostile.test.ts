import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { VariorumError } from '../../../../src/core/model/error';
import { FORMAT_IDS, NESTED_DEPTH } from '../../../../src/core/tree/formats/loom';
import { orderLoom } from '../../../../src/core/tree/formats/order';
import { readLoom, writeLoom } from '../../../../src/core/tree/formats/registry';
import { fixture, lines, read } from './sampleLooms';

const isRefused = (error: unknown) =>
  error instanceof VariorumError && error.detail.code === 'bad-request';

describe('hostile files', () => {
  const node = { text: 'a', parentId: null };
  const bad: [string, object | string][] = [
    ['an id twice', '{"id":1,"text":"a"}\n{"id":1,"text":"b"}'],
    ['a parent that is not there', { nodes: { a: { ...node, parentId: 'b' } } }],
    [
      'nodes in a circle',
      { nodes: { r: node, a: { ...node, parentId: 'b' }, b: { ...node, parentId: 'a' } } },
    ],
    ['its own parent', { nodes: { a: { ...node, parentId: 'a' } } }],
    ['a text that is none', { nodes: { a: { ...node, text: 5 } } }],
    ['a node that is none', { nodes: { a: 'text' } }],
    ['no nodes', { nodes: {} }],
    ['a damaged last line', '{"id":1,"text":"a"}\n{"id":2,"te'],
    ['a fork outside', '{"id":1,"text":"a"}\n{"id":2,"parent_id":1,"text":"b","at":9}'],
    ['a fork that is no number', '{"id":1,"text":"a"}\n{"id":2,"parent_id":1,"text":"b","at":"0"}'],
    ['children that are no list', { text: 'a', children: { 0: { text: 'b' } } }],
    ['a nested node without text', { root: { id: 'a', text: 'a', children: [{ id: 'b' }] } }],
    ['a nested node without an id', { root: { text: 'a', children: [] } }],
    [
      'a patch that does not fit',
      {
        loomTree: { nodeStore: { 1: { parent: null, patch: [{ start2: 3, diffs: [[0, 'x']] }] } } },
      },
    ],
    [
      'a patch that begins before the text',
      {
        loomTree: {
          nodeStore: { 1: { parent: null, patch: [{ start2: -1, diffs: [[1, 'x']] }] } },
        },
      },
    ],
    [
      'a patch of text',
      { loomTree: { nodeStore: { 1: { parent: null, patch: '@@ -0,0 +1 @@' } } } },
    ],
    ['a session that is no JSON', { prompt: '[{' }],
    ['a session that is no list', { prompt: '{}' }],
    ['JSON of something else', { version: 1 }],
    ['a number', '5'],
    ['nothing', ''],
  ];
  for (const [what, file] of bad) {
    it(`are refused whole: ${what}`, () => assert.throws(() => read(file), isRefused));
  }

  it('are refused when they are not UTF-8', () => {
    assert.throws(() => readLoom(Uint8Array.of(0x7b, 0xff, 0xfe)), isRefused);
  });

  const DEEP = 10_000;
  it('may be ten thousand levels deep', () => {
    const nested = '{"text":"a","children":['.repeat(DEEP) + ']}'.repeat(DEEP);
    assert.equal(read(nested).loom.nodes.length, DEEP);
    const flat = Array.from({ length: DEEP }, (_, i) => ({
      id: i + 1,
      text: 'a',
      parent_id: i || null,
    }));
    const { loom } = read(
      flat
        .reverse()
        .map((each) => JSON.stringify(each))
        .join('\n'),
    );
    assert.equal(loom.nodes.length, DEEP);
    for (const format of FORMAT_IDS) {
      if (format.startsWith('pyloom')) {
        assert.throws(() => writeLoom(format, loom), new RegExp(String(NESTED_DEPTH)));
      } else {
        const text = writeLoom(format, loom).text;
        const expected = format === 'mikupad' || format === 'markdown' ? 1 : DEEP;
        assert.equal(read(text).loom.nodes.length, expected, format);
      }
    }
  });

  it('are refused when they are too deep', () => {
    const deeper = 25_000;
    const nested = '{"text":"a","children":['.repeat(deeper) + ']}'.repeat(deeper);
    assert.throws(() => read(nested), isRefused);
  });

  it('change nothing that all objects have in common', () => {
    const file =
      '{"nodes":{"__proto__":{"text":"a","parentId":null},"constructor":{"text":"b","parentId":"__proto__"}}}';
    assert.deepEqual(lines(read(file).loom), [
      '__proto__<@0 unknown: a',
      'constructor<__proto__@1 unknown: b',
    ]);
    assert.equal(({} as { text?: string }).text, undefined);
  });

  it('are read or refused, whatever is done to them', () => {
    const names = readdirSync(new URL('../../../fixtures/looms/', import.meta.url));
    const edits = fc.array(
      fc.tuple(
        fc.nat(),
        fc.constantFrom('{', '}', '[', ']', '"', ':', ',', '0', 'a', 'n', '\\'),
        fc.boolean(),
      ),
      {
        minLength: 1,
        maxLength: 4,
      },
    );
    fc.assert(
      fc.property(fc.constantFrom(...names), edits, (name, changes) => {
        let text = new TextDecoder().decode(fixture(name));
        for (const [where, letter, isAdded] of changes) {
          const at = where % text.length;
          text = text.slice(0, at) + letter + text.slice(at + (isAdded ? 0 : 1));
        }
        try {
          const { loom } = read(text);
          assert.deepEqual(orderLoom(loom.nodes).nodes, loom.nodes);
        } catch (error) {
          assert.ok(isRefused(error), String(error));
        }
      }),
      { seed: 13, numRuns: 1500 },
    );
  });

  it('are read or refused when a value is another', () => {
    const names = [
      'loomsidian.json',
      'loomsidian-vault.json',
      'pyloom.json',
      'miniloom.json',
      'mikupad.json',
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...names),
        fc.nat(),
        fc.jsonValue({ maxDepth: 2 }),
        (name, at, value) => {
          const json = JSON.parse(new TextDecoder().decode(fixture(name))) as unknown;
          replaceOne(json, at, value);
          try {
            read(json as object);
          } catch (error) {
            assert.ok(isRefused(error), String(error));
          }
        },
      ),
      { seed: 29, numRuns: 1500 },
    );
  });
});

/** Replaces one value somewhere in a JSON value. */
function replaceOne(json: unknown, at: number, value: unknown): void {
  const places: [Record<string, unknown>, string][] = [];
  const visit = (each: unknown): void => {
    if (typeof each === 'object' && each !== null) {
      const object = each as Record<string, unknown>;
      Object.keys(object).forEach((key) => {
        places.push([object, key]);
        visit(object[key]);
      });
    }
  };
  visit(json);
  const [object, key] = places[at % places.length] ?? [{}, ''];
  object[key] = value;
}
