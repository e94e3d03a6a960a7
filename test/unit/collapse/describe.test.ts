import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { CODES } from '../../../src/core/collapse/codes';
import { describe as describeFlag } from '../../../src/core/collapse/describe';
import type { Evidence, FlagCode } from '../../../src/core/collapse/flag';

function say<C extends FlagCode>(code: C, evidence: Evidence[C]): string {
  return describeFlag({ code, evidence, start: 0, end: 1, severity: 'note', score: 1 });
}

describe('messages of flags', () => {
  it('put the evidence in words', () => {
    assert.equal(
      say('forced-rhyme', {
        scheme: [1, 2, 1, 2, 3],
        pairs: [
          [0, 2],
          [1, 3],
        ],
      }),
      'Rhymes although nothing asked for it: scheme ABAB· (lines 1–3, 2–4).',
    );
    assert.equal(
      say('canned-phrase', { phrase: 'Elara', ratio: 193.2, kind: 'phrase' }),
      '“Elara”: about 193 times as frequent in tuned models’ fiction as in people’s.',
    );
    assert.equal(
      say('canned-phrase', { phrase: 'old mill', ratio: 0, kind: 'list', list: 'mine.txt' }),
      '“old mill” is on your list mine.txt.',
    );
    assert.equal(
      say('stuck-run', { tokens: 6, entropy: 5 }),
      'Sure of 6 tokens in a row where people choose among about 32 words.',
    );
    assert.equal(
      say('echo', { share: 0.426, skeleton: false }),
      'Repeats the passage word for word (43 % of the text).',
    );
    assert.equal(
      say('one-mode', { siblings: 5, alike: 4, label: 'she leaves', effectiveNumber: 1.65 }),
      '4 of 5 branches say much the same: “she leaves”. About 1.6 ideas in all.',
    );
    assert.equal(say('derailed', { reason: 'loop' }), 'Says the same words over and over.');
  });

  it('shorten long quotations on a character and keep to one line', () => {
    const message = say('moralising', { sentence: `a\nb ${'🙂'.repeat(200)}` });
    assert.ok(message.includes('“a b 🙂'));
    assert.ok(!/[\ud800-\udfff]/u.test(message) && message.length < 260);
  });

  it('go through the translation, which gets the slots', () => {
    const seen: [string, unknown][] = [];
    const flag = {
      code: 'early-exit',
      evidence: { marker: '***', words: 7 },
      start: 0,
      end: 1,
      severity: 'note',
      score: 1,
    } as const;
    const text = describeFlag(flag, (message, args) => {
      seen.push([message, args]);
      return 'übersetzt';
    });
    assert.equal(text, 'übersetzt');
    assert.deepEqual(seen, [
      ['Leaves the scene after {words} words with “{marker}”.', { marker: '***', words: 7 }],
    ]);
  });

  it('do not fill slots inside the writer’s words', () => {
    assert.equal(
      say('early-exit', { marker: '{words}', words: 3 }),
      'Leaves the scene after 3 words with “{words}”.',
    );
  });
});

describe('codes', () => {
  it('are all explained in the docs, each in a row of its own', () => {
    const docs = readFileSync(new URL('../../../docs/collapse.md', import.meta.url), 'utf8');
    const rows = [...docs.matchAll(/^\| <a id="([a-z-]+)"><\/a>`\1` +\|/gmu)].map(
      ([, code]) => code,
    );
    assert.deepEqual(rows.sort(), Object.keys(CODES).sort());
  });
});
