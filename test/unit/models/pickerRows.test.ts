import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  arrange,
  isRow,
  standingOf,
  type Entry,
  type Section,
} from '../../../src/host/models/pickerRows';

const row = (id: string, label = id) => ({ id, label });
const shown = (entries: readonly Entry[]) =>
  entries.map((entry) => (isRow(entry) ? entry.label : `# ${entry.heading}`));

describe('the list of models', () => {
  const waiting: Section[] = [
    { title: 'Here', rows: [row('here', 'looking')] },
    { title: 'Cloud', rows: [] },
    { title: 'Built in', rows: [row('sketch')] },
  ];
  const found: Section[] = [
    { title: 'Here', rows: [row('llama')] },
    { title: 'Cloud', rows: [row('gpt')] },
    { title: 'Built in', rows: [row('sketch')] },
  ];

  it('has the sections in order, and none that is empty', () => {
    assert.deepEqual(shown(arrange(waiting, null, 'Late')), [
      '# Here',
      'looking',
      '# Built in',
      'sketch',
    ]);
    assert.deepEqual(shown(arrange(found, null, 'Late')), [
      '# Here',
      'llama',
      '# Cloud',
      'gpt',
      '# Built in',
      'sketch',
    ]);
  });

  it('puts what comes later at the end once the person has moved', () => {
    const standing = standingOf(arrange(waiting, null, 'Late'));
    const entries = arrange(
      [
        { title: 'Here', rows: [row('here', 'done'), row('llama')] },
        { title: 'Cloud', rows: [row('gpt')] },
        { title: 'Built in', rows: [row('sketch')] },
      ],
      standing,
      'Late',
    );
    assert.deepEqual(shown(entries), [
      '# Here',
      'done',
      '# Built in',
      'sketch',
      '# Late',
      'llama',
      'gpt',
    ]);
    const more = arrange(
      [
        { title: 'Here', rows: [row('here', 'done'), row('llama'), row('qwen')] },
        ...found.slice(1),
      ],
      standingOf(entries),
      'Late',
    );
    assert.equal(shown(more).filter((line) => line === '# Late').length, 1);
    assert.equal(shown(more).at(-1), 'qwen');
  });

  it('puts the first that is found in the place of the line that waited for it', () => {
    const standing = standingOf(arrange(waiting, null, 'Late'));
    const rows = ['llama', 'qwen'].map((id) => ({ ...row(id), inPlaceOf: 'here' }));
    const entries = arrange([{ title: 'Here', rows }, ...waiting.slice(1)], standing, 'Late');
    const expected = ['# Here', 'llama', '# Built in', 'sketch', '# Late', 'qwen'];
    assert.deepEqual(shown(entries), expected);
    const again = arrange(
      [{ title: 'Here', rows }, ...waiting.slice(1)],
      standingOf(entries),
      'Late',
    );
    assert.deepEqual(shown(again), expected);
  });

  it('never moves a line that stays, nor loses or repeats one', () => {
    const ids = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'), {
      maxLength: 8,
    });
    fc.assert(
      fc.property(ids, ids, (before, after) => {
        const sections = (names: string[]) => [
          { title: 'One', rows: names.slice(0, 3).map((id) => row(id)) },
          { title: 'Two', rows: names.slice(3).map((id) => row(id)) },
        ];
        const first = arrange(sections(before), null, 'Late');
        const second = arrange(sections(after), standingOf(first), 'Late');
        const order = second.filter(isRow).map(({ id }) => id);
        assert.deepEqual([...order].sort(), [...after].sort());
        const stayed = before.filter((id) => after.includes(id));
        assert.deepEqual(order.slice(0, stayed.length), stayed);
      }),
    );
  });
});
