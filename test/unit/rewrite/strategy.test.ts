import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isVariorumError } from '../../../src/core/model/error';
import { choices, deal } from '../../../src/core/rewrite/deal';
import { allStrategies, BUILT_IN_FILES } from '../../../src/core/rewrite/strategies';
import { parseStrategy } from '../../../src/core/rewrite/strategy';
import { fill, PLACEHOLDERS, type Values } from '../../../src/core/rewrite/template';

const file = (head: string, body = 'Make it cold.') => `---\n${head}\n---\n${body}\n`;
const NAMED = 'name: cold\nabout: Colder.';

describe('the file of a strategy', () => {
  it('a name, a line and a sentence are enough', () => {
    assert.deepEqual(parseStrategy('cold.md', file(NAMED)), {
      name: 'cold',
      about: 'Colder.',
      how: 'alone',
      pool: 2,
      body: { kind: 'move', template: 'Make it cold.' },
    });
  });

  it('CRLF, a byte order mark, quotes, comments and space around do no harm', () => {
    const text =
      '\uFEFF---\r\n# mine\r\nname: "cold"\r\n\r\nabout:  Colder: by far. \r\n---\r\n\r\nX.\r\n';
    const { name, about, body } = parseStrategy('cold.md', text);
    assert.deepEqual(
      [name, about, body],
      ['cold', 'Colder: by far.', { kind: 'move', template: 'X.' }],
    );
  });

  it('messages under their roles, in order', () => {
    const body = '## System\nYou rewrite.\n\n## user\n# Title\n\n{{source}}';
    const read = parseStrategy('x.md', file(NAMED, body));
    assert.deepEqual(read.body, {
      kind: 'messages',
      parts: [
        { role: 'system', template: 'You rewrite.' },
        { role: 'user', template: '# Title\n\n{{source}}' },
      ],
    });
  });

  const wrong: [what: string, text: string, message: RegExp][] = [
    ['no front matter', 'Make it cold.', /between two lines "---"/u],
    ['no name', file('about: Colder.'), /no line "name:"/u],
    ['no line on what it does', file('name: cold'), /no line "about:"/u],
    ['an empty one', file('name: cold\nabout:'), /"about:" is empty/u],
    ['a name with a slash', file('name: a/b\nabout: X.'), /letters, digits/u],
    ['an unknown way', file(`${NAMED}\nhow: magic`), /"how" is one of in-turn, alone/u],
    ['an unknown line', file(`${NAMED}\nwow: 1`), /unknown line "wow:"/u],
    ['a line twice', file(`${NAMED}\nname: x`), /"name:" stands there twice/u],
    ['a line that is none', file(`${NAMED}\nhello`), /"hello" is not of the form/u],
    ['a pool out of range', file(`${NAMED}\npool: 9`), /from 1 to 8/u],
    ['nothing for the model', file(NAMED, ' '), /says nothing to the model/u],
    [
      'an unknown placeholder',
      file(NAMED, 'Use {{sauce}}.'),
      /\{\{sauce\}\}, which does not exist/u,
    ],
    ['messages without the passage', file(NAMED, '## user\nHi.'), /\{\{source\}\}, is nowhere/u],
    ['a last message that is not the user’s', file(NAMED, '## system\n{{source}}'), /the user’s/u],
    [
      'text before the messages',
      file(NAMED, 'Hi.\n## user\n{{source}}'),
      /before its first message/u,
    ],
    ['a batch that is a move', file(`${NAMED}\nhow: batch`), /needs whole messages/u],
    [
      'a frame without the move',
      file(`${NAMED}\nhow: frame`, '## user\n{{source}}'),
      /\{\{move\}\}/u,
    ],
  ];
  for (const [what, text, message] of wrong) {
    it(`${what}: refused with the file’s name and a message`, () => {
      assert.throws(
        () => parseStrategy('cold.md', text),
        (error) =>
          isVariorumError(error) &&
          error.detail.code === 'bad-request' &&
          error.message.includes('cold.md') &&
          message.test(error.message),
      );
    });
  }

  it('every built-in one reads, and no two have one name', () => {
    const names = allStrategies().map(({ name }) => name);
    assert.equal(names.length, BUILT_IN_FILES.length);
    assert.equal(names[0], 'in-context');
  });

  it('the page on rewrites says of each what its file says, and names every placeholder', () => {
    const page = readFileSync(join(import.meta.dirname, '../../../docs/rewrites.md'), 'utf8');
    for (const { name, how, group, about } of allStrategies()) {
      const cell = group === undefined ? '' : `\`${group}\``;
      assert.ok(page.includes(`| \`${name}\` | ${how} | ${cell} | ${about} |`), name);
    }
    for (const name of PLACEHOLDERS) {
      assert.ok(page.includes(`\`{{${name}}}\``), name);
    }
  });
});

describe('a template', () => {
  const values = (some: Partial<Values>): Values => ({
    ...(Object.fromEntries(PLACEHOLDERS.map((name) => [name, ''])) as Values),
    ...some,
  });

  it('leaves out the paragraphs that ask for what there is nothing of, and only those', () => {
    const template = 'A\n\nNotes:\n{{notes}}\n \n{{ source }} {{n}}\n\nZ';
    assert.equal(fill(template, values({ source: 'S', n: '3' })), 'A\n\nS 3\n\nZ');
    assert.equal(fill(template, values({ notes: 'N', source: 'S' })), 'A\n\nNotes:\nN\n\nZ');
  });

  it('keeps blank lines and dollar signs of what is put in', () => {
    assert.equal(fill('<{{source}}>', values({ source: 'a\n\n$1 $& b' })), '<a\n\n$1 $& b>');
  });
});

describe('dealing out strategies', () => {
  const all = allStrategies();
  const names = (wanted: string[], n: number) => deal(wanted, all, n).map(({ name }) => name);

  it('the default one for all where nothing was chosen', () => {
    assert.deepEqual(names([], 2), ['in-context', 'in-context']);
  });

  it('a group gives each branch another of its members', () => {
    assert.deepEqual(names(['style'], 7), [
      ...['distance', 'syntax', 'register', 'image', 'order', 'speech', 'distance'],
    ]);
  });

  it('several in turn, each group going on where it was', () => {
    assert.deepEqual(names(['tail', 'style'], 4), ['tail', 'distance', 'tail', 'syntax']);
  });

  it('what only serves others cannot be chosen', () => {
    assert.throws(() => names(['frame'], 1), /no rewrite strategy “frame”.*in-context.*style/su);
    assert.ok(choices(all).every(({ name }) => name !== 'frame' && name !== 'transcript'));
    assert.ok(choices(all).some(({ name }) => name === 'limits'));
  });
});
