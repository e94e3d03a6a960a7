import assert from 'node:assert/strict';
import { countVoice } from '../../../src/core/voice/voiceCounts';
import { FEATURES } from '../../../src/core/voice/voiceFeatures';
import { VoiceProfile } from '../../../src/core/voice/voiceProfile';
import { VOICE_SPREADS, VOICE_WEIGHTS } from '../../../src/core/voice/voiceWeights';
import { cutExemplars } from '../../../src/core/exemplars/cut';
import { fiction } from '../collapse/textHelpers';

/** The sample draft in passages. */
const passages = cutExemplars(fiction, [{ start: 0, end: fiction.length }]).map((cut) =>
  countVoice(fiction.slice(cut.start, cut.end)),
);

function profileOf(counts: typeof passages): VoiceProfile {
  const profile = new VoiceProfile();
  counts.forEach((each) => profile.add(each));
  return profile;
}

const STACCATO = 'I ran. I fell. Stop! I hid. No! Go, go! I wept. I sat. I saw. Why? '.repeat(8);

describe('The profile of a voice', () => {
  it('has a spread and a weight for every feature', () => {
    assert.equal(VOICE_SPREADS.length, FEATURES.length);
    assert.equal(VOICE_WEIGHTS.length, FEATURES.length);
  });

  it('is the same when passages come and go', () => {
    const lasting = profileOf(passages.slice(0, 8));
    const changing = profileOf(passages);
    passages.slice(8).forEach((each) => changing.remove(each));
    const text = countVoice(STACCATO);
    const [a, b] = [lasting.distances(text), changing.distances(text)];
    a.forEach((found, i) => {
      assert.ok(Math.abs((found?.distance ?? 0) - (b[i]?.distance ?? 0)) < 1e-6);
    });
    assert.equal(changing.words, lasting.words);
  });

  it('finds a passage of its own near, and another voice far', () => {
    const [own, ...others] = passages;
    assert.ok(own);
    const profile = profileOf(others);
    const far = (counts: typeof own) =>
      profile.distances(counts).filter((found) => Math.abs(found?.distance ?? 0) >= 3).length;
    assert.ok(far(own) <= 1, String(far(own)));
    assert.ok(far(countVoice(STACCATO)) >= 3);
    const length = profile
      .distances(countVoice(STACCATO))
      .find((d) => d?.feature === 'sentence-length');
    assert.ok(length && length.distance < -2 && length.here < 2.5 && length.own > 8);
  });

  it('makes less of the same difference in a short text', () => {
    const profile = profileOf(passages);
    const commas = (text: string) =>
      profile.distances(countVoice(text)).find((found) => found?.feature === 'commas')?.distance ??
      0;
    const sentence = 'It was late, and cold, and wet, and dark, and she, who knew, said so. ';
    const [short, long] = [commas(sentence), commas(sentence.repeat(30))];
    assert.ok(short > 0 && short < long / 1.5, `${short} ${long}`);
  });

  it('says nothing of a feature that cannot be read', () => {
    const profile = profileOf(passages);
    const found = profile.distances(countVoice('Too short.'));
    assert.ok(found.every((each) => each?.feature !== 'richness'));
    assert.ok(
      new VoiceProfile().distances(countVoice(fiction)).every((each) => each === undefined),
    );
  });
});
