import assert from 'node:assert/strict';
import type { Reading } from '../../../src/core/model/certainty';
import { marksOf } from '../../../src/host/confidence/marks';

const TEXT = 'It rained. \n\n"Yes," she said.';

/** What the marks of one token cover. */
function marked(word: string, reading: Reading): string[] {
  const start = TEXT.indexOf(word);
  const token = { start, end: start + word.length, logprob: -0.001, alternatives: [], tail: null };
  const shown = { ...token, node: 'n', index: 0, token, by: 'writing' } as const;
  const found: string[] = [];
  marksOf({ shown, reading }, TEXT, (mark, span) =>
    found.push(`${mark}: ${TEXT.slice(span.start, span.end)}`),
  );
  return found;
}

describe('marks in the editor', () => {
  it('cover the word and not the space around it', () => {
    assert.deepEqual(marked(' rained', { step: 'sure', certainty: null }), ['sure: rained']);
    assert.deepEqual(marked('. \n\n', { step: 'low', certainty: null }), ['low: .']);
  });
  it('are a colour and a frame where it is stuck, a pale colour where it is given', () => {
    const stuck = { step: 'surest', certainty: 'stuck' } as const;
    assert.deepEqual(marked(' she', stuck), ['surest: she', 'stuck: she']);
    assert.deepEqual(marked(' she', { ...stuck, certainty: 'given' }), ['surest-given: she']);
  });
  it('are none on plain tokens and on line breaks', () => {
    assert.deepEqual(marked(' she', { step: 'plain', certainty: null }), []);
    assert.deepEqual(marked('\n\n', { step: 'surest', certainty: 'stuck' }), []);
  });
});
