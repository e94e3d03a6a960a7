import assert from 'node:assert/strict';
import { VariorumError } from '../../../src/core/model/error';
import { Tokenizer } from '../../../src/core/model/sketch/tokenizer';
import type { Run } from '../../../src/core/model/token';
import { never, prose, sketch } from './helpers';

async function runsOf(stream: AsyncIterable<Run>): Promise<Run[]> {
  const runs: Run[] = [];
  for await (const run of stream) {
    runs.push(run);
  }
  return runs;
}

describe('Sketch: scoring', () => {
  it('tiles the text with probabilities, from the first token on', async () => {
    const text = `${prose(200, 3)}\n\n  Ünknown wörds 漢字 \ud83d zzyzx 👩‍👩‍👧.`;
    const runs = await runsOf(sketch().score(text, never()));
    assert.ok(runs.length > 2, 'in windows');
    let at = 0;
    for (const token of runs.flatMap(({ tokens }) => tokens)) {
      assert.equal(token.start, at);
      at = token.end;
      assert.ok(token.logprob !== null && token.logprob < 0 && Number.isFinite(token.logprob));
      assert.equal(token.alternatives.length, 5);
      const emitted = text.slice(token.start, token.end);
      const listed = token.alternatives.some((other) => other.text === emitted);
      const sum = token.alternatives.reduce(
        (total, { logprob }) => total + Math.exp(logprob),
        listed ? 0 : Math.exp(token.logprob),
      );
      assert.ok(Math.abs(sum + (token.tail ?? NaN) - 1) < 1e-9);
    }
    assert.equal(at, text.length);
    assert.deepEqual(await runsOf(sketch().score('', never())), []);
  });

  it('finds its own sample likelier than new text, and new text than shuffled text', async () => {
    const sample = prose(300);
    const model = sketch(sample);
    const mean = async (text: string) => {
      const tokens = (await runsOf(model.score(text, never(), { alternatives: 0 }))).flatMap(
        (run) => run.tokens,
      );
      return tokens.reduce((sum, { logprob }) => sum + (logprob ?? NaN), 0) / tokens.length;
    };
    const tokens = new Tokenizer().tokens(prose(40));
    const shuffled = tokens.map((_, i) => tokens[(i * 37) % tokens.length] ?? '').join('');
    const own = await mean(sample.slice(0, 2000));
    const fresh = await mean(prose(40, 77));
    const salad = await mean(shuffled);
    assert.ok(own > fresh && fresh > salad + 1, `${own} ${fresh} ${salad}`);
  });

  it('stops between windows when it is told to', async () => {
    const abort = new AbortController();
    let runs = 0;
    for await (const run of sketch().score(prose(600), abort.signal)) {
      runs += 1;
      assert.ok(run.tokens.length > 0);
      abort.abort();
    }
    assert.equal(runs, 1);
  });

  it('tells open places from closed ones', async () => {
    const model = sketch();
    assert.throws(() => model.openness('The'), VariorumError);
    await model.load();
    const closed = model.openness('Her brother crossed the north', ' field');
    const open = model.openness('Her brother crossed the', ' river');
    assert.ok(closed.entropy < open.entropy, `${closed.entropy} ${open.entropy}`);
    assert.equal(closed.rank, 1);
    assert.ok((open.rank ?? 0) <= 10);
    assert.ok((model.openness('Her brother crossed the', ' zebra').rank ?? 0) > 10);
    assert.equal(model.openness('').rank, null);
    assert.ok(model.openness('').entropy > 0);
  });
});

describe('Sketch: the human side of a comparison', () => {
  it('scores a span as it scores the whole text', async () => {
    const model = sketch();
    const text = prose(200, 3);
    const whole = (await runsOf(model.score(text, never(), { alternatives: 0 }))).flatMap(
      (run) => run.tokens,
    );
    for (const span of [
      { start: 0, end: 30 },
      { start: 5001, end: 5090 },
      { start: text.length - 7, end: text.length },
    ]) {
      const expected = whole.filter(({ start, end }) => end > span.start && start < span.end);
      assert.deepEqual(model.humanTokens(text, span), expected);
    }
    assert.deepEqual(model.humanTokens(text, { start: 9, end: 9 }), []);
    assert.deepEqual(model.humanTokens('', { start: 0, end: 0 }), []);
  });
});
