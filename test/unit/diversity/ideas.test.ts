import assert from 'node:assert/strict';
import fc from 'fast-check';
import { inEnglish } from '../../../src/core/collapse/translate';
import { isCollapsed } from '../../../src/core/diversity/collapsed';
import {
  IdeaLabels,
  markOf,
  merging,
  splitting,
  type Statement,
} from '../../../src/core/diversity/ideaLabels';
import { findIdeas } from '../../../src/core/diversity/ideas';
import { finish } from '../../../src/core/steps';

const said = (labels: IdeaLabels, groups: readonly (readonly string[])[]) =>
  labels.apply(groups).map((group) => [...group].sort());

describe('What the writer said about ideas', () => {
  it('joins groups, and all that is in them', () => {
    const labels = new IdeaLabels(merging(['a', 'c']));
    assert.deepEqual(said(labels, [['a', 'b'], ['c', 'd'], ['e']]), [['a', 'b', 'c', 'd'], ['e']]);
  });

  it('takes a branch out of its group, wherever it stands in it', () => {
    const group = ['a', 'b', 'c'];
    for (const node of group) {
      const labels = new IdeaLabels(splitting(node, group));
      const parts = said(labels, [group]).map((part) => part.join(''));
      assert.deepEqual(parts.sort(), [node, group.filter((n) => n !== node).join('')].sort());
    }
  });

  it('is what was said last about a pair', () => {
    const group = ['a', 'b', 'c'];
    const split = new IdeaLabels(splitting('c', group));
    assert.deepEqual(said(split.with(merging(['c', 'a'])), [group]), [group]);
    const again = split.with(merging(['c', 'a'])).with(splitting('c', group));
    assert.deepEqual(said(again, [group]), [['a', 'b'], ['c']]);
  });

  it('holds for groups that come out otherwise the next time', () => {
    const labels = new IdeaLabels(merging(['a', 'b']));
    assert.deepEqual(said(labels, [['a', 'x'], ['b'], ['y']]), [['a', 'b', 'x'], ['y']]);
  });

  it('comes back from the marks on nodes; other marks are passed over', () => {
    const marks = new Map<string, Map<string, string>>([['z', new Map([['bookmark', 'same']])]]);
    const statements = [...merging(['b', 'a']), ...splitting('c', ['a', 'b', 'c'])];
    for (const { node, mark, value } of statements.map(markOf)) {
      marks.set(node, new Map([...(marks.get(node) ?? []), [mark, value]]));
    }
    const labels = IdeaLabels.fromMarks(marks);
    assert.equal(labels.verdict('a', 'b'), 'same');
    assert.equal(labels.verdict('a', 'c'), 'different');
    assert.equal(labels.verdict('z', 'bookmark'), undefined);
  });

  it('never loses or doubles a branch', () => {
    const all = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    const node = fc.constantFrom(...all);
    const statement = fc
      .tuple(node, node, fc.constantFrom('same' as const, 'different' as const))
      .map(([a, b, verdict]): Statement => ({ pair: [a, b], verdict }));
    fc.assert(
      fc.property(fc.array(statement), fc.nat(6), (statements, cut) => {
        const groups = [all.slice(0, cut), all.slice(cut)];
        const parts = new IdeaLabels(statements).apply(groups.filter((g) => g.length > 0));
        assert.deepEqual(parts.flat().sort(), all);
      }),
    );
  });
});

const texts = [
  'She picked up her coat and left the house without a word.',
  'She picked up her coat, left the house without one word.',
  'She took her coat and left the house without another word.',
  'The telephone rang twice; it was the doctor, calling about the tests.',
  '',
];
const branches = texts.map((text, i) => ({ index: i + 10, node: `n${i}`, text }));
const ideasOf = (labels = new IdeaLabels()) => finish(findIdeas(branches, labels, inEnglish));

describe('The ideas of a batch', () => {
  it('put every card that says something into one group, and word it as an estimate', () => {
    const found = ideasOf();
    assert.deepEqual(
      found?.ideas.groups.map(({ members }) => members),
      [[10, 11, 12], [13]],
    );
    assert.match(found.ideas.line, /^about 2 ideas: .+ ×3 · .+ ×1$/);
    assert.match(found.ideas.measures[0] ?? '', /^Effective number of ideas: 1\.8 of 4 /);
    assert.ok(found.ideas.collapsed);
  });

  it('are as the writer said', () => {
    const split = ideasOf(new IdeaLabels(splitting('n2', ['n0', 'n1', 'n2'])));
    assert.deepEqual(
      split?.ideas.groups.map(({ members }) => members),
      [[10, 11], [13], [12]],
    );
    assert.equal(new Set(split.ideas.groups.map(({ label }) => label)).size, 3);
    assert.ok(!split.ideas.collapsed);
    const merged = ideasOf(new IdeaLabels(merging(['n0', 'n3'])));
    assert.deepEqual(
      merged?.ideas.groups.map(({ members }) => members),
      [[10, 11, 12, 13]],
    );
  });

  it('are unknown of fewer than two', () => {
    assert.equal(finish(findIdeas(branches.slice(3), new IdeaLabels(), inEnglish)), undefined);
  });

  it('name branches that have come apart, which are no diversity', () => {
    const loop = { index: 5, node: 'loop', text: 'the end of the end of the end '.repeat(20) };
    const found = finish(findIdeas([...branches, loop], new IdeaLabels(), inEnglish));
    assert.match(found?.ideas.measures.at(-1) ?? '', /^1 of 5 have come apart/);
  });

  it('have collapsed below half of their number, from three on', () => {
    const verdicts = [
      [1, 2],
      [1, 3],
      [1.89, 3],
      [1.65, 5],
      [2.59, 5],
    ] as const;
    assert.deepEqual(
      verdicts.map(([effective, size]) => isCollapsed(effective, size)),
      [false, true, false, true, false],
    );
  });
});
