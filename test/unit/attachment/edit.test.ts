import assert from 'node:assert/strict';
import { Draft, type Replacement } from './marked';

const nodes = {
  a: 'the grey sea rose and the gulls fell silent',
  b: 'a bell rang under the water, once',
  e: 'x😀y',
};

function assertEdit(before: string, replacements: readonly Replacement[], after: string): void {
  Draft.of(before, nodes)
    .replace(...replacements)
    .shows(after);
}

describe('attachment: edits', () => {
  it('shifts what lies behind and leaves what lies before', () => {
    assertEdit('1 «a:the» 2 «b:bell» 3', [['2', 'two and']], '1 «a:the» two and «b:bell» 3');
    assertEdit('1 «a:the» 2 «b:bell» 3', [['2 ', '']], '1 «a:the» «b:bell» 3');
  });

  it('splits a stretch typed into', () => {
    assertEdit('«a:the grey sea»', [['grey| sea', 'est']], '«a:the grey»est«a: sea»');
    assertEdit('«a:the grey sea»', [['rey', 'ray']], '«a:the gr»a«a:y sea»');
  });

  it('does not grow at its ends', () => {
    assertEdit('x«a:the»y', [['x|the', 'the']], 'xthe«a:the»y');
    assertEdit('x«a:the»y', [['the|y', ' gre']], 'x«a:the» grey');
  });

  it('joins the parts again when what parted them goes', () => {
    const draft = Draft.of('«a:the grey sea»', nodes).replace(['gr|ey', 'X']);
    draft.replace(['X', '']).shows('«a:the grey sea»');
  });

  it('does not join parts that are not neighbours in the node', () => {
    assertEdit('«a:the grey sea»', [['grey ', '']], '«a:the »«a:sea»');
  });

  it('takes away what lies inside a deletion and halves at its ends', () => {
    assertEdit('«a:the grey» 1 «b:bell» 2 «a:sea»', [['y 1 bell 2 s', '']], '«a:the gre»«a:ea»');
  });

  it('keeps what old and new text begin and end with', () => {
    assertEdit('«a:the grey sea rose»', [['grey sea', 'green sea']], '«a:the gre»en«a: sea rose»');
    assertEdit('«a:the grey sea»', [['the grey sea', 'the grey sea']], '«a:the grey sea»');
  });

  it('applies several changes to the same old text, in any order', () => {
    const changes: Replacement[] = [
      ['sea', 'lake'],
      ['grey', ''],
      ['bell', 'drum'],
    ];
    const after = '«a:the » lake «b:a »drum«b: rang»';
    const draft = '«a:the grey» sea «b:a bell rang»';
    assertEdit(draft, changes, after);
    assertEdit(draft, changes.toReversed(), after);
  });

  it('puts insertions at one place in the order of VS Code, the last first', () => {
    const draft = Draft.of('ab', nodes);
    draft.event([
      { start: 1, end: 1, text: '2' },
      { start: 1, end: 1, text: '1' },
    ]);
    draft.shows('a12b');
  });

  it('refuses changes that overlap or lie outside, and leaves the state alone', () => {
    const draft = Draft.of('«a:the grey sea»', nodes);
    const overlapping = [
      { start: 0, end: 5, text: '' },
      { start: 4, end: 6, text: '' },
    ];
    assert.throws(() => draft.event(overlapping), RangeError);
    assert.throws(() => draft.event([{ start: 3, end: 99, text: '' }]), RangeError);
    assert.throws(() => draft.event([{ start: 3, end: 2, text: '' }]), RangeError);
    draft.shows('«a:the grey sea»');
  });

  it('never parts a surrogate pair', () => {
    // 😀 is D83D DE00, 😁 D83D DE01: they begin with the same unit.
    assertEdit('«e:x😀y»', [['😀', '😁']], '«e:x»😁«e:y»');
    const half = Draft.of('«e:x😀y»', nodes);
    half.event([{ start: 2, end: 3, text: '\ude01' }]).shows('«e:x»😁«e:y»');
    // 🨀 is D83E DE00: it ends with the same unit as 😀.
    assertEdit('«e:x😀y»', [['😀', '🨀']], '«e:x»🨀«e:y»');
    const first = Draft.of('«e:x😀y»', nodes);
    first.event([{ start: 1, end: 2, text: '\ud83e' }]).shows('«e:x»🨀«e:y»');
    const made = Draft.of('«e:x»\ud83d-«e:y»', nodes);
    made.event([{ start: 2, end: 3, text: '\ude00' }]).shows('«e:x»😀«e:y»');
  });

  it('returns the same state for an event that changes nothing', () => {
    const { state } = Draft.of('«a:the grey sea»', nodes);
    const draft = Draft.of('«a:the grey sea»', nodes);
    const before = draft.state;
    draft.event([{ start: 0, end: state.text.length, text: state.text }]);
    assert.equal(draft.state, before);
  });
});

describe('attachment: placing', () => {
  it('attaches inserted text and evicts what was there', () => {
    const draft = Draft.of('one «b:a bell rang» two', nodes);
    draft.replace(['bell', 'the grey sea']).place('a', 'the grey sea');
    draft.shows('one «b:a »«a:the grey sea»«b: rang» two');
    draft.replace(['one ', '']).place('a', ' rang').shows('«b:a »«a:the grey sea»«b: rang» two');
  });

  it('refuses text the document does not show', () => {
    const draft = Draft.of('the gray sea 😀', { ...nodes, h: '\ude00' });
    const before = draft.state;
    draft.place('a', 'the gray sea').place('h', '\ude00');
    assert.equal(draft.state, before);
  });
});
