import { rhymeAsked } from '../verse/asked';
import type { Pronouncer } from '../verse/pronouncer';
import { readVerse, type Verse } from '../verse/verse';
import type { Subject } from './subject';
import type { Flag } from './flag';

/** Score from which a text rhymes. */
export const RHYMED = 0.5;
/** Score below which a passage does not: between the two nothing is said of it. */
const UNRHYMED = 0.2;
/** A passage of fewer lines of verse, or characters of prose, asks for nothing. */
const FEWEST_LINES = 4;
const FEWEST_CHARACTERS = 200;
/** What of the passage is read: its last part, near what follows. */
const PASSAGE_READ = 4000;

/** End rhyme that the instruction or the passage gives a reason not to use. */
export function findForcedRhyme(
  subject: Subject,
  verse: Verse,
  pronouncer: Pronouncer | undefined,
): Flag<'forced-rhyme'>[] {
  const lines = verse.pairs.flat();
  const first = verse.lines[lines.reduce((least, line) => Math.min(least, line), Infinity)];
  const last = verse.lines[lines.reduce((most, line) => Math.max(most, line), 0)];
  if (verse.score < RHYMED || first === undefined || last === undefined) {
    return [];
  }
  const asked = rhymeAsked(subject.instruction ?? '');
  if (asked === 'yes' || (asked === 'unsaid' && !unrhymed(subject.before ?? '', pronouncer))) {
    return [];
  }
  const { scheme, pairs, score } = verse;
  const evidence = { scheme, pairs };
  return [
    {
      code: 'forced-rhyme',
      severity: 'warning',
      start: first.start,
      end: last.end,
      score,
      evidence,
    },
  ];
}

/** Whether a passage is long enough to tell, and does not rhyme. */
function unrhymed(passage: string, pronouncer: Pronouncer | undefined): boolean {
  const near = passage.slice(-PASSAGE_READ);
  const verse = readVerse(near, pronouncer);
  const ended = verse.words.filter((word) => word !== undefined).length;
  const enough = ended >= FEWEST_LINES || near.trim().length >= FEWEST_CHARACTERS;
  return enough && verse.score < UNRHYMED;
}
