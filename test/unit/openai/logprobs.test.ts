import assert from 'node:assert/strict';
import { pieces } from './harness';
import { bytesOf, completion, entry, read } from './reader';

describe('logprobs by structure', () => {
  const top = { ' a': -0.1, ' b': -2.5 };
  const list = Object.entries(top).map(([token, logprob]) => ({ token, logprob }));
  const shapes: [string, unknown][] = [
    ['chat', { content: [entry(' a', -0.1, list)] }],
    ['legacy', { tokens: [' a'], token_logprobs: [-0.1], top_logprobs: [top], text_offset: [-1] }],
    ['legacy with lists', { tokens: [' a'], token_logprobs: [-0.1], top_logprobs: [list] }],
    [
      'hybrid',
      {
        content: [entry(' a', -0.1, list)],
        tokens: [' a'],
        token_logprobs: [-0.1],
        top_logprobs: [top],
      },
    ],
    ['bare list', [entry(' a', -0.1, list)]],
  ];
  for (const [name, logprobs] of shapes) {
    for (const said of [
      { text: ' a' },
      { delta: { content: ' a' } },
      { message: { content: ' a' } },
    ]) {
      it(`${name} in ${Object.keys(said).join()}`, () => {
        const { tokens } = read([
          { choices: [{ index: 0, ...said, logprobs, finish_reason: 'stop' }] },
        ]);
        assert.equal(tokens.length, 1);
        assert.equal(tokens[0]?.logprob, -0.1);
        assert.deepEqual(tokens[0].alternatives, [
          { text: ' a', logprob: -0.1 },
          { text: ' b', logprob: -2.5 },
        ]);
        assert.ok(Math.abs((tokens[0].tail ?? 1) - (1 - Math.exp(-0.1) - Math.exp(-2.5))) < 1e-12);
      });
    }
  }

  it('floors and nulls are no probabilities', () => {
    for (const floor of [-9999, -1000, -3.4028234663852886e38, null]) {
      const { tokens } = read([completion({ text: 'x', entries: [entry('x', floor, list)] })]);
      assert.equal(tokens[0]?.logprob, null);
      assert.equal(tokens[0].missing, 'floor');
      assert.equal(tokens[0].tail, null);
      assert.equal(tokens[0].alternatives.length, 2);
    }
  });

  it('an alternative at the floor is not listed, and its mass stays in the tail', () => {
    const entries = [
      entry('x', -0.5, [
        { token: 'x', logprob: -0.5 },
        { token: 'y', logprob: -9999 },
      ]),
    ];
    const { tokens } = read([completion({ text: 'x', entries })]);
    assert.deepEqual(tokens[0]?.alternatives, [{ text: 'x', logprob: -0.5 }]);
    assert.ok(Math.abs((tokens[0].tail ?? 0) - (1 - Math.exp(-0.5))) < 1e-12);
  });

  it('the emitted token may be missing from the list; unsorted lists are sorted', () => {
    const others = [
      { token: 'c', logprob: -3 },
      { token: 'b', logprob: -1 },
    ];
    const { tokens } = read([completion({ text: 'x', entries: [entry('x', -4, others)] })]);
    assert.deepEqual(
      tokens[0]?.alternatives.map(({ text }) => text),
      ['b', 'c'],
    );
    const tail = 1 - Math.exp(-3) - Math.exp(-1) - Math.exp(-4);
    assert.ok(Math.abs((tokens[0].tail ?? 0) - tail) < 1e-12);
  });

  it('rounding never makes the tail negative or a probability more than 1', () => {
    const entries = [
      entry('x', 1e-7, [
        { token: 'x', logprob: 1e-7 },
        { token: 'y', logprob: -9 },
      ]),
    ];
    const { tokens } = read([completion({ text: 'x', entries })]);
    assert.equal(tokens[0]?.logprob, 0);
    assert.equal(tokens[0].tail, 0);
  });

  it('pieces of one character are told apart by their bytes', () => {
    const [first = 0, ...others] = bytesOf('é');
    const lone = { token: '\uFFFD', logprob: -2, bytes: [0xe2] };
    const entries = [
      entry('\uFFFD', -1, [lone, { token: '\uFFFD', logprob: -1, bytes: [first] }], [first]),
      entry('\uFFFD', -0.5, [], others),
    ];
    const { text, tokens } = read([completion({ text: 'é', entries })]);
    assert.equal(text, 'é');
    assert.deepEqual(
      tokens.map(({ start, end }) => [start, end]),
      [
        [0, 0],
        [0, 1],
      ],
    );
    assert.deepEqual(tokens[0]?.bytes, Uint8Array.of(first));
    assert.ok(Math.abs((tokens[0].tail ?? 0) - (1 - Math.exp(-1) - Math.exp(-2))) < 1e-12);
  });

  it('characters whose bytes were damaged on the way keep their probabilities', () => {
    const lossy = [239, 191, 189];
    const entries = [
      entry(' a', -1, [], bytesOf(' a')),
      entry('\uFFFD', -2, [], lossy),
      entry('\uFFFD', -3, [], lossy),
      entry(' b', -4, [], bytesOf(' b')),
    ];
    const branch = read([completion({ text: ' a🎉 b', entries })]);
    assert.deepEqual(pieces(branch), [' a', '', '🎉', ' b']);
    assert.deepEqual(
      branch.tokens.map(({ logprob }) => logprob),
      [-1, -2, -3, -4],
    );
  });

  it('tokens written as the vocabulary writes them, or as bytes', () => {
    const entries = [
      entry('▁the', -1),
      entry('<0x0A>', -2),
      entry('bytes:\\xc3', -3),
      entry('bytes:\\xa9', -4),
    ];
    const branch = read([completion({ text: ' the\né', entries })]);
    assert.deepEqual(pieces(branch), [' the', '\n', '', 'é']);
    assert.ok(branch.tokens.every(({ logprob }) => logprob !== null));
  });

  it('a byte order mark is text', () => {
    const branch = read([
      completion({ text: '\uFEFFa', entries: [entry('\uFEFFa', -1, [], bytesOf('\uFEFFa'))] }),
    ]);
    assert.deepEqual(pieces(branch), ['\uFEFFa']);
    assert.equal(branch.tokens[0]?.logprob, -1);
  });

  it('line ends are LF, wherever they are cut', () => {
    const entries = [entry('a\r', -1), entry('\nb', -2), entry('\r\n', -3), entry('c', -4)];
    for (const parts of [
      entries.map((one) => completion({ text: String(one['token']), entries: [one] })),
      [completion({ text: 'a\r\nb\r\nc', entries })],
    ]) {
      const branch = read(parts);
      assert.equal(branch.text, 'a\nb\nc');
      assert.deepEqual(pieces(branch), ['a\n', 'b', '\n', 'c']);
      assert.ok(branch.tokens.every(({ logprob }) => logprob !== null));
    }
  });
});
