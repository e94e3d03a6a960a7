import assert from 'node:assert/strict';
import { humanSpans } from '../../../src/core/provenance/humanPassages';
import { toProvenanceJson } from '../../../src/core/provenance/json';
import { share } from '../../../src/core/provenance/share';
import {
  provenanceAt,
  within,
  type ProvenanceStretch,
} from '../../../src/core/provenance/stretches';
import { typedOf } from '../../../src/core/attachment/typed';
import type { Provenance } from '../../../src/core/tree/node';

const MODEL: Provenance = { kind: 'model', model: 'm1', strategy: 'raw', prompt: 'p' };
const KIND = { h: 'human', m: 'model', '?': 'unknown' } as const;

/** A text in which `h[…]`, `m[…]` and `?[…]` say where it came from. */
function marked(source: string): { text: string; stretches: ProvenanceStretch[] } {
  let text = '';
  const stretches: ProvenanceStretch[] = [];
  for (const [, letter, part = ''] of source.matchAll(/([hm?])\[([^\]]*)\]/gu)) {
    const kind = KIND[letter as keyof typeof KIND];
    const span = { start: text.length, end: text.length + part.length };
    stretches.push(kind === 'model' ? { ...span, kind, node: 'a' } : { ...span, kind });
    text += part;
  }
  return { text, stretches };
}

describe('provenance: shares', () => {
  it('counts characters, not white space and not halves of them', () => {
    const { text, stretches } = marked('h[ab 😀\n]m[c  d]?[e　\n\n]');
    assert.deepEqual(share(text, stretches), { human: 3 / 6, model: 2 / 6, unknown: 1 / 6 });
    assert.deepEqual(share(' \n', marked('h[ \n]').stretches), { human: 0, model: 0, unknown: 0 });
  });

  it('cuts stretches to a span', () => {
    const { stretches } = marked('h[abc]m[def]?[ghi]');
    assert.deepEqual(within(stretches, { start: 2, end: 4 }), [
      { start: 2, end: 3, kind: 'human' },
      { start: 3, end: 4, kind: 'model', node: 'a' },
    ]);
    assert.deepEqual(within(stretches, { start: 3, end: 3 }), []);
  });

  it('counts the unknown text of a document that is the writer’s own as human, model text never', () => {
    const state = {
      text: 'abcdef',
      attachments: [
        { start: 2, end: 3, node: 'a', from: 0 },
        { start: 3, end: 4, node: 'lost', from: 0 },
        { start: 4, end: 5, node: 'checkpoint', from: 0 },
      ],
      typed: typedOf([{ start: 0, end: 1 }]),
    };
    const sourceOf = (node: string): Provenance | undefined =>
      node === 'a' ? MODEL : node === 'lost' ? undefined : { kind: 'human' };
    const kinds = (own: boolean) =>
      provenanceAt(state, { sourceOf, own }).map(({ start, kind }) => `${start} ${kind}`);
    assert.deepEqual(kinds(true), ['0 human', '2 model', '3 unknown', '4 human']);
    assert.deepEqual(kinds(false), [
      '0 human',
      '1 unknown',
      '2 model',
      '3 unknown',
      '4 human',
      '5 unknown',
    ]);
  });
});

describe('provenance: human passages', () => {
  const passages = (source: string) => {
    const { text, stretches } = marked(source);
    return humanSpans(text, stretches).map(({ start, end }) => text.slice(start, end));
  };

  it('are paragraphs human from end to end, white space apart', () => {
    assert.deepEqual(
      passages('?[# Title\n\n]h[One two.\nThree]?[\n \n]h[Four. ]m[Five.]h[\n\nSix.\n]'),
      ['One two.\nThree', 'Six.'],
    );
    assert.deepEqual(passages('h[]'), []);
    assert.deepEqual(passages('m[All of it.]'), []);
  });

  it('are lines where lines are paragraphs, never pieces of sentences', () => {
    assert.deepEqual(passages('h[I went.\n]m[He left.\n]h[“And then?”\n]'), [
      'I went.',
      '“And then?”',
    ]);
    assert.deepEqual(passages('h[I went down\n]m[to the sea\n]h[and stayed there.\nAlone.]'), [
      'Alone.',
    ]);
  });
});

describe('provenance: export', () => {
  it('says what every stretch is, and of model text which model and when', () => {
    const { text, stretches } = marked('h[I went\n]m[ down.]?[ Gone]');
    const document = {
      name: 'draft.md',
      text,
      time: Date.UTC(2026, 0, 2),
      node: () => ({ source: MODEL, created: Date.UTC(2026, 0, 1) }),
    };
    assert.deepEqual(toProvenanceJson(document, stretches), {
      format: 'variorum-provenance',
      version: 1,
      document: 'draft.md',
      exported: '2026-01-02T00:00:00.000Z',
      length: 18,
      share: { human: 5 / 14, model: 5 / 14, unknown: 4 / 14 },
      stretches: [
        { start: 0, end: 7, line: 1, kind: 'human', begins: 'I went\n' },
        {
          start: 7,
          end: 13,
          line: 2,
          kind: 'model',
          begins: 'down.',
          node: 'a',
          model: 'm1',
          strategy: 'raw',
          created: '2026-01-01T00:00:00.000Z',
        },
        { start: 13, end: 18, line: 2, kind: 'unknown', begins: 'Gone' },
      ],
    });
    const lost = toProvenanceJson({ ...document, node: () => undefined }, stretches);
    assert.deepEqual(lost.stretches[1], {
      start: 7,
      end: 13,
      line: 2,
      kind: 'model',
      begins: 'down.',
      node: 'a',
    });
  });
});
