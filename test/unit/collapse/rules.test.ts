import assert from 'node:assert/strict';
import { AllowList } from '../../../src/core/collapse/allowList';
import { withoutReasoning } from '../../../src/core/collapse/reasoning';
import { phraseOf, underRules, type Rules } from '../../../src/core/collapse/rules';
import { CANNED, check } from './textHelpers';

const NO_RULES: Rules = { severities: {}, lists: [], allow: new AllowList({}) };
const lesson = `${CANNED} She learned that true strength lies in the healing power of love.`;
const { flags } = check({ text: lesson });

function codesUnder(rules: Partial<Rules>): string[] {
  return underRules(flags, { ...NO_RULES, ...rules }).map(({ code }) => code);
}

describe('The writer’s rules', () => {
  it('leave everything as it is when there are none', () => {
    assert.deepEqual(underRules(flags, NO_RULES), flags);
    assert.ok(codesUnder({}).includes('moralising') && codesUnder({}).includes('canned-phrase'));
  });

  it('turn a code off, or make it as severe as they say', () => {
    assert.ok(!codesUnder({ severities: { moralising: 'off' } }).includes('moralising'));
    const severe = underRules(flags, { ...NO_RULES, severities: { 'canned-phrase': 'error' } });
    assert.deepEqual(
      [...new Set(severe.filter(({ code }) => code === 'canned-phrase').map((f) => f.severity))],
      ['error'],
    );
  });

  it('allow the words of a finding, whatever their typography', () => {
    const moral = flags.find(({ code }) => code === 'moralising');
    const words = moral && phraseOf(moral);
    assert.ok(words);
    const allow = new AllowList({ here: [words.toUpperCase()] });
    assert.ok(!codesUnder({ allow }).includes('moralising'));
    assert.ok(codesUnder({ allow }).includes('canned-phrase'));
  });
});

describe('Reasoning', () => {
  const text = '<think>\nThey want a poem, so roses… 😀\n</think>\nThe rain fell.';

  it('is blanked out, and what follows stays where it is', () => {
    const bare = withoutReasoning(text);
    assert.equal(bare.length, text.length);
    assert.equal(bare.trim(), 'The rain fell.');
    assert.equal(bare.indexOf('The rain'), text.indexOf('The rain'));
  });

  it('is blanked out when it never ends, and when there is more of it', () => {
    assert.equal(withoutReasoning('<think>and so on').trim(), '');
    assert.equal(
      withoutReasoning(`${text}\n<reasoning>x</reasoning>!`)
        .trim()
        .split(/\s{2,}/).length,
      2,
    );
  });

  it('leaves a story about a tag alone', () => {
    const story = 'He typed "<think>" and laughed.\nThen he typed </think>.';
    assert.equal(withoutReasoning(story), story);
  });
});
