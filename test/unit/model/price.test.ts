import assert from 'node:assert/strict';
import { costOf, estimateBatch, priceIn, type Priced } from '../../../src/core/model/price';
import { DEFAULT_OPTIONS } from '../../../src/core/model/options';

const TABLE = {
  'gpt-*': { input: 1, output: 2 },
  'gpt-4o*': { input: 3, output: 4 },
  'https://host/v1#*': { input: 5, output: 6 },
  'a.b': { input: 7, output: 8 },
};

/** Sends so many characters, `together` branches a request. */
function model(characters: number, together: number, price?: Priced['price']): Priced {
  const parts = [{ role: 'text', text: 'x'.repeat(characters) }] as const;
  return { price, prompt: () => ({ strategy: 'raw', parts, parameters: { n: together } }) };
}

describe('prices', () => {
  it('are those of the pattern that says most, whatever the case', () => {
    assert.deepEqual(priceIn(TABLE, ['gpt-3']), TABLE['gpt-*']);
    assert.deepEqual(priceIn(TABLE, ['GPT-4o-mini']), TABLE['gpt-4o*']);
    assert.deepEqual(priceIn(TABLE, ['m', 'https://host/v1#m']), TABLE['https://host/v1#*']);
    assert.equal(priceIn(TABLE, ['aXb']), undefined);
    assert.equal(priceIn(TABLE, ['my-gpt-4o']), undefined);
    assert.equal(priceIn({}, ['gpt-4o']), undefined);
  });

  it('are dollars for a million tokens', () => {
    const usage = { promptTokens: 1_000_000, completionTokens: 500_000 };
    assert.equal(costOf({ input: 3, output: 4 }, usage), 5);
  });

  it('a batch sends its prompt once a request and writes at most its bound a branch', () => {
    const options = { ...DEFAULT_OPTIONS, n: 5, maxTokens: 100 };
    const passage = { before: '', after: '' };
    const price = { input: 10_000, output: 1_000 };
    assert.deepEqual(estimateBatch([model(400, 5, price)], passage, options), {
      tokens: { promptTokens: 100, completionTokens: 500 },
      dollars: 1.5,
    });
    assert.equal(estimateBatch([model(400, 1)], passage, options).tokens.promptTokens, 500);
    assert.equal(estimateBatch([model(400, 1)], passage, options).dollars, undefined);
    // Three branches for the first, two for the second, whose price nobody knows.
    const both = estimateBatch([model(400, 5, price), model(40, 1)], passage, options);
    assert.deepEqual(both.tokens, { promptTokens: 120, completionTokens: 500 });
    assert.equal(both.dollars, 1.3);
  });
});
