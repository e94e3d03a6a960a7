import assert from 'node:assert/strict';
import { readEcho, readPromptLogprobs } from '../../../src/core/model/openai/promptAnswer';
import { gap, windowAt, WindowJoiner, within, wordEnd } from '../../../src/core/model/windows';
import type { Token } from '../../../src/core/model/token';
import { Random } from '../attachment/random';

const PIECES = [
  'the',
  ' sea',
  '\n\n',
  'é',
  'e\u0301',
  '😀',
  '👩‍👩‍👧',
  '\ufeff',
  '海',
  ' ',
  '.',
  '👍🏽',
  '\u200d',
  'naïve',
];
const FLOORS = [null, -9999, -1000, -3.4028234663852886e38, 1, NaN, 'x', -0.5, -12, 0];
const NAMES = ['', '\uFFFD', '<s>', 'nowhere', '▁the', 'Ġsea', 'bytes:\\xf0\\x9f'];

/** No place inside a character of two units. */
const whole = (text: string, at: number) =>
  /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(at - 1, at + 1)) ? at - 1 : at;

function assertTiles(tokens: readonly Token[], text: string): void {
  let at = 0;
  for (const { start, end, logprob, missing, tail } of tokens) {
    assert.equal(start, at);
    assert.ok(end >= start);
    assert.equal(logprob === null, missing !== undefined);
    assert.ok(logprob === null || (logprob <= 0 && logprob > -999), `${logprob}`);
    assert.ok(tail === null || (tail >= 0 && tail <= 1), `${tail}`);
    at = end;
  }
  assert.equal(at, text.length);
}

describe('answers about text, of any shape', () => {
  const pieces = (random: Random) =>
    Array.from({ length: 1 + random.below(12) }, () => random.pick(PIECES));
  /** Mostly the pieces of the text, some of them cut, lost, doubled, empty or strange. */
  const entriesOf = (random: Random, own: readonly string[]) =>
    own.flatMap((piece) => {
      const kind = random.below(12);
      const cut = random.below(piece.length + 1);
      return kind === 0
        ? []
        : kind === 1
          ? [piece, piece]
          : kind === 2
            ? [random.pick(NAMES)]
            : kind === 3
              ? [piece.slice(0, cut), piece.slice(cut)]
              : [piece];
    });

  it('echo: the tokens cover exactly the text, and no stand-in is a probability', () => {
    let runs = 0;
    for (let seed = 0; seed < 4000; seed++) {
      const random = new Random(seed);
      const own = pieces(random);
      const text = own.join('');
      const tokens = entriesOf(random, own);
      const logprobs = {
        tokens,
        token_logprobs: tokens.map((_, i) => (i === 0 ? null : random.pick(FLOORS))),
        top_logprobs: tokens.map((token) => {
          const listed = random.chance(0.5) ? { [token]: -0.5 } : {};
          // The chosen token absent from its own list; one entry more than was asked for.
          return random.pick([
            null,
            {},
            { a: -1, b: -2, ...listed },
            { a: -9999 },
            [{ token: 'a', logprob: -1 }],
          ]);
        }),
        text_offset: tokens.map(() => -1),
      };
      const answer = {
        choices: [{ index: 0, text: text + (random.chance(0.3) ? ' more' : ''), logprobs }],
      };
      const read = readEcho(answer, text);
      if ('run' in read) {
        runs += 1;
        assertTiles(read.run.tokens, text);
      }
    }
    assert.ok(runs > 3000, `${runs}`);
  });

  it('prompt_logprobs: the same, and a token it cannot tell is never guessed', () => {
    let runs = 0;
    for (let seed = 0; seed < 4000; seed++) {
      const random = new Random(seed);
      const own = pieces(random);
      const text = own.join('');
      const named = entriesOf(random, own);
      const hasIds = random.chance(0.7);
      const lists = named.map((token, i) => {
        const item = (name: string) => ({ logprob: random.pick(FLOORS), decoded_token: name });
        return i === 0
          ? null
          : { [`${i}`]: item(token), ...(random.chance(0.5) ? { 9999: item('other') } : {}) };
      });
      const choice = {
        text: ' more',
        prompt_logprobs: lists,
        ...(hasIds ? { prompt_token_ids: named.map((_, i) => i) } : {}),
      };
      const read = readPromptLogprobs({ choices: [choice] }, text);
      if ('run' in read) {
        runs += 1;
        assertTiles(read.run.tokens, text);
      } else if (hasIds && named.length > 0) {
        assert.fail(`${seed}: nothing was read`);
      }
    }
    assert.ok(runs > 2000, `${runs}`);
  });

  it('no JSON whatever makes it throw', () => {
    const junk = [
      null,
      1,
      'x',
      [],
      {},
      { choices: 1 },
      { choices: [null] },
      { choices: [{ text: 'ab', logprobs: { tokens: [1, {}], token_logprobs: 'x' } }] },
      { choices: [{ prompt_logprobs: [1, [], { x: null }] }] },
      { prompt: [{ text: 'ab', logprobs: { content: [1] } }] },
    ];
    for (const value of junk) {
      readEcho(value, 'ab');
      readPromptLogprobs(value, 'ab');
    }
  });
});

describe('windows over a text', () => {
  it('their tokens, however each is cut, join to cover exactly the span', () => {
    for (let seed = 0; seed < 1500; seed++) {
      const random = new Random(seed);
      const text = Array.from({ length: 20 + random.below(200) }, () => random.pick(PIECES)).join(
        '',
      );
      const start = whole(text, random.below(text.length));
      const end = wordEnd(
        text,
        whole(text, Math.min(text.length, start + 2 + random.below(text.length))),
      );
      const sizes = { size: 20 + random.below(200), context: 0 };
      sizes.context = random.below(sizes.size - 2);
      const joiner = new WindowJoiner(start);
      const all: Token[] = [];
      let steps = 0;
      while (joiner.end < end && steps++ < 5000) {
        const from = joiner.end;
        const window = windowAt(text, from, end, sizes);
        assert.ok(
          window.start <= from && window.end > from && window.end <= end,
          JSON.stringify({ seed, from, end, window, sizes }),
        );
        assert.ok(
          !/^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(window.start - 1, window.start + 1)),
        );
        const tokens: Token[] = [];
        for (let at = window.start; at < window.end;) {
          const to = whole(text, Math.min(window.end, at + 2 + random.below(6)));
          tokens.push(gap(at, to));
          at = to;
        }
        all.push(...joiner.add(tokens));
      }
      all.push(...joiner.rest());
      const run = { semantics: 'raw', bytes: 'none', tokens: all } as const;
      const { tokens: found } = within(run, { start, end });
      assert.ok((found[0]?.start ?? Infinity) <= start);
      assert.equal(found.at(-1)?.end, end);
      found.forEach(
        (token, i) => i === 0 || assert.equal(token.start, found[i - 1]?.end, `${seed}`),
      );
    }
  });
});
