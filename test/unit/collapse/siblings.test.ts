import assert from 'node:assert/strict';
import fc from 'fast-check';
import { oneMode } from '../../../src/core/collapse/oneMode';
import { template } from '../../../src/core/collapse/template';
import { compareTexts, findModes } from '../../../src/core/diversity/modes';

const siblings = (texts: readonly string[]) => texts.map((text, i) => ({ text, node: `n${i}` }));

function oneModeOf(texts: readonly string[]) {
  return oneMode(siblings(texts), findModes(compareTexts(texts)));
}

const LEAVES = 'She leaves the house before dawn and takes the harbour road.';

describe('Siblings that say the same thing', () => {
  it('are flagged whole, each with the others, and the odd one out is not', () => {
    const flags = oneModeOf([LEAVES, `${LEAVES} `, LEAVES, LEAVES, 'He calls from the station.']);
    assert.deepEqual(
      flags.map(({ length }) => length),
      [1, 1, 1, 1, 0],
    );
    const [flag] = flags[1] ?? [];
    assert.ok(flag);
    assert.equal(flag.end, LEAVES.length + 1);
    assert.deepEqual(
      flag.related?.map(({ node }) => node),
      ['n0', 'n2', 'n3'],
    );
    const { effectiveNumber, ...rest } = flag.evidence;
    assert.deepEqual(rest, { siblings: 5, alike: 4, label: 'she leaves' });
    assert.ok(effectiveNumber > 1.6 && effectiveNumber < 1.7);
    const [all] = oneModeOf([LEAVES, LEAVES, LEAVES, LEAVES, LEAVES])[0] ?? [];
    assert.ok(flag.score > 0.5 && all !== undefined && flag.score < all.score && all.score < 1);
  });

  it('are warned of when all agree', () => {
    const [flags = []] = oneModeOf([LEAVES, LEAVES, LEAVES]);
    assert.deepEqual(
      flags.map(({ severity }) => severity),
      ['warning'],
    );
  });

  it('are nothing when they are two, or half', () => {
    const others = ['Rain fell.', 'A dog barked twice.', 'Nobody spoke to Martha.'];
    assert.ok(oneModeOf([LEAVES, LEAVES]).every(({ length }) => length === 0));
    assert.ok(oneModeOf([LEAVES, LEAVES, LEAVES, ...others]).every(({ length }) => length === 0));
  });
});

describe('Siblings that share a template', () => {
  it('show the skeleton with its slots, and what each puts there', () => {
    const texts = [
      'The brass key turned in the lock and Martha stepped into the garden.',
      'The small key turned in the door and Elias stepped into the hall.',
      'The iron key turned in the gate and nobody stepped into the yard.',
      'It rained for three days. On the fourth a letter came.',
    ];
    const flags = template(siblings(texts));
    assert.deepEqual(
      flags.map(({ length }) => length),
      [1, 1, 1, 0],
    );
    const [flag] = flags[1] ?? [];
    assert.ok(flag);
    assert.deepEqual(flag.evidence, {
      part: 'skeleton',
      skeleton: 'The ___ key turned in the ___ and ___ stepped into the',
      fillings: ['small', 'door', 'Elias'],
      siblings: 3,
    });
    assert.equal(texts[1]?.slice(flag.start, flag.end).endsWith('stepped into the'), true);
  });

  it('share an opening', () => {
    const rest = [
      'a letter lay where the cat had been.',
      'every clock in the kitchen struck nine at once, then ten.',
      'my father sold the boat and bought a piano nobody could play.',
    ];
    const flags = template(siblings(rest.map((end) => `The morning after the funeral ${end}`)));
    assert.deepEqual(
      flags.map(([flag]) => [flag?.evidence.part, flag?.evidence.skeleton, flag?.end]),
      rest.map(() => ['opening', 'The morning after the funeral', 29]),
    );
  });

  it('share an ending', () => {
    const starts = [
      'Rain.',
      'Nobody had fed the dog, so I did.',
      'Two bells rang far away, then one more.',
    ];
    const flags = template(
      siblings(starts.map((start) => `${start} And the harbour lights went out.`)),
    );
    assert.ok(
      flags.every(([flag]) => flag?.evidence.skeleton === 'And the harbour lights went out'),
    );
  });

  it('do not when they are copies, or share small words only', () => {
    assert.ok(template(siblings([LEAVES, LEAVES, LEAVES])).every(({ length }) => length === 0));
    const small = [
      'It was not that she had hoped.',
      'It was not that they sang.',
      'It was not that far.',
    ];
    assert.ok(template(siblings(small)).every(({ length }) => length === 0));
  });

  it('have ranges inside their texts, whatever the texts', () => {
    const word = fc.constantFrom(
      'the',
      'old',
      'key',
      'turned',
      'Zoë',
      'in',
      'locks',
      '🗝️',
      '\n',
      'די',
    );
    const text = fc.array(word, { maxLength: 14 }).map((words) => words.join(' '));
    fc.assert(
      fc.property(fc.array(text, { maxLength: 8 }), (texts) => {
        template(siblings(texts)).forEach((flags, i) => {
          for (const { start, end, score } of flags) {
            assert.ok(start >= 0 && start < end && end <= (texts[i]?.length ?? 0));
            assert.ok(score > 0 && score <= 1);
          }
        });
      }),
      { seed: 4, numRuns: 200 },
    );
  });
});
