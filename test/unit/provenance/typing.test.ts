import assert from 'node:assert/strict';
import { applyChanges, openDocument, place, sync } from '../../../src/core/attachment/document';
import type { DocumentState } from '../../../src/core/attachment/document';
import { looksTyped } from '../../../src/core/attachment/typing';
import { provenanceAt } from '../../../src/core/provenance/stretches';
import type { Provenance } from '../../../src/core/tree/node';

const NODE = 'The gulls came in off the water and settled.';
const MODEL: Provenance = { kind: 'model', model: 'm', strategy: 'raw', prompt: 'p' };
const MARK = { human: 'h', model: 'm', unknown: '?' } as const;

/** The document with the kind of each stretch before it. */
function shown(state: DocumentState): string {
  const stretches = provenanceAt(state, { sourceOf: () => MODEL });
  return stretches
    .map(({ start, end, kind }) => `${MARK[kind]}[${state.text.slice(start, end)}]`)
    .join('');
}

class Desk {
  constructor(public state: DocumentState) {}

  /** Puts text where `|` stands in `gap`, whose rest is unique in the document. */
  insert(gap: string, text: string): this {
    const start = this.state.text.indexOf(gap.replace('|', '')) + gap.indexOf('|');
    return this.event(start, start, text);
  }

  type(gap: string, text: string): this {
    const start = this.state.text.indexOf(gap.replace('|', '')) + gap.indexOf('|');
    Array.from(text).forEach((letter, i) => this.event(start + i, start + i, letter));
    return this;
  }

  cut(text: string): this {
    return this.replace(text, '');
  }

  replace(old: string, text: string): this {
    const start = this.state.text.indexOf(old);
    return this.event(start, start + old.length, text);
  }

  model(gap: string, text = NODE): this {
    this.insert(gap, text);
    const start = this.state.text.indexOf(text);
    const stretch = { start, end: start + text.length, node: 'a', from: 0 };
    this.state = place(this.state, stretch, text);
    return this;
  }

  event(start: number, end: number, text: string, reason: 'edit' | 'undo' | 'redo' = 'edit'): this {
    this.state = applyChanges(this.state, [{ start, end, text }], reason);
    return this;
  }

  shows(marked: string): this {
    assert.equal(shown(this.state), marked);
    return this;
  }
}

const desk = (text: string) => new Desk(openDocument(text));

describe('provenance: what counts as typed', () => {
  for (const [text, typed] of [
    ['a', true],
    ['\n', true],
    ['()', true],
    ['\n        - ', true],
    [' the sea', true],
    ['incomprehensibilities', true],
    ['“', true],
    ['漢字変換', true],
    ['', true],
    ['She said so to him.', false],
    ['the grey sea came', false],
    ['一'.repeat(21), false],
    [`https://${'x'.repeat(60)}`, false],
    [' '.repeat(65), false],
    ['One.\n\nTwo.\n\nThree.', false],
  ] as const) {
    it(`${JSON.stringify(text)}: ${typed}`, () => assert.equal(looksTyped(text), typed));
  }

  it('tells typed from pasted and from what was there', () => {
    desk('Old text.')
      .type('text.|', ' New.')
      .insert('New.|', ' Pasted from somewhere else.')
      .shows('?[Old text.]h[ New.]?[ Pasted from somewhere else.]');
  });

  it('makes human only what is typed inside model text', () => {
    desk('')
      .model('|')
      .type('the |water', 'cold ')
      .shows('m[The gulls came in off the ]h[cold ]m[water and settled.]')
      .replace('settled', 'left')
      .shows('m[The gulls came in off the ]h[cold ]m[water and ]h[left]m[.]');
  });

  it('keeps human text human when it is moved, and model text model', () => {
    const moved = desk('Before. After.')
      .type('Before.|', ' I wrote this sentence.')
      .model('After.|', ` ${NODE}`);
    moved
      .cut(' I wrote this sentence.')
      .insert('settled.|', ' I wrote this sentence.')
      .shows(`?[Before. After.]m[ ${NODE}]h[ I wrote this sentence.]`)
      .cut(` ${NODE}`)
      .insert('Before.|', ` ${NODE}`)
      .shows(`?[Before.]m[ ${NODE}]?[ After.]h[ I wrote this sentence.]`);
  });

  it('does not take a short piece of model text for typed because it was cut and pasted', () => {
    desk('x ')
      .model('x |')
      .cut('gulls')
      .insert('The |', 'gulls')
      .shows('?[x ]m[The ]?[gulls]m[ came in off the water and settled.]');
  });

  it('follows a short drag within one event', () => {
    const state = desk('Old cup. ').type('. |', 'New').state;
    const changes = [
      { start: 0, end: 4, text: '' },
      { start: 12, end: 12, text: 'Old ' },
    ];
    assert.equal(shown(applyChanges(state, changes, 'edit')), '?[cup. ]h[New]?[Old ]');
  });

  it('gives back with undo and redo what stood there', () => {
    const full = desk('A. ').type('A. |', 'Mine here now.').model('now.|');
    const before = shown(full.state);
    const { text } = full.state;
    full
      .event(0, text.length, '')
      .shows('')
      .event(0, 0, text, 'undo')
      .shows(before)
      .event(0, text.length, '', 'redo')
      .shows('');
  });

  it('takes an undo from before its time for unknown', () => {
    desk('A').event(1, 1, ' b', 'undo').shows('?[A b]');
  });

  it('keeps what a formatter or a reload leaves', () => {
    const state = desk('')
      .type('|', 'I said "no" to him, quite loudly, in the rain.\n\n')
      .model('rain.\n\n|').state;
    const formatted = sync(
      state,
      `${state.text.replace('"no"', '“no”').replace('off the', 'off\nthe')}\n`,
    );
    assert.equal(
      shown(formatted),
      'h[I said “no” to him, quite loudly, in the rain.\n\n]' +
        'm[The gulls came in off]?[\n]m[the water and settled.]?[\n]',
    );
    const reloaded = sync(state, state.text.replace('quite loudly', 'very softly indeed'));
    assert.match(
      shown(reloaded),
      /^h\[I said "no" to him, \]\?\[very softly indeed\]h\[, in the rain/u,
    );
  });

  it('counts what several carets type', () => {
    const state = openDocument('a\nb\n');
    const both = [
      { start: 3, end: 3, text: '!' },
      { start: 1, end: 1, text: '!' },
    ];
    assert.equal(shown(applyChanges(state, both, 'edit')), '?[a]h[!]?[\nb]h[!]?[\n]');
  });
});
