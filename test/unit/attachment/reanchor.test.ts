import assert from 'node:assert/strict';
import { reanchor } from '../../../src/core/attachment/reanchor';
import type { Attachment } from '../../../src/core/tree/node';
import { parse, render } from './marked';
import { assertAttached, type Nodes } from './sound';

const nodes: Nodes = {
  a: 'The grey sea rose all night. By morning the harbour was gone.',
  b: 'A bell rang under the water, once, and then the gulls fell silent.',
};

/** What is found again of the marked text's stretches when the text has become that of `after`. */
function assertFound(before: string, after: string): void {
  const text = after.replace(/«.:|»/gu, '');
  const found = reanchor(text, parse(before, nodes).attachments, (id) => nodes[id]);
  assertAttached(text, found, nodes);
  assert.equal(render({ text, attachments: found }), after);
}

describe('attachment: re-anchoring', () => {
  const draft = `One. «a:${nodes['a']}» Two. «b:${nodes['b']}» Three.`;

  it('leaves what still matches, the short ones too', () => {
    assertFound('x «a:T» y «b:A bell» z', 'x «a:T» y «b:A bell» z');
    assertFound(draft, draft);
  });

  it('follows text that was moved by an insertion or a deletion', () => {
    assertFound(draft, `Zero. ${draft}`);
    assertFound(draft, draft.replace('One. ', ''));
    assertFound(draft, draft.replace('Two.', 'Another sentence, and Two.'));
  });

  it('keeps what is left of a stretch, around words that were changed', () => {
    assertFound(draft, draft.replace('One', 'Once').replace('grey', '»green«a:'));
    assertFound(draft, draft.replace('morning', '»dawn«a:').replace('under', '»in«b:'));
  });

  it('keeps short stretches only between neighbours that moved alike', () => {
    const marked = '«a:The grey sea rose» x «a:all» y «b:A bell rang under»';
    assertFound(marked, `Now: ${marked}`);
    assertFound(marked, marked.replace('x «a:all» y', 'and all y'));
    assertFound(marked, marked.replace('«a:all» y', 'all y and'));
    assertFound('«a:all» that «b:A bell»', 'x all that A bell');
  });

  it('finds a stretch that was moved elsewhere', () => {
    const { a, b } = nodes;
    assertFound(`«a:${a}»\n«b:${b}»`, `«b:${b}»\nand\n«a:${a}»`);
  });

  it('drops what is gone, unknown or malformed', () => {
    assertFound(draft, 'Something else altogether, of the same sort.');
    const odd: Attachment[] = [
      { start: 4, end: 2, node: 'a', from: 0 },
      { start: 0, end: 3, node: 'nobody', from: 0 },
      { start: 0, end: 3, node: 'a', from: -1 },
      { start: 0, end: 99, node: 'a', from: 50 },
      { start: 1, end: 3, node: 'a', from: 1 },
      { start: 0, end: 3, node: 'a', from: 0 },
    ];
    const found = reanchor('The', odd, (id) => nodes[id]);
    assert.deepEqual(found, [{ start: 0, end: 3, node: 'a', from: 0 }]);
  });

  it('does not begin or end inside a character', () => {
    const stretch: Attachment = { start: 0, end: 1, node: 'h', from: 0 };
    assert.deepEqual(
      reanchor('😀', [stretch], () => '\ud83d'),
      [],
    );
  });
});
