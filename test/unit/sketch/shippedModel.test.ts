import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { type SketchBase, readBase } from '../../../src/core/model/sketch/base';
import { Distribution } from '../../../src/core/model/sketch/distribution';
import { Draft } from '../../../src/core/model/sketch/draft';
import { Mixture } from '../../../src/core/model/sketch/mixture';
import { Tokenizer } from '../../../src/core/model/sketch/tokenizer';
import { ManualClock } from '../../fixtures/manualClock';
import { anyText, gather, never, options, prose, sketch } from './helpers';

const bytes = readFileSync(new URL('../../../media/sketch.bin', import.meta.url));
const sample = readFileSync(new URL('../../../media/sample/draft.md', import.meta.url), 'utf8');

/** Contexts of the sample, of words at random, and of anything at all. */
function contexts(base: SketchBase) {
  const word = fc.nat(base.vocabulary.size - 1).map((id) => base.vocabulary.text(id));
  return fc.oneof(
    fc.constant(''),
    fc.nat(sample.length).map((at) => sample.slice(Math.max(0, at - 80), at)),
    fc.array(word, { maxLength: 6 }).map((words) => words.join('')),
    anyText,
  );
}

describe('Sketch: the model that ships', () => {
  const base = readBase(bytes);
  let mixed: Mixture;

  before(async () => {
    const draft = new Draft(base);
    await draft.learn(sample, 0, true, new ManualClock(), never());
    const { model, spelled, vocabulary } = draft;
    mixed = new Mixture(base, { model, spelled, vocabulary, weight: draft.weights().draft });
  });

  function statesAfter(mixture: Mixture, text: string): number[] {
    const states = mixture.start();
    for (const token of new Tokenizer().tokens(text)) {
      mixture.advance(states, mixture.vocabulary.find(token));
    }
    return states;
  }

  it('fits its budget, and knows what it was trained on', async () => {
    assert.ok(bytes.length <= 6_000_000);
    const model = sketch(bytes);
    await model.load();
    assert.equal(model.notice(), null);
    assert.match(model.note, new RegExp(`on ${base.works} works`, 'u'));
  });

  it('gives the whole vocabulary and the unknown word 1 together, alone and with a draft', () => {
    for (const mixture of [new Mixture(base), mixed]) {
      fc.assert(
        fc.property(contexts(base), (text) => {
          const states = statesAfter(mixture, text);
          let sum = mixture.unknown(states);
          for (let token = 0; token < mixture.size; token++) {
            const p = mixture.probability(states, token);
            assert.ok(p > 0);
            sum += p;
          }
          assert.ok(Math.abs(sum - 1) < 1e-9, `${sum} after ${JSON.stringify(text)}`);
        }),
        { seed: 1, numRuns: 15 },
      );
    }
  });

  it('lists the true best without looking at all', () => {
    for (const mixture of [new Mixture(base), mixed]) {
      const distribution = new Distribution(mixture);
      const dense = new Float64Array(mixture.size);
      fc.assert(
        fc.property(contexts(base), (text) => {
          distribution.fill(statesAfter(mixture, text));
          distribution.spread(dense);
          const best = [...dense].sort((a, b) => b - a).slice(0, 20);
          distribution.top(20).forEach(({ token, probability }, i) => {
            assert.ok(Math.abs(probability - (best[i] ?? 0)) < 1e-12, `${i} ${probability}`);
            assert.ok(Math.abs(distribution.probability(token) - probability) < 1e-12);
          });
        }),
        { seed: 2, numRuns: 15 },
      );
    }
  });

  it('spells words that look like words more readily', () => {
    const { spelling } = base;
    assert.ok(spelling.logprob(' Ardleston') > spelling.logprob(' Xqzwtk') + 5);
    const p = Array.from('abcdefghijklmnopqrstuvwxyz', (l) => spelling.letterProbability(' q', l));
    assert.equal(p.indexOf(Math.max(...p)), 20, 'u after q');
  });

  it('finds prose likelier than the same words shuffled, and openness where it is', async () => {
    const model = sketch(bytes);
    const bits = async (text: string) => {
      let sum = 0;
      for await (const { tokens } of model.score(text, never(), { alternatives: 0 })) {
        sum -= tokens.reduce((total, { logprob }) => total + (logprob ?? NaN), 0) / Math.LN2;
      }
      return sum / text.length;
    };
    const tokens = new Tokenizer().tokens(sample);
    const shuffled = tokens.map((_, i) => tokens[(i * 101) % tokens.length] ?? '').join('');
    assert.ok((await bits(sample)) < 2.1);
    assert.ok((await bits(shuffled)) > (await bits(sample)) + 0.5);
    const closed = model.openness('She had never been able to make up her', ' mind');
    const open = model.openness('Then she saw the', ' dog');
    assert.ok(closed.rank === 1 && closed.entropy + 2 < open.entropy);
  });

  it('takes whatever it is given', async () => {
    const model = sketch(bytes);
    const made = options({ n: 2, maxTokens: 30 });
    const letters = 'abcdefghij'.repeat(400);
    const given = [
      '',
      ' ',
      '\n\n',
      letters,
      '漢字かな交じり文。'.repeat(40),
      '\u0000\u0007\u001b[0m\r\r\t',
    ];
    for (const before of [...given, `${prose(20)} \ud83d`, '((((“"\'', sample.repeat(400)]) {
      const { texts } = await gather(model.continue({ before, after: '' }, made, never()));
      assert.equal(texts.length, 2);
      assert.ok(texts.every((text) => text.trim().length > 10));
    }
  });

  it('scores and measures whatever it is given, and reads it as prose', async () => {
    const model = sketch(bytes);
    await model.load();
    const given = [
      '',
      ' \n\t\r\n',
      'abcdefghij'.repeat(2000),
      '漢字かな交じり文。สวัสดีชาวโลก မင်္ဂလာပါ',
      'مرحبا بالعالم — שלום עולם. Привет, мир! नमस्ते दुनिया',
      '\u0000\u0007\u001b[0m\r\r\ufeff\u200b\u202e',
      '\ud83d\ude00\ud83d \udc00 👩‍👩‍👧',
      '“‘’”'.repeat(50),
    ];
    await model.readProse([...given, 'x'.repeat(100_000)], never());
    for (const text of given) {
      let at = 0;
      for await (const { tokens } of model.score(text, never())) {
        for (const { start, end, logprob } of tokens) {
          assert.equal(start, at);
          assert.ok(logprob !== null && Number.isFinite(logprob) && logprob < 0);
          at = end;
        }
      }
      assert.equal(at, text.length);
      const places = Array.from({ length: 12 }, (_, i) => Math.floor((i * text.length) / 11));
      for (const { entropy, rank } of model.opennessOver(text, places)) {
        assert.ok(Number.isFinite(entropy) && entropy > 0 && (rank === null || rank >= 1));
      }
      assert.ok(Number.isFinite(model.openness(text).entropy));
      const span = { start: text.length >> 1, end: text.length };
      assert.ok(model.humanTokens(text, span).every(({ logprob }) => Number.isFinite(logprob)));
    }
  });

  it('takes ten megabytes of context', async () => {
    const before = sample.repeat(Math.ceil(10_000_000 / sample.length));
    const model = sketch(bytes);
    const made = options({ n: 1, maxTokens: 10 });
    const { texts } = await gather(model.continue({ before, after: before }, made, never()));
    assert.ok((texts[0] ?? '').length > 10);
    assert.ok(Number.isFinite(model.openness(before).entropy));
  });
});
