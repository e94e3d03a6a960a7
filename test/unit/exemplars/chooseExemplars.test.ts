import assert from 'node:assert/strict';
import fc from 'fast-check';
import { chooseExemplars, type ExemplarWishes } from '../../../src/core/exemplars/chooseExemplars';
import type { ExemplarRequest } from '../../../src/core/exemplars/exemplarChoice';
import { ExemplarIndex } from '../../../src/core/exemplars/exemplarIndex';
import { estimateTokens } from '../../../src/core/prompt/fitPassage';
import { humanSpans } from '../../../src/core/provenance/humanPassages';
import { finish } from '../../../src/core/steps';

const NONE: ExemplarWishes = { pinned: [], excluded: new Set() };

/** Enough sentences for an exemplar of its own, no two the same. */
const sentences = (make: (i: number) => string, count = 12) =>
  Array.from({ length: count }, (_, i) => make(i)).join(' ');

const boats = (i: number) =>
  sentences(
    (j) => `The boats of the harbour came home on the ${i} tide, ${j} of them heavy with fish.`,
  );
const kitchen = (i: number) =>
  sentences(
    (j) => `“Pass me the ${i} flour,” said Anna, “or the bread will never rise, ${j} or not!”`,
  );

function indexOf(paragraphs: readonly string[]): ExemplarIndex {
  const index = new ExemplarIndex();
  const text = paragraphs.join('\n\n');
  finish(index.update('all.md', text, humanSpans(text, [])));
  return index;
}

const index = indexOf([boats(1), boats(2), boats(3), kitchen(1), kitchen(2)]);
const ids = index.of('all.md').map(({ id }) => id);
const request = (more: Partial<ExemplarRequest> = {}): ExemplarRequest => ({
  source:
    'The boats lay in the harbour, and the fish were counted on the quay before the next tide.',
  before: '',
  budget: 5000,
  ...more,
});

describe('Choosing exemplars', () => {
  it('begins with the most relevant and goes on to what is unlike it', () => {
    const chosen = chooseExemplars(index, request(), NONE);
    const about = chosen.map(({ text }) => (text.includes('boats') ? 'boats' : 'kitchen'));
    assert.equal(about[0], 'boats');
    assert.equal(about[1], 'kitchen', about.join(' '));
    assert.equal(chosen.length, 5);
    const [first] = chosen;
    assert.ok(first?.why.kind === 'near' && first.why.content > 0 && first.why.alike === 0);
  });

  it('takes pinned ones first in their order, excluded ones never', () => {
    const wishes = { pinned: [ids[4] ?? '', ids[3] ?? ''], excluded: new Set([ids[0] ?? '']) };
    const chosen = chooseExemplars(index, request(), wishes);
    assert.deepEqual(
      chosen.slice(0, 2).map(({ id, why }) => [id, why.kind]),
      [
        [ids[4], 'pinned'],
        [ids[3], 'pinned'],
      ],
    );
    assert.equal(chosen.length, 4);
    assert.ok(chosen.every(({ id }) => id !== ids[0]));
    const both = { pinned: [ids[0] ?? ''], excluded: new Set([ids[0] ?? '']) };
    assert.ok(chooseExemplars(index, request(), both).every(({ id }) => id !== ids[0]));
  });

  it('keeps to the budget, whatever it is', () => {
    const least = Math.min(...index.of('all.md').map(({ text }) => estimateTokens(text)));
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2000 }), (budget) => {
        const wishes = { pinned: [ids[1] ?? ''], excluded: new Set<string>() };
        const chosen = chooseExemplars(index, request({ budget }), wishes);
        const tokens = chosen.reduce((sum, one) => sum + one.tokens, 0);
        assert.ok(tokens <= budget);
        assert.equal(new Set(chosen.map(({ id }) => id)).size, chosen.length);
        assert.equal(chosen.length > 0, budget >= least, String(budget));
      }),
    );
  });

  it('shows nothing of the source or of what stands before it', () => {
    const has = (more: Partial<ExemplarRequest>, text: string) =>
      chooseExemplars(index, request(more), NONE).some((one) => one.text === text);
    assert.ok(has({}, boats(2)));
    assert.ok(!has({ source: boats(2) }, boats(2)));
    assert.ok(!has({ source: boats(2).slice(40, 200) }, boats(2)));
    assert.ok(!has({ source: `Before it. ${boats(2)} After it.` }, boats(2)));
    assert.ok(!has({ before: `And so on.\n\n${boats(2)}\n\n` }, boats(2)));
    const second = index.of('all.md')[1];
    assert.ok(second);
    const at = { path: 'all.md', start: second.start + 5, end: second.start + 9 };
    assert.ok(!has({ source: 'odd', at }, boats(2)));
    assert.ok(has({ source: 'odd', at: { ...at, path: 'other.md' } }, boats(2)));
    const pinned = { pinned: [second.id], excluded: new Set<string>() };
    assert.ok(chooseExemplars(index, request({ at }), pinned).every(({ id }) => id !== second.id));
  });

  it('has nothing to choose where there is nothing', () => {
    assert.deepEqual(chooseExemplars(new ExemplarIndex(), request(), NONE), []);
    assert.deepEqual(chooseExemplars(index, request({ budget: 0 }), NONE), []);
    assert.ok(chooseExemplars(index, request({ source: '' }), NONE).length > 0);
    const unknown = { pinned: ['gone'], excluded: new Set(['gone']) };
    assert.equal(chooseExemplars(index, request(), unknown).length, 5);
  });
});
