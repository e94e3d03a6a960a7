import assert from 'node:assert/strict';
import { attractors } from '../../../src/core/collapse/attractor';
import {
  emptyLedger,
  MOST_ENTRIES,
  MOST_SEEN,
  parseLedger,
  remember,
  type Generation,
} from '../../../src/core/collapse/attractorLedger';

const BEFORE = 'The ferry was late.';
const TEXTS = [
  'At the gate stood Elara with a brass key in her hand.',
  'Nobody but Elara had ever found a brass key in that drawer.',
  'Then Elara laughed, and put down the brass key.',
];

function generation(text: string, passage: string, time = 1): Generation {
  return { text, before: BEFORE, passage, time, node: `node-${passage}` };
}

const history = remember(
  emptyLedger(),
  TEXTS.map((text, i) => generation(text, `p${i}`, 100 + i)),
);

function found(text: string, passage = 'here', before = BEFORE, ledger = history) {
  return attractors({ text, before, passage }, ledger);
}

describe('Attractors', () => {
  it('are names and things that came over other passages, with when and where', () => {
    const text = 'In the morning Elara was gone and so was the brass key.';
    const flags = found(text);
    assert.deepEqual(
      flags.map(({ start, end, evidence }) => [text.slice(start, end), evidence.kind]),
      [
        ['Elara', 'name'],
        ['brass key', 'thing'],
      ],
    );
    const [name] = flags;
    assert.deepEqual(name?.evidence, {
      kind: 'name',
      phrase: 'Elara',
      passages: 3,
      of: 3,
      last: 102,
    });
    assert.equal(name.score, 0.5);
    const [first] = name.related ?? [];
    assert.equal(first?.node, 'node-p0');
    assert.equal(TEXTS[0]?.slice(first.start, first.end), 'Elara');
  });

  it('are not what the passage has itself', () => {
    assert.deepEqual(found('At once Elara ran.', 'here', 'Elara was late.'), []);
    const own = remember(
      emptyLedger(),
      TEXTS.map((text, i) => ({ ...generation(text, `p${i}`), before: 'Elara had a brass key.' })),
    );
    assert.deepEqual(found('And Elara ran.', 'here', BEFORE, own), []);
  });

  it('are not what came again over one and the same passage', () => {
    const same = remember(
      emptyLedger(),
      TEXTS.map((text) => generation(text, 'p')),
    );
    assert.deepEqual(found('And Elara ran.', 'here', BEFORE, same), []);
    assert.equal(found('And Elara ran.', 'p0')[0]?.evidence.passages, 2);
  });

  it('are phrases and endings too', () => {
    const ending = 'the long road had finally ended.';
    const ledger = remember(
      emptyLedger(),
      ['Rain fell, and', 'She knew that', 'We saw'].map((start, i) =>
        generation(`${start} ${ending}`, `p${i}`),
      ),
    );
    const [flag] = found(`Perhaps ${ending}`, 'here', BEFORE, ledger);
    assert.equal(flag?.evidence.kind, 'ending');
    assert.equal(flag.evidence.phrase, 'long road had finally ended');
  });

  it('are rare in a long history that had them twice', () => {
    const many = Array.from({ length: 200 }, (_, i) => generation('Rain fell.', `q${i}`));
    assert.deepEqual(found('And Elara ran.', 'here', BEFORE, remember(history, many)), []);
  });
});

describe('The ledger of attractors', () => {
  it('comes back from JSON as it was; what is no ledger is an empty one', () => {
    assert.deepEqual(parseLedger(JSON.parse(JSON.stringify(history))), history);
    assert.deepEqual(parseLedger({ version: 2 }), emptyLedger());
    assert.deepEqual(parseLedger('no'), emptyLedger());
  });

  it('leaves the ledger it was given alone', () => {
    const before = JSON.stringify(history);
    remember(history, [generation('And Elara ran.', 'new')]);
    assert.equal(JSON.stringify(history), before);
  });

  it('stays bounded, and keeps what came over most passages', () => {
    const word = (i: number) =>
      Array.from(String(i), (digit) => 'bdfgklmnrt'[Number(digit)]).join('a');
    const flood = Array.from({ length: 60 }, (_, i) =>
      generation(
        Array.from({ length: 400 }, (__, j) => `w${word(1_000_000 + i * 400 + j)}`).join(' '),
        `flood${i}`,
        1000 + i,
      ),
    );
    const ledger = remember(history, flood);
    assert.ok(Object.keys(ledger.entries).length <= MOST_ENTRIES);
    assert.equal(ledger.entries['name elara']?.passages, 3);
  });

  it('keeps the latest places and counts them all', () => {
    const often = Array.from({ length: 20 }, (_, i) => generation('And Elara ran.', `p${i}`, i));
    const entry = remember(emptyLedger(), often).entries['name elara'];
    assert.equal(entry?.passages, 20);
    assert.equal(entry.seen.length, MOST_SEEN);
    assert.equal(entry.seen.at(-1)?.time, 19);
  });
});
