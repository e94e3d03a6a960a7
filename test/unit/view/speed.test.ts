import assert from 'node:assert/strict';
import { numbersIn } from '../../../src/view/model/numbers';
import { finalSpeed, LiveSpeed } from '../../../src/view/model/speed';
import { branch, token } from '../../view/page/samples';

describe('view: speed and cost', () => {
  const tokens = Array.from({ length: 10 }, () => token('x', 0.5));

  it('counts tokens as the server did, else as they came', () => {
    assert.equal(finalSpeed(branch(0, { tokens, seconds: 2 })), 5);
    const usage = { completionTokens: 30 };
    assert.equal(finalSpeed(branch(0, { tokens, seconds: 2, usage })), 15);
  });

  it('says nothing without a time or without tokens', () => {
    assert.equal(finalSpeed(branch(0, { tokens })), null);
    assert.equal(finalSpeed(branch(0, { tokens, seconds: 0 })), null);
    assert.equal(finalSpeed(branch(0, { tokens: [], seconds: 1 })), null);
  });

  it('estimates from the first tokens seen, not from the waiting before them', () => {
    const live = new LiveSpeed();
    assert.equal(live.at(0, 0), null);
    assert.equal(live.at(4, 5000), null);
    assert.equal(live.at(24, 6000), 20);
  });

  it('begins anew when a branch does', () => {
    const live = new LiveSpeed();
    live.at(50, 0);
    live.at(100, 1000);
    assert.equal(live.at(1, 2000), null);
    assert.equal(live.at(11, 3000), 10);
  });

  it('words rates and money the way the language does', () => {
    const english = numbersIn('en');
    assert.deepEqual(
      [3.14, 42.4].map((rate) => english.rate(rate)),
      ['3.1', '42'],
    );
    assert.deepEqual(
      [0.000_424, 0.12, 12.345].map((cost) => english.dollars(cost)),
      ['$0.00042', '$0.12', '$12.35'],
    );
    assert.equal(numbersIn('de').rate(3.14), '3,1');
  });
});
