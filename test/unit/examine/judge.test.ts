import assert from 'node:assert/strict';
import { bytesQuality, compareLists, sameSeed, wayOn } from '../../../src/core/model/examine/judge';

const list = (...logprobs: number[]) =>
  logprobs.map((logprob, i) => ({ name: `t${i}`, logprob, id: undefined }));

describe('judging answers', () => {
  it('tells lists that are the same from lists that a temperature has changed', () => {
    const raw = list(-0.4939, -2.607, -2.717);
    assert.equal(compareLists(raw, list(-0.494, -2.6072, -2.7177)), 'same');
    assert.equal(compareLists(raw, list(-0.03, -4.2, -4.4)), 'changed');
    assert.equal(compareLists(raw, list(0)), 'changed');
    assert.equal(compareLists(raw, list(-0.4939)), undefined);
    assert.equal(compareLists(raw, []), undefined);
  });

  it('tells going on from answering', () => {
    const before = 'Once upon a time, there was a';
    for (const text of [
      ' little girl',
      'n old man',
      ' Russian count',
      ', or so they say',
      ' élan',
    ]) {
      assert.equal(wayOn(text, before), 'on', text);
    }
    for (const text of [
      'Once upon a time, there was a girl',
      'Sure! Here is a story',
      ' it seems your message was cut off',
      '\n\nA girl',
      ' girl<|im_end|>\n<|im_start|>assistant',
      ' girl\nUser: go on',
      '"A girl',
      '…girl',
    ]) {
      assert.equal(wayOn(text, before), 'answers', text);
    }
    assert.equal(wayOn('  \n', before), undefined);
  });

  it('believes that a seed works only where chance is out of the question', () => {
    const choice = (text: string, ...logprobs: number[]) => ({
      index: 0,
      text,
      entries: logprobs.map((logprob) => ({ token: 'x', logprob })),
    });
    assert.equal(sameSeed([choice('a'), choice('b')], [choice('a'), choice('b')]), 'same');
    assert.equal(sameSeed([choice('a'), choice('b')], [choice('a'), choice('c')]), 'other');
    assert.equal(sameSeed([choice('a')], [choice('a')]), 'unclear');
    assert.equal(sameSeed([choice('a', -0.1, -0.2)], [choice('a', -0.1, -0.2)]), 'unclear');
    assert.equal(sameSeed([choice('a', -2, -2)], [choice('a', -2, -2)]), 'same');
    assert.equal(sameSeed([choice('')], [choice('')]), 'unclear');
    assert.equal(sameSeed([choice('a')], []), 'unclear');
  });

  it('tells true bytes from those of a stand-in', () => {
    const sample = (text: string, ...entries: object[]) => [
      { index: 0, text, entries: entries as Record<string, unknown>[] },
    ];
    const a = { token: 'a', bytes: [97] };
    assert.equal(bytesQuality(sample('a', a)), undefined);
    assert.equal(bytesQuality(sample('a', { token: 'a' })), 'none');
    assert.equal(bytesQuality([]), undefined);
    assert.equal(bytesQuality(sample('é', { token: 'é', bytes: [195, 169] })), 'exact');
    const halves = [
      { token: '\uFFFD', bytes: [195] },
      { token: '\uFFFD', bytes: [169] },
    ];
    assert.equal(bytesQuality(sample('é', ...halves)), 'exact');
    assert.equal(bytesQuality(sample('é', { token: '\uFFFD', bytes: [239, 191, 189] })), 'lossy');
    // KoboldCpp leaves out what it cannot decode.
    assert.equal(bytesQuality(sample('aé', a, { token: '', bytes: [] })), undefined);
    assert.equal(bytesQuality(sample('éa', { token: 'x', bytes: [120] }, a)), 'lossy');
  });
});
