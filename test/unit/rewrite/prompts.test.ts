import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Said } from '../../../src/core/model/languageModel';
import type { RewriteRequest } from '../../../src/core/rewrite/rewriting';
import {
  messagesFor,
  transcriptEnd,
  transcriptFor,
  type Asking,
} from '../../../src/core/rewrite/said';
import { allStrategies } from '../../../src/core/rewrite/strategies';

const STRATEGIES = allStrategies();
const FOLDER = join(import.meta.dirname, '../../fixtures/rewrite');

const BARE: RewriteRequest = {
  source:
    'The tide was out. Ines walked to the wreck and back, and nobody asked her where she had been.',
  before: '',
  after: '',
  exemplars: [],
  n: 5,
  strategies: [],
  avoid: [],
  taken: [],
};
const FULL: RewriteRequest = {
  ...BARE,
  before: 'On the third day the wind dropped.\n\nThey ate what was left.',
  after: 'At supper there was bread again.',
  instruction: 'colder',
  notes: 'Ines is nine. The wreck is the *Aurora*.',
  exemplars: [
    {
      id: 'a',
      path: 'one.md',
      start: 0,
      end: 40,
      text: 'Rain on the slip. The boats were already gone.',
    },
    { id: 'b', path: 'two.md', start: 0, end: 30, text: 'He mended the net and said no word.' },
  ],
  avoid: ['the tide was out', 'a breath she did not know'],
};
const FIRST: Asking = { taken: [], n: 1 };
const THIRD: Asking = {
  taken: [
    'Nobody asked. Ines had been out to the wreck and come home, over sand the sea had left.',
    'To the wreck, then back: that was her day.',
  ],
  reason: 'it left the passage almost as it is. Change it thoroughly.',
  n: 1,
};

function strategy(name: string) {
  const found = STRATEGIES.find((each) => each.name === name);
  assert.ok(found, name);
  return found;
}

/** As a person reads it: each message under its role. */
function shown(said: Said): string {
  const text =
    said.kind === 'text'
      ? said.text
      : said.messages.map((message) => `=== ${message.role} ===\n${message.text}\n`).join('\n');
  return text.endsWith('\n') ? text : `${text}\n`;
}

/** With `VARIORUM_WRITE_PROMPTS` set the file is written, to be read before it is kept. */
function same(name: string, said: Said): void {
  const file = join(FOLDER, `${name}.txt`);
  if (process.env['VARIORUM_WRITE_PROMPTS'] !== undefined) {
    writeFileSync(file, shown(said));
  }
  assert.equal(shown(said), readFileSync(file, 'utf8'));
}

describe('what a model is told to rewrite', () => {
  const told: [file: string, name: string, request: RewriteRequest, asking: Asking][] = [
    ['in-context-bare', 'in-context', BARE, FIRST],
    ['in-context-full', 'in-context', FULL, THIRD],
    ['distance', 'distance', BARE, FIRST],
    ['tail-full', 'tail', FULL, { ...THIRD, n: 6 }],
  ];
  for (const [file, name, request, asking] of told) {
    it(`${file}: as test/fixtures/rewrite/${file}.txt has it`, () => {
      same(file, messagesFor(strategy(name), STRATEGIES, request, asking));
    });
  }

  it('a base model gets a transcript: nothing said about what there is nothing of', () => {
    same('transcript-bare', transcriptFor(strategy('in-context'), STRATEGIES, BARE, FIRST));
  });

  it('a base model gets the versions that are there, numbered, and the number of the next', () => {
    same('transcript-full', transcriptFor(strategy('order'), STRATEGIES, FULL, THIRD));
  });

  it('a transcript ends where the model would begin the next version, draft or part', () => {
    const end = transcriptEnd(STRATEGIES);
    for (const next of ['\nVersion 4:', '\n\nVersion 2 (again):\nIt', '\nDraft:\n', '\n***\n']) {
      assert.equal(end.exec(`One.\n\nTwo.${next}`)?.index, 'One.\n\nTwo.'.length, next);
    }
    for (const prose of [
      'The version: his own.',
      'One.\n\nVersions of him',
      '\nA draft came in.',
    ]) {
      assert.equal(end.exec(prose), null, prose);
    }
  });

  it('a template is not filled twice: braces in the passage are the passage', () => {
    const source = 'He wrote {{taken}} on the wall.';
    const said = messagesFor(strategy('in-context'), STRATEGIES, { ...BARE, source }, THIRD);
    assert.match(shown(said), /He wrote \{\{taken\}\} on the wall/u);
  });

  it('a strategy of the writer’s own replaces a built-in one of that name', () => {
    const own = { ...strategy('tail'), about: 'Mine.' };
    const all = allStrategies([own]);
    assert.equal(all.length, STRATEGIES.length);
    assert.equal(all.find(({ name }) => name === 'tail')?.about, 'Mine.');
  });
});
