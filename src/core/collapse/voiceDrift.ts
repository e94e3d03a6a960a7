import { driftOf, standingOut } from '../voice/drift';
import { Count, countProse } from '../voice/voiceCounts';
import type { VoiceProfile } from '../voice/voiceProfile';
import { VOICE_THRESHOLD } from '../voice/voiceWeights';
import { looksLikeVerse } from '../verse/verseLines';
import type { Flag } from './flag';
import { readSubject, type Reading } from './reading';

/** In a text of fewer words nothing is certain enough: see `VoiceProfile`. */
const FEWEST_WORDS = 40;
const MOST_NAMED = 3;

/** `findVoiceDrift` of a text alone. */
export function voiceDriftIn(text: string, voice: VoiceProfile): Flag<'voice-drift'>[] {
  return findVoiceDrift(readSubject({ text, voice }));
}

/**
 * A text that is far from the writer's own prose, and in what: at most three features, those first that say
 * most. Silent without a profile of at least 2,000 words, in a text of under 40, in verse, in another language
 * than English, and where no feature stands out.
 */
export function findVoiceDrift({ subject, prose, language }: Reading): Flag<'voice-drift'>[] {
  const { voice, text } = subject;
  const isReadable = prose.count >= FEWEST_WORDS && language === 'english';
  if (voice?.isEnough !== true || !isReadable || looksLikeVerse(text)) {
    return [];
  }
  const counts = countProse(prose);
  const distances = voice.distances(counts);
  const score = driftOf(distances);
  const features = standingOut(distances).slice(0, MOST_NAMED);
  if (score < VOICE_THRESHOLD || features.length === 0) {
    return [];
  }
  const { start, end } = prose.span(0, prose.count - 1);
  const evidence = { features, words: counts[Count.words] ?? 0, own: voice.words };
  return [{ start, end, code: 'voice-drift', severity: 'note', score, evidence }];
}
