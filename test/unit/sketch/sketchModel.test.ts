import assert from 'node:assert/strict';
import { QuoteState } from '../../../src/core/model/sketch/quotes';
import { Tokenizer } from '../../../src/core/model/sketch/tokenizer';
import { ManualClock } from '../../fixtures/manualClock';
import { gather, never, options, prose, rejection, sketch } from './helpers';

const DRAFT = `${prose(40, 9)}\n\nThe keeper`;
const passage = (before = DRAFT, after = '') => ({ before, after });

describe('Sketch: continuing', () => {
  it('streams branches whose tokens tile their text and whose masses sum to 1', async () => {
    const { chunks, texts, tokens } = await gather(
      sketch().continue(passage(), options(), never()),
    );
    assert.equal(texts.length, 3);
    for (const [branch, text] of texts.entries()) {
      let at = 0;
      for (const token of tokens[branch] ?? []) {
        assert.equal(token.start, at);
        at = token.end;
        const emitted = text.slice(token.start, token.end);
        assert.ok(emitted !== '' && token.logprob !== null && token.logprob <= 0);
        assert.equal(token.alternatives.length, 5);
        const masses = token.alternatives.map(({ logprob }) => Math.exp(logprob));
        assert.deepEqual(
          masses,
          [...masses].sort((a, b) => b - a),
        );
        const listed = token.alternatives.some((other) => other.text === emitted);
        const sum = masses.reduce((a, b) => a + b, listed ? 0 : Math.exp(token.logprob));
        assert.ok(Math.abs(sum + (token.tail ?? NaN) - 1) < 1e-9, `${sum} + ${token.tail}`);
      }
      assert.equal(at, text.length);
      const ends = chunks.filter((chunk) => chunk.branch === branch && chunk.kind === 'end');
      assert.equal(ends.length, 1);
      const [end] = ends;
      assert.ok(end?.kind === 'end' && end.usage?.completionTokens === tokens[branch]?.length);
      assert.ok((end.usage?.promptTokens ?? 0) > 100);
    }
  });

  it('takes turns, so that all branches grow side by side', async () => {
    const { chunks } = await gather(
      sketch().continue(passage(), options({ n: 5, maxTokens: 60 }), never()),
    );
    const first = chunks.slice(0, 5).map(({ branch }) => branch);
    assert.deepEqual(first, [0, 1, 2, 3, 4]);
    let longest = 0;
    let run = 0;
    chunks.forEach(({ branch, kind }, i) => {
      run = kind === 'delta' && chunks[i - 1]?.branch === branch ? run + 1 : 1;
      longest = Math.max(longest, chunks.some((c, j) => j > i && c.branch !== branch) ? run : 1);
    });
    assert.equal(longest, 1);
  });

  it('writes the same again for the same seed, and differently for others', async () => {
    const write = async (seed: number) =>
      (await gather(sketch().continue(passage(), options({ n: 5, seed }), never()))).texts;
    const once = await write(1);
    assert.deepEqual(await write(1), once);
    assert.notDeepEqual(await write(2), once);
    assert.equal(new Set(once).size, 5);
  });

  it('takes a seed from outside when it is given none', async () => {
    const { seed, ...unseeded } = options();
    assert.equal(seed, 7);
    const { texts } = await gather(sketch().continue(passage(), unseeded, never()));
    const same = options({ seed: 0.25 * 2 ** 32 });
    assert.deepEqual((await gather(sketch().continue(passage(), same, never()))).texts, texts);
  });

  it('writes the same whether the draft was read before in part or not', async () => {
    const whole = `${prose(60, 4)} `;
    const used = sketch();
    for (const part of [0.5, 0.9, 1]) {
      const before = whole.slice(0, Math.floor(whole.length * part));
      await gather(used.continue(passage(before, 'After.'), options(), never()));
    }
    const again = await gather(used.continue(passage(whole, 'After.'), options(), never()));
    const fresh = await gather(sketch().continue(passage(whole, 'After.'), options(), never()));
    assert.deepEqual(again.texts, fresh.texts);
    assert.deepEqual(again.tokens, fresh.tokens);
  });

  it('learns the draft: its own words come back', async () => {
    const before = 'Ozias oiled the orrery while Petronel polished the astrolabe. '.repeat(12);
    const { texts } = await gather(
      sketch().continue(passage(before), options({ n: 8, maxTokens: 60 }), never()),
    );
    assert.match(texts.join(' '), /orrery|astrolabe|Petronel/u);
  });

  it('ends at the end of a sentence near the limit, else at the limit', async () => {
    const { chunks, texts, tokens } = await gather(
      sketch().continue(passage(), options({ n: 16, maxTokens: 40 }), never()),
    );
    let stops = 0;
    for (const chunk of chunks) {
      if (chunk.kind === 'end') {
        const count = tokens[chunk.branch]?.length ?? 0;
        assert.ok(count <= 40);
        if (chunk.finish === 'stop') {
          stops += 1;
          assert.match(texts[chunk.branch] ?? '', /[.!?…][”"]?$/u);
          assert.ok(count >= 32);
        } else {
          assert.equal(chunk.finish, 'length');
          assert.equal(count, 40);
        }
      }
    }
    assert.ok(stops > 5, `${stops}`);
  });

  it('finishes or follows the last word, never glues another onto it', async () => {
    const cases = [
      { before: `${prose(30)} The kee`, fits: /^per\b/u },
      { before: `${prose(30)} The keeper crossed the`, fits: /^(?: |[.,;!?])/u },
      { before: `${prose(30)} The keeper crossed the `, fits: /^[a-z]/u },
      { before: prose(30), fits: /^(?: [A-Z"]|\n\n[A-Z"])/u },
    ];
    for (const { before, fits } of cases) {
      const made = options({ n: 12, maxTokens: 3 });
      const { texts } = await gather(sketch().continue(passage(before), made, never()));
      texts.forEach((text) => assert.match(text, fits, JSON.stringify(before.slice(-20))));
    }
  });

  it('gives the rest of a word its probability among all that begin so', async () => {
    const { tokens, texts } = await gather(
      sketch().continue(passage('Then the kee'), options({ n: 1, temperature: 0 }), never()),
    );
    assert.ok(texts[0]?.startsWith('per'));
    const p = Math.exp(tokens[0]?.[0]?.logprob ?? -Infinity);
    assert.ok(p > 0.5 && p < 1, `${p}`);
  });

  it('reports the same probabilities whatever the sampling', async () => {
    const first = async (temperature: number, topP: number) => {
      const made = options({ n: 1, temperature, topP, maxTokens: 1 });
      const { tokens } = await gather(sketch().continue(passage('The river. '), made, never()));
      return tokens[0]?.[0]?.alternatives;
    };
    assert.deepEqual(await first(0.2, 0.5), await first(1.7, 1));
  });

  it('keeps quotes in pairs, and never writes four tokens twice in a branch', async () => {
    const made = options({ n: 6, maxTokens: 300, alternatives: 0 });
    const { texts } = await gather(sketch().continue(passage(), made, never()));
    for (const text of texts) {
      const tokens = new Tokenizer().tokens(text).slice(1);
      const grams = tokens.slice(3).map((_, i) => tokens.slice(i, i + 4).join(''));
      assert.equal(new Set(grams).size, grams.length);
      for (const paragraph of text.split('\n').slice(0, -1)) {
        assert.equal(paragraph.split('"').length % 2, 1, paragraph);
      }
    }
  });

  it('never takes six words in a row from the draft', async () => {
    // Every sentence of this draft occurs once, so order 5 alone would follow it to its end.
    const word = (i: number) => String(i).replace(/\d/gu, (d) => 'abcdefghij'.charAt(Number(d)));
    const words = Array.from({ length: 900 }, (_, i) => (i % 3 === 0 ? 'and' : `q${word(i)}`));
    const draft = words.join(' ');
    const made = options({ n: 4, maxTokens: 60, temperature: 0.3, alternatives: 0 });
    const before = `${draft}. and`;
    const { texts } = await gather(sketch().continue(passage(before), made, never()));
    let longest = 0;
    for (const text of texts) {
      const tokens = new Tokenizer().tokens(` and${text}`);
      for (let from = 0; from < tokens.length; from++) {
        for (let n = 1; from + n <= tokens.length; n++) {
          if (!draft.includes(tokens.slice(from, from + n).join(''))) {
            break;
          }
          longest = Math.max(longest, n);
        }
      }
    }
    assert.equal(longest, 5);
  });

  it('closes what is open before it stops', async () => {
    const before = `${prose(30)} Nobody (the keeper said "A boy`;
    const made = options({ n: 24, maxTokens: 25, alternatives: 0 });
    const { chunks, texts } = await gather(sketch().continue(passage(before), made, never()));
    for (const chunk of chunks) {
      if (chunk.kind === 'end' && chunk.finish === 'stop') {
        const text = `${before}${texts[chunk.branch] ?? ''}`;
        assert.equal(QuoteState.after(text).isOpen, false, text.slice(-150));
      }
    }
  });

  it('never writes or lists what is withheld, whatever the draft says, but scores it', async () => {
    const slur = 'reggin'.split('').reverse().join('');
    const before = `The ${slur} sat. The ${slur} stood. `.repeat(20);
    for (const text of [`${before}The`, `${before}The ${slur.slice(0, 3)}`]) {
      const made = options({ n: 6, alternatives: 8 });
      const { texts, tokens } = await gather(sketch().continue(passage(text), made, never()));
      const listed = tokens.flat().flatMap(({ alternatives }) => alternatives);
      assert.doesNotMatch(texts.join(' '), new RegExp(`${slur}\\b`, 'iu'));
      assert.ok(listed.every((other) => !other.text.includes(slur.slice(3))));
    }
    for await (const { tokens } of sketch().score(before, never())) {
      assert.ok(tokens.every(({ logprob }) => logprob !== null && Number.isFinite(logprob)));
    }
  });

  it('writes only what tokenises back to the same tokens', async () => {
    const made = options({ n: 6, maxTokens: 80, temperature: 1.5, alternatives: 0 });
    const { texts, tokens } = await gather(
      sketch().continue(passage(`${DRAFT} slept.`), made, never()),
    );
    texts.forEach((text, branch) => {
      const borders = tokens[branch]?.map(({ start, end }) => text.slice(start, end));
      assert.deepEqual(new Tokenizer().tokens(text), borders);
    });
  });

  it('refuses options out of range before anything else', async () => {
    const stream = sketch(null).continue(passage(), options({ n: 0 }), never());
    assert.equal((await rejection(stream.next())).detail.code, 'bad-request');
  });
});

describe('Sketch: stopping', () => {
  it('ends every running branch as cancelled, without throwing', async () => {
    const abort = new AbortController();
    const seen: string[] = [];
    const made = options({ n: 4, maxTokens: 5000 });
    for await (const chunk of sketch().continue(passage(), made, abort.signal)) {
      seen.push(chunk.kind === 'end' ? `${chunk.branch} ${chunk.finish}` : chunk.kind);
      if (seen.length === 20) {
        abort.abort();
      }
    }
    assert.deepEqual(
      seen.slice(20),
      [0, 1, 2, 3].map((branch) => `${branch} cancelled`),
    );
  });

  it('stops while it is still reading a long draft', async () => {
    const abort = new AbortController();
    const clock = new ManualClock();
    let pauses = 0;
    const pausing = {
      now: () => clock.now(),
      sleep: () => {
        pauses += 1;
        abort.abort();
        return clock.sleep(0);
      },
    };
    const model = sketch(prose(300), Object.assign(new ManualClock(), pausing));
    const stream = model.continue(passage(prose(3000)), options({ n: 2 }), abort.signal);
    const { chunks } = await gather(stream);
    assert.deepEqual(chunks, [
      { branch: 0, kind: 'end', finish: 'cancelled' },
      { branch: 1, kind: 'end', finish: 'cancelled' },
    ]);
    assert.equal(pauses, 1);
    // What was read half is not used: the next request is as good as new.
    const again = await gather(model.continue(passage(DRAFT), options(), never()));
    const fresh = await gather(sketch().continue(passage(DRAFT), options(), never()));
    assert.deepEqual(again.texts, fresh.texts);
  });

  it('gives way to other work while it writes', async () => {
    let pauses = 0;
    const clock = Object.assign(new ManualClock(), {
      sleep: () => {
        pauses += 1;
        return Promise.resolve();
      },
    });
    const made = options({ n: 4, maxTokens: 200, alternatives: 0 });
    await gather(sketch(prose(300), clock).continue(passage('It was'), made, never()));
    assert.ok(pauses >= 8, `${pauses}`);
  });
});
