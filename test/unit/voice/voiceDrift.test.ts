import assert from 'node:assert/strict';
import { describe as describeFlag } from '../../../src/core/collapse/describe';
import { findVoiceDrift } from '../../../src/core/collapse/voiceDrift';
import { cutExemplars } from '../../../src/core/exemplars/cut';
import { countVoice } from '../../../src/core/voice/voiceCounts';
import { LEAST_WORDS, VoiceProfile } from '../../../src/core/voice/voiceProfile';
import { check, fiction, reading } from '../collapse/textHelpers';

const own = cutExemplars(fiction, [{ start: 0, end: fiction.length }]).map(({ start, end }) =>
  fiction.slice(start, end),
);

function voiceOf(texts: readonly string[]): VoiceProfile {
  const voice = new VoiceProfile();
  texts.forEach((text) => voice.add(countVoice(text)));
  return voice;
}

const voice = voiceOf(own);
const STACCATO =
  'I ran. I fell. Stop! I hid there. No! Go, go! I wept. I sat. I saw it. Why? '.repeat(5);
const drift = (text: string, by: VoiceProfile | undefined) =>
  findVoiceDrift(reading(text, by && { voice: by }));

describe('voice-drift', () => {
  it('names the features that stand out, and by how much', () => {
    const [flag, ...more] = drift(STACCATO, voice);
    assert.ok(flag && more.length === 0);
    const { features } = flag.evidence;
    assert.ok(features.length > 0 && features.length <= 3);
    assert.ok(features.every(({ distance }) => Math.abs(distance) >= 2));
    assert.deepEqual([flag.start, flag.end], [0, STACCATO.lastIndexOf('Why') + 3]);
    assert.match(describeFlag(flag), /^Not your voice: .+ \(\d+\.\d standard deviations\)/u);
  });

  it('is silent on the writer’s own prose', () => {
    own.forEach((text, i) => {
      const others = voiceOf(own.filter((_, j) => j !== i));
      assert.deepEqual(drift(text, others), [], text.slice(0, 60));
    });
  });

  it('is silent without enough to go by', () => {
    const [first = ''] = own;
    const few = voiceOf([first]);
    assert.ok(few.words < LEAST_WORDS);
    assert.deepEqual(drift(STACCATO, few), []);
    assert.deepEqual(drift(STACCATO, undefined), []);
    assert.deepEqual(drift(STACCATO.slice(0, 100), voice), []);
  });

  it('is silent on verse and in other languages', () => {
    const verse =
      'I ran to the hill\nI fell by the mill\nI hid in the hay\nI wept all the day\n\n'.repeat(5);
    assert.deepEqual(drift(verse, voice), []);
    const german =
      'Ich lief und fiel. Halt! Ich weinte. Nein! Geh doch, geh! Warum denn nicht? '.repeat(8);
    assert.deepEqual(drift(german, voice), []);
  });

  it('comes with the other findings of a text', () => {
    const codes = check({ text: STACCATO, voice }).flags.map(({ code }) => code);
    assert.ok(codes.includes('voice-drift'));
  });

  it('words every feature', () => {
    const names = voice.distances(countVoice(fiction)).flatMap((found) => found ?? []);
    assert.ok(names.length > 35);
    for (const found of names) {
      const evidence = { features: [found], words: 100, own: 3000 };
      const flag = {
        code: 'voice-drift',
        evidence,
        start: 0,
        end: 1,
        severity: 'note',
        score: 1,
      } as const;
      assert.doesNotMatch(describeFlag(flag), /undefined|NaN|\{|word:/u);
    }
  });
});
