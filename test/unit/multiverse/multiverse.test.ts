import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  distributionOf,
  merged,
  type Distribution,
} from '../../../src/core/multiverse/distribution';
import { Heap } from '../../../src/core/multiverse/heap';
import { layout, magnification, zoomedOut } from '../../../src/core/multiverse/layout';
import { canGoOn, HUES, Multiverse } from '../../../src/core/multiverse/multiverse';
import { StoredTokens } from '../../../src/core/multiverse/stored';
import { CERTAIN, falling, grown, UNCERTAIN } from '../../fixtures/plots';
import { tokensOf } from '../../fixtures/scriptedModel';

/** Lists whose masses, with what they leave out, are 1. */
const distributions = fc
  .array(fc.integer({ min: 1, max: 1000 }), { minLength: 2, maxLength: 12 })
  .map((weights): Distribution => {
    const sum = weights.reduce((all, weight) => all + weight, 0);
    const [tail = 0, ...shares] = weights.map((weight) => weight / sum);
    const entries = shares.map((probability, at) => ({ text: ` ${at}`, probability }));
    return { entries: entries.sort((a, b) => b.probability - a.probability), tail };
  });

/** Multiverses that grew at arbitrary places, again and again at some. */
const multiverses = fc
  .array(fc.tuple(fc.nat({ max: 40 }), distributions), { minLength: 1, maxLength: 25 })
  .map((steps) => {
    const multiverse = new Multiverse();
    for (const [at, distribution] of steps) {
      const block = at % multiverse.size;
      multiverse.expand({ block, distribution, origin: 'model' });
    }
    return multiverse;
  });

describe('the multiverse', () => {
  it('keeps every parent equal to its children and what is not listed', () => {
    fc.assert(
      fc.property(multiverses, (multiverse) => {
        for (let id = 0; id < multiverse.size; id++) {
          const after = multiverse.after(id);
          if (after) {
            const children = multiverse.children(id);
            const sum = children.reduce((all, { probability }) => all + probability, after.tail);
            assert.ok(Math.abs(sum - 1) < 1e-9, `${sum}`);
            const path = multiverse.block(id)?.path ?? 0;
            children.forEach((child) =>
              assert.ok(Math.abs(child.path - path * child.probability) < 1e-12),
            );
            assert.equal(new Set(children.map(({ text }) => text)).size, children.length);
          }
        }
      }),
    );
  });

  it('is the same when its steps are replayed', () => {
    fc.assert(
      fc.property(multiverses, (multiverse) => {
        const again = new Multiverse();
        multiverse.expansions.forEach((expansion) => again.expand(expansion));
        for (let id = 0; id < multiverse.size; id++) {
          assert.deepEqual(again.block(id), multiverse.block(id));
          assert.deepEqual(again.after(id), multiverse.after(id));
        }
      }),
    );
  });

  it('adds to a list only what fits into the mass that it leaves out', () => {
    const first = { entries: [{ text: 'a', probability: 0.6 }], tail: 0.4 };
    const second = {
      entries: [
        { text: 'b', probability: 0.5 },
        { text: 'c', probability: 0.3 },
        { text: 'a', probability: 0.1 },
      ],
      tail: 0.1,
    };
    const { entries, tail } = merged(first, second);
    assert.deepEqual(
      entries.map(({ text, probability }) => [text, probability]),
      [
        ['a', 0.6],
        ['c', 0.3],
      ],
    );
    assert.ok(Math.abs(tail - 0.1) < 1e-12);
  });

  it('gives the likeliest child the colour of its parent, and the others their own', () => {
    const multiverse = new Multiverse();
    multiverse.expand({ block: 0, distribution: falling(0.4, 8), origin: 'model' });
    const hues = multiverse.children(0).map(({ hue }) => hue);
    assert.deepEqual(hues, [0, 1, 2, 3, 4, 5, 6, 0]);
    multiverse.expand({ block: 2, distribution: falling(0.4, 3), origin: 'model' });
    assert.deepEqual(
      multiverse.children(2).map(({ hue }) => hue),
      [1, 2, 3],
    );
    assert.equal(HUES, 7);
  });

  describe('the path taken', () => {
    const list = (...texts: string[]): Distribution => ({
      entries: texts.map((text) => ({ text, probability: 0.9 / texts.length })),
      tail: 0.1,
    });
    const taken = (multiverse: Multiverse) =>
      Array.from({ length: multiverse.size }, (_, id) => multiverse.block(id))
        .filter((block) => block?.taken && block.id !== 0)
        .map((block) => block?.text);

    it('is the tokens that were written', () => {
      const multiverse = new Multiverse({ tokens: [' t', 'he', ' end'] });
      const [first] = multiverse.expand({
        block: 0,
        distribution: list(' t', ' the'),
        origin: 'stored',
      });
      multiverse.expand({ block: first?.id ?? 0, distribution: list('he', 'o'), origin: 'stored' });
      multiverse.expand({ block: 2, distribution: list(' end'), origin: 'stored' });
      assert.deepEqual(taken(multiverse), [' t', 'he']);
    });

    it('is, where only the text is known, the longest token that fits', () => {
      const multiverse = new Multiverse({ text: ' the end' });
      multiverse.expand({
        block: 0,
        distribution: list(' t', ' the', ' then', ''),
        origin: 'model',
      });
      multiverse.expand({ block: 2, distribution: list(' end', ' e', ' x'), origin: 'model' });
      assert.deepEqual(taken(multiverse), [' the', ' end']);
    });

    it('ends where the draft ends, and where it is not listed', () => {
      const multiverse = new Multiverse({ text: ' zebra' });
      multiverse.expand({ block: 0, distribution: list(' the', ' a'), origin: 'model' });
      assert.deepEqual(taken(multiverse), []);
    });
  });

  it('knows where nothing can follow', () => {
    const multiverse = new Multiverse();
    const texts = ['', 'a\uFFFD', ' word'];
    const entries = texts.map((text) => ({ text, probability: 0.3 }));
    const blocks = multiverse.expand({
      block: 0,
      distribution: { entries, tail: 0.1 },
      origin: 'model',
    });
    assert.deepEqual(
      blocks.filter(canGoOn).map(({ text }) => text),
      [' word'],
    );
  });
});

describe('a heap', () => {
  it('gives back the greatest first, and of equals what came first', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20 })), (keys) => {
        const heap = new Heap<number>();
        keys.forEach((key, at) => heap.push(key, at));
        const popped: [number, number][] = [];
        for (let next = heap.pop(); next; next = heap.pop()) {
          popped.push([next.key, next.value]);
        }
        const wanted = keys.map((key, at): [number, number] => [key, at]);
        wanted.sort(([a, i], [b, j]) => b - a || i - j);
        assert.deepEqual(popped, wanted);
      }),
    );
  });
});

describe('what a token tells of its place', () => {
  it('counts the emitted token once, and what is not listed as tail', () => {
    const [token] = tokensOf([[' the', 0.5, { ' the': 0.5, ' a': 0.25 }]]);
    assert.ok(token);
    const told = distributionOf(' the', token);
    assert.deepEqual(
      told?.entries.map(({ text }) => text),
      [' the', ' a'],
    );
    assert.ok(Math.abs(told.tail - 0.25) < 1e-9);
  });

  it('adds an emitted token that is not listed', () => {
    const [token] = tokensOf([[' zebra', 0.01, { ' the': 0.5 }]]);
    assert.ok(token);
    assert.deepEqual(
      distributionOf(' zebra', token)?.entries.map(({ text }) => text),
      [' the', ' zebra'],
    );
  });

  it('is nothing where the probability is missing or the masses are impossible', () => {
    const [missing] = tokensOf([['x', 'unsupported']]);
    const [impossible] = tokensOf([['x', 0.9, { y: 0.9 }]]);
    assert.ok(missing && impossible);
    assert.equal(distributionOf('x', missing), null);
    assert.equal(distributionOf('x', impossible), null);
  });

  it('takes the space off the listed words that the draft has already', () => {
    const [token] = tokensOf([['the', 0.5, { ' the': 0.5, ' a': 0.25, '\n': 0.1 }]]);
    assert.ok(token);
    assert.deepEqual(
      distributionOf('the', token, true)?.entries.map(({ text }) => text),
      ['the', 'a', '\n'],
    );
  });

  it('joins branches where they agree', () => {
    const stored = new StoredTokens();
    const one = tokensOf([
      [' the', 0.5, { ' the': 0.5, ' a': 0.2 }],
      [' cat', 0.4],
    ]);
    const two = tokensOf([
      [' zebra', 0.05, { ' the': 0.5, ' a': 0.2 }],
      [' sat', 0.3],
    ]);
    stored.add([], one, ' the cat');
    stored.add([], two, ' zebra sat');
    assert.equal(stored.at([])?.entries.length, 3);
    assert.deepEqual(
      stored.at([' zebra'])?.entries.map(({ text }) => text),
      [' sat'],
    );
    assert.equal(stored.at([' a']), null);
  });
});

describe('the layout', () => {
  const frame = { zoom: 0, height: 600, columns: 6 };

  it('never draws more than there is, and leaves no gap between neighbours', () => {
    fc.assert(
      fc.property(multiverses, fc.nat({ max: 60 }), (multiverse, at) => {
        const zoom = at % multiverse.size;
        const boxes = layout(multiverse, { ...frame, zoom });
        const top = boxes.filter(({ column }) => column === 0);
        const sum = top.reduce((all, { height }) => all + height, 0);
        const known = multiverse.after(zoom) !== undefined;
        assert.ok(Math.abs(sum - (known ? frame.height : 0)) < 1e-6, `${sum}`);
        const scale = frame.height / (multiverse.block(zoom)?.path ?? 1);
        for (const [i, box] of boxes.entries()) {
          assert.ok(
            Math.abs(box.height - box.path * scale) < 1e-6,
            'a height is not its probability',
          );
          const next = boxes.slice(i + 1).find(({ column }) => column <= box.column);
          if (next?.column === box.column) {
            assert.ok(Math.abs(next.top - box.top - box.height) < 1e-6, 'a gap');
          }
        }
      }),
    );
  });

  it('draws children inside their parent', () => {
    fc.assert(
      fc.property(multiverses, (multiverse) => {
        const boxes = layout(multiverse, frame);
        boxes.forEach((box, at) => {
          const parent = boxes.slice(0, at).findLast(({ column }) => column === box.column - 1);
          if (box.column > 0) {
            assert.ok(parent && box.top >= parent.top - 1e-6);
            assert.ok(box.top + box.height <= parent.top + parent.height + 1e-6);
          }
        });
      }),
    );
  });

  it('collects what is under three pixels, but never the path taken', () => {
    const multiverse = new Multiverse({ text: 'c' });
    const entries = [
      { text: 'a', probability: 0.98 },
      { text: 'b', probability: 0.004 },
      { text: 'c', probability: 0.003 },
      { text: 'd', probability: 0.002 },
    ];
    multiverse.expand({ block: 0, distribution: { entries, tail: 0.011 }, origin: 'model' });
    const boxes = layout(multiverse, frame);
    assert.deepEqual(
      boxes.map(({ kind, text, count, fontSize }) => [kind, text, count, fontSize !== null]),
      [
        ['block', 'a', 1, true],
        ['block', 'c', 1, false],
        ['rest', '', 2, false],
        ['tail', '', 0, false],
      ],
    );
    assert.ok(Math.abs((boxes[2]?.probability ?? 0) - 0.006) < 1e-9);
  });

  it('keeps letters between 9 and 14 pixels, and labels nothing smaller', async () => {
    for (const { height, fontSize } of layout(await grown(UNCERTAIN, 60), frame)) {
      assert.ok(fontSize === null ? height * 0.8 < 9 : fontSize >= 9 && fontSize <= 14);
    }
  });

  it('says how much is enlarged, and the way out', async () => {
    const multiverse = await grown(CERTAIN, 20);
    const half = { path: 0.25 };
    assert.deepEqual(magnification(half), { times: 4, bits: 2 });
    assert.deepEqual(magnification({ path: 1 }), { times: 1, bits: 0 });
    const [deep] = multiverse.children(1);
    assert.equal(zoomedOut(multiverse, deep?.id ?? 0), 1);
    assert.equal(zoomedOut(multiverse, 1), 0);
    assert.equal(zoomedOut(multiverse, 0), 0);
  });
});
