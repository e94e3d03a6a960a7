import assert from 'node:assert/strict';
import fc from 'fast-check';
import { addCounts, Count, countVoice, noVoiceCounts } from '../../../src/core/voice/voiceCounts';
import { FEATURES } from '../../../src/core/voice/voiceFeatures';

const of = (text: string, count: keyof typeof Count) => countVoice(text)[Count[count]];

/** What is said aloud of a text, by its words. */
function spoken(text: string): number | undefined {
  return of(text, 'spoken');
}

describe('Counts of a text', () => {
  it('are of sentences as they end, not of abbreviations or lines', () => {
    assert.equal(of('Mr. Smith came in.\nHe sat down! Why? Nobody knew…', 'sentences'), 4);
    assert.equal(of('“Go!” she said. It rained\nall day.', 'sentences'), 2);
    assert.equal(of('A heading\n\nA paragraph without an end', 'sentences'), 2);
    assert.equal(of('', 'sentences'), 0);
  });

  it('tell speech from narration, whatever the quotes', () => {
    assert.equal(spoken('“Come in,” she said, “and sit.”'), 4);
    assert.equal(spoken('"Come in," she said, "and sit."'), 4);
    assert.equal(spoken('‘Come in,’ she said. ‘It’s the dog’s.’'), 5);
    assert.equal(spoken("'Come in,' she said. It was Tom's dog, the boys' dog."), 2);
    assert.equal(spoken('— Come in, she said.\n\nShe sat down.'), 4);
    assert.equal(spoken('“Nobody closed this.\n\nHe did not mind.'), 3);
    assert.equal(spoken('« Entrez », dit-elle.'), 1);
    assert.equal(spoken('The dogs’ bowls — all five — were ‘clean’.'), 0);
  });

  it('see person and tense in the narration only', () => {
    const counts = countVoice('I walked home. “You are late,” she said. They looked at me.');
    assert.equal(counts[Count.first], 2);
    assert.equal(counts[Count.second], 0);
    assert.equal(counts[Count.third], 2);
    assert.deepEqual([counts[Count.past], counts[Count.tensed]], [3, 3]);
    assert.deepEqual([of('He is here and has it.', 'past'), of('He is here.', 'tensed')], [0, 1]);
  });

  it('count marks whatever their typography', () => {
    assert.equal(of('It was late -- too late — or – so. Well-known. A - b. 1-2', 'dashes'), 4);
    assert.equal(of('Well... yes… no.... ', 'ellipses'), 3);
    assert.equal(of('What?! No!!! (Yes); so: then', 'exclamations'), 2);
    assert.equal(of('What?! No!!! (Yes); so: then', 'semicolons'), 2);
    assert.equal(of("It’s Tom’s; don't say he'd go. The dogs' bowl.", 'contractions'), 3);
    assert.equal(of('Slowly the family only slept, early and badly.', 'adverbs'), 2);
  });

  it('count the same words whatever the quotation marks', () => {
    const straight = countVoice('"It\'s the end," he said--and left.');
    const curly = countVoice('“It’s the end,” he said — and left.');
    assert.deepEqual([...straight], [...curly]);
  });

  it('add up over paragraphs, but for windows of words', () => {
    const words = fc.constantFrom(
      'the',
      'sea',
      'I',
      'was',
      '“No”',
      'said',
      'slowly',
      'ran.',
      'why?',
      '—',
    );
    const paragraph = fc
      .array(words, { minLength: 1, maxLength: 30 })
      .map((list) => list.join(' '));
    fc.assert(
      fc.property(paragraph, paragraph, (a, b) => {
        // Each ends what it began, so that nothing reaches over the border.
        const [first, second] = [`So ${a}.`, `So ${b}.`];
        const sum = noVoiceCounts();
        addCounts(sum, countVoice(first), 1);
        addCounts(sum, countVoice(second), 1);
        const both = countVoice(`${first}\n\n${second}`);
        sum.forEach((count, i) => {
          if (i !== Count.richness && i !== Count.windows) {
            assert.ok(Math.abs(count - (both[i] ?? 0)) < 1e-9, `${i}: ${first} | ${second}`);
          }
        });
      }),
    );
  });

  it('give finite features for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        const counts = countVoice(text);
        for (const { read, shown } of FEATURES) {
          const { value, units } = read(counts);
          assert.ok(Number.isFinite(value) && units >= 0 && Number.isFinite(shown(counts)));
        }
      }),
    );
  });
});
