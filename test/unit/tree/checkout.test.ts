import assert from 'node:assert/strict';
import { pathText, planCheckout } from '../../../src/core/tree/checkout';
import type { NodeId, Provenance, TreeNode } from '../../../src/core/tree/node';
import { laid, textOf, type Pieces } from '../../../src/core/tree/version';

type Part = Pick<TreeNode, 'id' | 'parent' | 'at' | 'text' | 'source'>;
const human: Provenance = { kind: 'human' };
const model: Provenance = { kind: 'model', model: 'sketch', strategy: 'plain', prompt: 'p' };

const NODES: readonly Part[] = [
  { id: 'draft', parent: null, at: 0, text: 'It rained. The end.', source: { kind: 'unknown' } },
  { id: 'one', parent: 'draft', at: 10, text: ' She ran to him.', source: model },
  { id: 'two', parent: 'draft', at: 10, text: ' He stayed.', source: model },
  { id: 'mine', parent: 'one', at: 16, text: ' Mine.', source: human },
  { id: 'three', parent: 'mine', at: 6, text: ' Three.', source: model },
  { id: 'late', parent: 'one', at: 8, text: ' away from it.', source: model },
  { id: 'edit', parent: 'draft', at: 3, text: 'poured', source: human },
  { id: 'fix', parent: 'one', at: 1, text: 'Anna', source: human },
  { id: 'deep', parent: 'two', at: 11, text: ' Deep.', source: model },
];
const REJOIN: Record<NodeId, number> = { edit: 9, fix: 4 };

const nodeOf = (id: NodeId) => NODES.find((node) => node.id === id);
const source = { nodeOf, rejoinOf: (id: NodeId) => REJOIN[id] };

/** Pieces from `node[from,to)`, or whole nodes. */
function showing(...parts: (string | [string, number, number])[]): Pieces {
  return laid(
    parts.map((part) => {
      const [node, from, to] = typeof part === 'string' ? [part, 0, Infinity] : part;
      const length = Math.min(to, nodeOf(node)?.text.length ?? 0) - from;
      return { node, from, length };
    }),
  );
}

function after(shown: Pieces, target: NodeId): string | undefined {
  const pieces = planCheckout(shown, target, source);
  return pieces && textOf(pieces, (id) => nodeOf(id)?.text);
}

const HEAD: [string, number, number] = ['draft', 0, 10];
const TAIL: [string, number, number] = ['draft', 10, 19];

describe('checking out a path', () => {
  it('puts a branch in where it forks, and leaves the text behind', () => {
    assert.equal(after(showing('draft'), 'one'), 'It rained. She ran to him. The end.');
  });

  it('takes the place of a sibling and of everything that followed from it', () => {
    const shown = showing(HEAD, 'one', 'mine', 'three', TAIL);
    assert.equal(after(shown, 'two'), 'It rained. He stayed. The end.');
    assert.equal(after(shown, 'deep'), 'It rained. He stayed. Deep. The end.');
  });

  it('takes back what follows a node that is shown', () => {
    const shown = showing(HEAD, 'one', 'mine', 'three', TAIL);
    assert.equal(after(shown, 'one'), 'It rained. She ran to him. The end.');
    assert.equal(after(shown, 'mine'), 'It rained. She ran to him. Mine. The end.');
  });

  it("goes on in the middle of a model's text, whose rest gives way", () => {
    const shown = showing(HEAD, 'one', 'mine', TAIL);
    assert.equal(after(shown, 'late'), 'It rained. She ran away from it. The end.');
  });

  it('makes an edit again that was taken back, in place of what it replaced', () => {
    assert.equal(after(showing('draft'), 'edit'), 'It poured. The end.');
    assert.equal(after(showing(HEAD, 'two', TAIL), 'fix'), 'It rained. Anna ran to him. The end.');
    assert.equal(
      after(showing(['draft', 0, 3], 'edit', ['draft', 9, 10], 'two', TAIL), 'one'),
      'It poured. She ran to him. The end.',
    );
  });

  it('replaces everything when nothing of the path is there', () => {
    assert.equal(after([], 'draft'), 'It rained. The end.');
    assert.equal(after([], 'lost'), undefined);
  });

  it('tells the text of a path', () => {
    assert.equal(pathText('late', source), 'It rained. She ran away from it.');
  });
});
