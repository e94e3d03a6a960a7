import assert from 'node:assert/strict';
import { sync } from '../../../src/core/attachment/document';
import { align } from '../../../src/core/attachment/align';
import { Draft, render } from './marked';
import { Random } from './random';

const nodes = {
  a: 'The grey sea rose all night. By morning the harbour was gone, and nobody came to look!',
  b: 'A bell rang under the water, once, and then the gulls fell silent over the empty mole.',
};
const both = `Before.\n\n«a:${nodes.a}»\n\n«b:${nodes.b}»\n\nAfter.`;

/** The document after a tool replaced all of its text. */
function assertReplaced(change: (text: string) => string, marked: string): void {
  const draft = Draft.of(both, nodes);
  const { text } = draft.state;
  draft.event([{ start: 0, end: text.length, text: change(text) }]).shows(marked);
}

describe('attachment: large replacements', () => {
  it('keeps everything around what a reload changed in several places', () => {
    assertReplaced(
      (text) => text.replace('grey', 'gray').replace('once', 'twice').replace('After', 'Later'),
      both.replace('grey', 'gr»a«a:y').replace('once', '»twi«b:ce').replace('After', 'Later'),
    );
  });

  it('keeps words that a formatter only wraps otherwise', () => {
    const wrapped = nodes.a.replaceAll(' ', '\n');
    const draft = Draft.of(`«a:${nodes.a}»`, nodes);
    draft.event([{ start: 0, end: nodes.a.length, text: wrapped }]);
    assert.equal(render(draft.state), wrapped.replace(/[^\n]+/g, '«a:$&»'));
  });

  it('keeps the paragraphs that a checkout left, and those it moved', () => {
    assertReplaced(
      () => `New first.\n\n${nodes.b}\n\nAnd a new one between.\n\n${nodes.a}\n\nAfter.`,
      `New first.\n\n«b:${nodes.b}»\n\nAnd a new one between.\n\n«a:${nodes.a}»\n\nAfter.`,
    );
  });

  it('gives a removed paragraph its origins back when a reload brings it back', () => {
    const draft = Draft.of(both, nodes).replace([`${nodes.a}\n\n`, '']);
    const { text } = draft.state;
    const back = text.replace('Before.', `Before.\n\n${nodes.a}`).replace('once', 'twice');
    draft.event([{ start: 0, end: text.length, text: back }]);
    draft.shows(both.replace('once', '»twi«b:ce'));
  });

  it('keeps no mark behind a sentence that gave way to another', () => {
    const [old, other] = [nodes.a.slice(32, -1), 'snow fell over every roof; people stayed inside'];
    assertReplaced(
      (text) => text.replace(old, other).replace('once', 'twice'),
      both.replace(`${old}!»`, `»${other}!`).replace('once', '»twi«b:ce'),
    );
  });

  it('takes no words from a paragraph that has been replaced by another', () => {
    const other =
      'Then the winter came over the hills and the old dog was silent, but nobody minded!';
    // Old and new begin with "The" and end with an exclamation mark, and only that is kept.
    assertReplaced(
      (text) => text.replace(nodes.a, other),
      both.replace(`«a:${nodes.a}»`, `«a:The»${other.slice(3, -1)}«a:!»`),
    );
  });

  it('restores what a replacement took when it is undone', () => {
    const draft = Draft.of(both, nodes);
    const { text } = draft.state;
    draft.event([{ start: 0, end: text.length, text: text.toUpperCase() }]);
    assert.ok(draft.state.attachments.length < 20);
    draft.event([{ start: 0, end: text.length, text }], 'undo').shows(both);
  });

  it('restores a whole draft larger than the ledger', () => {
    const draft = Draft.of(both, nodes);
    const { text } = draft.state;
    draft.state = {
      ...draft.state,
      ledger: { ...draft.state.ledger, limits: { steps: 2, characters: 10 } },
    };
    draft.event([{ start: 0, end: text.length, text: '' }]).shows('');
    draft.event([{ start: 0, end: 0, text }], 'undo').shows(both);
  });

  it('finds its way back to the text the editor really has', () => {
    const { state } = Draft.of(both, nodes);
    assert.equal(sync(state, state.text.replaceAll('\n', '\r\n')), state);
    assert.equal(render(sync(state, `Ahead. ${state.text}`)), `Ahead. ${both}`);
  });
});

describe('attachment: comparison', () => {
  it('gives blocks that are equal, ascending and disjoint, on whole characters', () => {
    const random = new Random(7);
    const words = ['sea', ' ', 'grey', '\n', '海', '😀', 'a', '. '];
    const text = (n: number) => Array.from({ length: n }, () => random.pick(words)).join('');
    for (let i = 0; i < 300; i++) {
      const a = text(80);
      const cut = random.below(a.length);
      const b = a.slice(cut) + text(random.below(30)) + a.slice(0, cut);
      let doneA = 0;
      let doneB = 0;
      for (const block of align(a, b)) {
        assert.ok(block.length > 0 && block.a >= doneA && block.b >= doneB);
        doneA = block.a + block.length;
        doneB = block.b + block.length;
        assert.equal(a.slice(block.a, doneA), b.slice(block.b, doneB));
      }
    }
  });

  it('finds the shortest script where texts are short', () => {
    const blocks = align('one two three four', 'zero two 2 four five');
    assert.deepEqual(
      blocks.map(({ a, length }) => 'one two three four'.slice(a, a + length)),
      [' two ', ' four'],
    );
  });
});
