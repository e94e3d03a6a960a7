import assert from 'node:assert/strict';
import { parsePhraseList } from '../../../src/core/collapse/phraseList';
import { VariorumError } from '../../../src/core/model/error';

function phrases(name: string, text: string): [string, number][] {
  return parsePhraseList(name, text).entries.map(({ phrase, weight }) => [phrase, weight]);
}

describe('lists of phrases', () => {
  it('reads plain text', () => {
    assert.deepEqual(phrases('a.txt', '\uFEFFa testament to\r\n\n# no\nElara\n'), [
      ['a testament to', 1],
      ['Elara', 1],
    ]);
  });

  it('reads JSON arrays of strings, and knows JSON by its looks', () => {
    assert.deepEqual(phrases('a', ' ["one", "two words"]'), [
      ['one', 1],
      ['two words', 1],
    ]);
  });

  it("reads antislop's pairs: factors, counts and bare phrases", () => {
    assert.deepEqual(phrases('a.json', '[["symphony", 0.25], ["elara", 98586], ["abuzz"]]'), [
      ['symphony', 0.75],
      ['elara', 1],
      ['abuzz', 1],
    ]);
  });

  it('refuses a broken list and says where', () => {
    for (const [name, text, expected] of [
      ['a.json', '["one",', /a\.json.*not JSON from line 1/u],
      ['a.json', '{"one": 1}', /not a JSON array/u],
      ['a.json', '["one", 2]', /item 2 .*2/u],
      ['a.json', '[["one", "two"]]', /item 1/u],
      ['a.json', '[["one", 1, 2]]', /item 1/u],
      ['a.json', '[["one", -1]]', /item 1/u],
      ['a.txt', '# mine\n\nfine\n!!!\n', /line 4 \(“!!!”\) has no word/u],
      ['a.json', '["one",\n\n oops]', /a\.json.*line 3/u],
      ['a.txt', 'one two three four five six seven eight nine', /more than 8 words/u],
    ] as const) {
      assert.throws(
        () => parsePhraseList(name, text),
        (error: unknown) => error instanceof VariorumError && expected.test(error.message),
        text,
      );
    }
  });
});
