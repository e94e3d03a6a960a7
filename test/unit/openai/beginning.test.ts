import assert from 'node:assert/strict';
import { pieces } from './harness';
import { completion, entry, read, type Asked } from './reader';

describe('what does not belong to a branch', () => {
  const chat = (content: string, more: object = {}): unknown => ({
    choices: [{ index: 0, delta: { content, ...more } }],
  });

  /** A reply cut into every pair of pieces, and into single characters, read alike. */
  function readEveryWay(reply: string, asked?: Asked): string {
    const whole = read([chat(reply)], asked).text;
    for (let cut = 1; cut < reply.length; cut++) {
      assert.equal(read([chat(reply.slice(0, cut)), chat(reply.slice(cut))], asked).text, whole);
    }
    assert.equal(
      read(
        Array.from(reply, (letter) => chat(letter)),
        asked,
      ).text,
      whole,
    );
    return whole;
  }

  it('thinking between tags at the head goes, wherever it is cut', () => {
    assert.equal(
      readEveryWay('<think>\nHm. A < b.\n</think>\n\nThe door opened.'),
      'The door opened.',
    );
    assert.equal(readEveryWay('\n<think></think>Yes'), 'Yes');
    assert.equal(readEveryWay('<thinking>so</thinking> Yes'), 'Yes');
    assert.equal(readEveryWay('<think>without an end'), '');
  });

  it('what only looks like it stays', () => {
    for (const reply of ['<thin ice', 'a <think>b</think> c', ' <', '<thinker>x']) {
      assert.equal(readEveryWay(reply), reply);
    }
  });

  it('the message that was begun, said again, goes, however long it is', () => {
    const prefill = `Chapter 2\n\n${'a long word or two '.repeat(200)}and`;
    const asked: Asked = { before: prefill, prefill, strategy: 'prefill' };
    for (const cut of [1, 5, 11, 3000, prefill.length, prefill.length + 2]) {
      const reply = `${prefill} then he`;
      const branch = read([chat(reply.slice(0, cut)), chat(reply.slice(cut))], asked);
      assert.equal(branch.text, ' then he');
    }
    assert.equal(read([chat('Chapter 2 was')], asked).text, 'Chapter 2 was');
  });

  it('a chat reply goes on from the passage, a raw completion is left alone', () => {
    const before = 'It was late. She opened the door and';
    const reply = 'She opened the door and saw him.';
    const told: Asked = { before, prefill: '', strategy: 'instruction' };
    assert.equal(readEveryWay(reply, told), ' saw him.');
    assert.equal(readEveryWay(reply, { ...told, strategy: 'raw' }), reply);
  });

  for (const field of ['reasoning_content', 'reasoning', 'thinking']) {
    it(`${field} is not text, and its probabilities are nobody's`, () => {
      const thought = (content: string | null, thinks: string, tokens: string[]) => ({
        choices: [
          {
            index: 0,
            delta: { content, [field]: thinks },
            logprobs: { content: tokens.map((token) => entry(token, -1)) },
          },
        ],
      });
      const branch = read([
        thought(null, 'Hm', ['Hm']),
        thought('', ' so', [' so']),
        thought('Yes', '.', ['.', 'Y', 'es']),
        {
          choices: [{ index: 0, delta: { content: '!' }, logprobs: { content: [entry('!', -2)] } }],
        },
      ]);
      assert.deepEqual(pieces(branch), ['Y', 'es', '!']);
      assert.deepEqual(
        branch.tokens.map(({ logprob }) => logprob),
        [-1, -1, -2],
      );
    });
  }

  it('tokens keep their numbers when the beginning goes', () => {
    const tokens = ['<think>', 'x', '</think>', '\n', 'Once', ' upon', ' a', ' time'];
    const branch = read(
      tokens.map((token, i) => completion({ text: token, entries: [entry(token, -i)] })),
      { before: 'Once upon', prefill: 'Once upon', strategy: 'prefill' },
    );
    assert.deepEqual(pieces(branch), [' a', ' time']);
    assert.deepEqual(
      branch.tokens.map(({ logprob }) => logprob),
      [-6, -7],
    );
  });

  it('a reply that is all thinking says so, however it thought', () => {
    for (const delta of [{ content: '<think>Hm' }, { content: null, reasoning_content: 'Hm' }]) {
      const branch = read([{ choices: [{ index: 0, delta, finish_reason: 'length' }] }]);
      assert.equal(branch.text, '');
      assert.match(branch.error?.message ?? '', /thinking/);
    }
  });
});
