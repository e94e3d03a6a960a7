import assert from 'node:assert/strict';
import { VariorumError } from '../../../src/core/model/error';
import { gather, never, options, prose, rejection, sketch, trained } from './helpers';

const DRAFT = `${prose(40, 9)}\n\nThe keeper`;
const passage = (before = DRAFT, after = '') => ({ before, after });

describe('Sketch: its model file', () => {
  const whole = trained(prose(50));
  const damaged = (change: (bytes: Uint8Array) => void) => {
    const bytes = whole.slice();
    change(bytes);
    return bytes;
  };

  it('is not needed when there is a draft, and its absence is said', async () => {
    const model = sketch(null);
    assert.equal(model.notice(), null);
    const { texts } = await gather(model.continue(passage(), options(), never()));
    assert.ok(texts.every((text) => text.length > 10));
    assert.match(model.notice() ?? '', /could not be read.*open draft alone.*Reinstall/u);
  });

  it('fails clearly when it is missing or damaged and there is no draft to speak of either', async () => {
    const cases: [Uint8Array | null, string, RegExp][] = [
      [null, 'asset-missing', /could not be read/u],
      [new Uint8Array(0), 'asset-damaged', /empty/u],
      [
        new TextEncoder().encode('PK\u0003\u0004'.repeat(200)),
        'asset-damaged',
        /not a Sketch model/u,
      ],
      [whole.slice(0, 20), 'asset-damaged', /not a Sketch model/u],
      [whole.slice(0, -1), 'asset-damaged', /bytes of/u],
      [damaged((bytes) => bytes.set([9], 8)), 'asset-damaged', /version 9/u],
      [damaged((bytes) => bytes.set([(bytes[900] ?? 0) ^ 4], 900)), 'asset-damaged', /checksum/u],
      [damaged((bytes) => bytes.set([(bytes[28] ?? 0) ^ 1], 28)), 'asset-damaged', /checksum/u],
    ];
    for (const [bytes, code, message] of cases) {
      const model = sketch(bytes);
      const { detail } = await rejection(
        model.continue(passage('Once'), options(), never()).next(),
      );
      assert.equal(detail.code, code);
      assert.match(detail.message, message);
      assert.match(detail.action, /Reinstall/u);
      assert.equal((await rejection(model.score('Once', never()).next())).detail.code, code);
      assert.throws(() => model.openness('Once'), VariorumError);
    }
  });

  it('is read wherever it lies in memory', async () => {
    const shifted = new Uint8Array(whole.length + 1);
    shifted.set(whole, 1);
    const model = sketch(shifted.subarray(1));
    await model.load();
    assert.equal(model.notice(), null);
    const other = sketch(whole);
    await other.load();
    assert.deepEqual(model.openness('The old'), other.openness('The old'));
  });
});
