import assert from 'node:assert/strict';
import { straightened, Typesetter, typographyOf } from '../../../src/core/model/sketch/typography';
import { gather, never, options, prose, sketch } from './helpers';

const CURLY = { doubles: 'curly', singles: 'curly' } as const;
const STRAIGHT = { doubles: 'straight', singles: 'straight' } as const;
const set = (before: string, text: string, typography = CURLY as Parameters<typeof typed>[0]) =>
  typed(typography, before, text);
function typed(
  typography: ConstructorParameters<typeof Typesetter>[0],
  before: string,
  text: string,
): string {
  return new Typesetter(typography, before).set(text);
}

describe('Sketch: typography', () => {
  it('is that of the draft, from the first mark on', () => {
    assert.deepEqual(typographyOf(''), STRAIGHT);
    assert.deepEqual(typographyOf('No marks.'), STRAIGHT);
    assert.deepEqual(typographyOf('She didn’t.'), CURLY);
    assert.deepEqual(typographyOf('“No,” he said.'), CURLY);
    assert.deepEqual(typographyOf("“No,” he didn't say."), {
      doubles: 'curly',
      singles: 'straight',
    });
    assert.deepEqual(typographyOf('None.', 'After: “yes”.'), CURLY);
    assert.deepEqual(typographyOf(`${'“No.” '.repeat(2000)}${'"Yes." '.repeat(2000)}`), STRAIGHT);
  });

  it('sets quotes by what is open, and apostrophes by what stands around them', () => {
    for (const [before, text, expected] of [
      ['He said,', ' "No," and "yes--"', ' “No,” and “yes--”'],
      ['He said, “No', '," he said', ',” he said'],
      ['He said, "No', '," he said', ',” he said'],
      ['“One.\n\n', '"Two."', '“Two.”'],
      ['', '"I don\'t."\n"\'Tis."', '“I don’t.”\n“’Tis.”'],
      ['', "the boys' dog's 'cause", 'the boys’ dog’s ’cause'],
      ['don', "'t", '’t'],
    ] as const) {
      const got = set(before, text);
      assert.equal(got, expected);
      assert.equal(straightened(got), text);
      assert.equal(set(before, text, STRAIGHT), text);
    }
  });

  it('makes no difference to what is written but the marks, and tokens stay exact', async () => {
    const straight = `${prose(60)} "I don't know," she said. Nobody didn't`;
    const curly = straight
      .replace(/"(?=\p{L})/gu, '“')
      .replaceAll('"', '”')
      .replaceAll("'", '’');
    const made = options({ n: 6, maxTokens: 80 });
    const write = (before: string) =>
      gather(sketch(prose(300)).continue({ before, after: '' }, made, never()));
    const one = await write(straight);
    const other = await write(curly);
    assert.deepEqual(other.texts.map(straightened), one.texts);
    assert.match(other.texts.join(' '), /“/u);
    assert.doesNotMatch(other.texts.join(' '), /["']/u);
    assert.doesNotMatch(one.texts.join(' '), /[“”‘’]/u);
    other.tokens.forEach((tokens, branch) => {
      const text = other.texts[branch] ?? '';
      assert.equal(tokens.at(-1)?.end, text.length);
      tokens.forEach((token, i) => {
        const twin = one.tokens[branch]?.[i];
        assert.deepEqual(
          [token.start, token.end, token.logprob],
          [twin?.start, twin?.end, twin?.logprob],
        );
        assert.ok(token.alternatives.every((option) => !/["']/u.test(option.text)));
      });
    });
  });

  it('scores curly text as the same with straight marks, with alternatives like the text', async () => {
    const straight = `${prose(40)} "I don't know," she said.`;
    const curly = straight
      .replace(/"(?=\p{L})/gu, '“')
      .replaceAll('"', '”')
      .replaceAll("'", '’');
    const model = sketch();
    const score = async (text: string) => {
      const tokens = [];
      for await (const run of model.score(text, never())) {
        tokens.push(...run.tokens);
      }
      return tokens;
    };
    const [a, b] = [await score(straight), await score(curly)];
    assert.deepEqual(
      a.map(({ logprob, start }) => [start, logprob]),
      b.map(({ logprob, start }) => [start, logprob]),
    );
    assert.ok(b.every(({ alternatives }) => alternatives.every(({ text }) => !/["']/u.test(text))));
    assert.deepEqual(
      model.openness('She said, “I don', '’t'),
      model.openness('She said, "I don', "'t"),
    );
  });
});
