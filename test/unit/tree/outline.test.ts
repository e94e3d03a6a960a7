import assert from 'node:assert/strict';
import type { EventDraft } from '../../../src/core/tree/journalWriter';
import { nodeTitle } from '../../../src/core/tree/nodeTitle';
import { parseQuery, searchNodes } from '../../../src/core/tree/nodeSearch';
import type { Provenance } from '../../../src/core/tree/node';
import { Outline } from '../../../src/core/tree/outline';
import { planMerge, planSplit, toRecastMark } from '../../../src/core/tree/recast';
import { Tree } from '../../../src/core/tree/tree';
import { stamped } from './samples';

const model: Provenance = {
  kind: 'model',
  model: 'http://x/v1#gull',
  strategy: 'plain',
  prompt: 'p',
};

class Grown {
  readonly tree = new Tree();
  #seq = 0;

  add(id: string, parent: string | null, at: number, text: string, source = model): this {
    const birth = { id, parent, at, source, batch: `b-${id}`, index: 0, created: this.#seq };
    return this.#apply({ event: 'node', data: { ...birth, text, status: 'done' } });
  }

  mark(node: string, mark: string, value: string | null): this {
    return this.#apply({ event: 'mark', data: { node, mark, value } });
  }

  prune(node: string, pruned = true): this {
    return this.#apply({ event: 'prune', data: { node, pruned } });
  }

  outline(showPruned = false): Outline {
    return new Outline(this.tree, { showPruned });
  }

  #apply(draft: EventDraft): this {
    this.tree.apply(stamped(draft, this.#seq, 'writer1', this.#seq++));
    return this;
  }
}

const ids = (nodes: readonly { id: string }[]) => nodes.map(({ id }) => id);

function sample(): Grown {
  return new Grown()
    .add('root', null, 0, 'It rained. The end.')
    .add('late', 'root', 19, ' After.')
    .add('one', 'root', 10, ' She ran to him.')
    .add('two', 'root', 10, ' He stayed.')
    .add('deep', 'one', 16, ' Deep.')
    .add('early', 'one', 4, ' early');
}

describe('the outline of a tree', () => {
  it('has children in the order of the text, then by time', () => {
    const outline = sample().outline();
    assert.deepEqual(ids(outline.roots()), ['root']);
    assert.deepEqual(ids(outline.children('root')), ['one', 'two', 'late']);
    assert.equal(outline.sibling('two', -1)?.id, 'one');
    assert.equal(outline.sibling('late', 1), undefined);
    assert.deepEqual(ids(outline.ancestors('deep')), ['one', 'root']);
  });

  it('leaves out what was pruned, until it is asked for or restored', () => {
    const grown = sample().prune('one');
    assert.deepEqual(ids(grown.outline().children('root')), ['two', 'late']);
    assert.deepEqual(ids(grown.outline(true).children('root')), ['one', 'two', 'late']);
    assert.deepEqual(ids(grown.prune('one', false).outline().children('root')), [
      'one',
      'two',
      'late',
    ]);
  });

  it('shows the halves of a split node, each with what forks from it', () => {
    const grown = sample();
    const one = grown.tree.node('one');
    assert.ok(one);
    const [head, tail] = planSplit(one, 8);
    grown
      .add('head', head.parent, head.at, head.text)
      .add('tail', 'head', tail.at, tail.text)
      .mark('head', 'derived', 'one')
      .mark(
        'one',
        'recast',
        toRecastMark([
          { node: 'head', from: 0, to: 8, at: 0 },
          { node: 'tail', from: 8, to: 16, at: 0 },
        ]),
      );
    const outline = grown.outline();
    assert.equal(head.text + tail.text, one.text);
    assert.deepEqual(ids(outline.children('root')), ['two', 'head', 'late']);
    assert.deepEqual(ids(outline.children('head')), ['early', 'tail']);
    assert.deepEqual(ids(outline.children('tail')), ['deep']);
    assert.deepEqual(outline.shownPlace({ node: 'one', at: 12 }), { node: 'tail', at: 4 });
    assert.equal(outline.parent('deep')?.id, 'tail');
    assert.ok(!grown.tree.batches().includes('b-head'), 'nobody asked a model for it');
  });

  it('shows a node merged with its parent as one, with what forks from either', () => {
    const grown = sample().add('more', 'deep', 6, ' More.');
    const [one, deep] = [grown.tree.node('one'), grown.tree.node('deep')];
    assert.ok(one && deep);
    const merged = planMerge(one, deep);
    grown.add('merged', merged.parent, merged.at, merged.text);
    const parts = [{ node: 'merged', from: 0, to: 6, at: 16 }];
    grown.mark('deep', 'recast', toRecastMark(parts));
    const outline = grown.outline();
    assert.equal(merged.text, ' She ran to him. Deep.');
    assert.deepEqual(ids(outline.children('root')), ['one', 'two', 'merged', 'late']);
    assert.deepEqual(ids(outline.children('one')), ['early']);
    assert.deepEqual(ids(outline.children('merged')), ['more']);
  });

  it('never takes text with a model’s part in it for the writer’s', () => {
    const part = { id: 'x', parent: null, at: 0, text: 'x' };
    const human: Provenance = { kind: 'human' };
    const merged = (a: Provenance, b: Provenance) =>
      planMerge({ ...part, source: a }, { ...part, source: b }).source.kind;
    assert.equal(merged(model, human), 'model');
    assert.equal(merged(human, model), 'model');
    assert.equal(merged(human, { kind: 'unknown' }), 'unknown');
    assert.equal(merged(human, human), 'human');
  });

  it('passes over marks that are damaged or tell of lost nodes', () => {
    const grown = sample().mark('one', 'recast', '[["gone",0,16,0]]').mark('two', 'recast', '{');
    assert.deepEqual(ids(grown.outline().children('root')), ['one', 'two', 'late']);
  });
});

describe('titles', () => {
  it('are the first words, on one line, without Markdown', () => {
    assert.equal(nodeTitle('\n\n## The *old* house\n\nIt stood.'), 'The old house…');
    assert.equal(nodeTitle(' Mine.'), 'Mine.');
    assert.equal(nodeTitle('  \n '), '');
    assert.equal(nodeTitle('She put the letter back on the table', 20), 'She put the letter…');
    assert.equal(nodeTitle('😀'.repeat(30), 10), `${'😀'.repeat(4)}…`);
  });
});

describe('searching a tree', () => {
  const search = (grown: Grown, query: string, flags: readonly string[] = []) =>
    ids(searchNodes({ tree: grown.tree, flagsOf: () => flags }, parseQuery(query), 10));

  it('reads words, phrases and filters', () => {
    assert.deepEqual(parseQuery('rain "the sea" model:gull flag:Template is:book x:y'), {
      words: ['rain', 'the sea', 'x:y'],
      model: 'gull',
      flag: 'template',
      is: ['bookmarked'],
    });
    assert.deepEqual(parseQuery('is:nothing "open').words, ['is:nothing', 'open']);
  });

  it('finds by text, note, name, model, flag and kind, newest first', () => {
    const grown = sample()
      .add('mine', 'one', 16, 'Typed ÄRGER (here)', { kind: 'human' })
      .mark('two', 'note', 'the turn')
      .mark('two', 'bookmark', 'x')
      .prune('late');
    assert.deepEqual(search(grown, 'she RAN'), ['one']);
    assert.deepEqual(search(grown, 'ärger (HERE)'), ['mine']);
    assert.deepEqual(search(grown, 'turn'), ['two']);
    assert.deepEqual(search(grown, 'is:human'), ['mine']);
    assert.deepEqual(search(grown, 'model:GULL deep'), ['deep']);
    assert.deepEqual(search(grown, 'is:bookmarked'), ['two']);
    assert.deepEqual(search(grown, 'After'), []);
    assert.deepEqual(search(grown, 'After is:pruned'), ['late']);
    assert.deepEqual(search(grown, 'flag:templ she', ['template']), ['one']);
    assert.deepEqual(search(grown, ''), ['mine', 'early', 'deep', 'two', 'one', 'root']);
  });
});
