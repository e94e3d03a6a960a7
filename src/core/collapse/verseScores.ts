import type { Pronouncer } from '../verse/pronouncer';
import { readVerse } from '../verse/verse';
import type { Subject } from './subject';
import type { Flag } from './flag';
import { findForcedRhyme, RHYMED } from './forcedRhyme';
import { findHackneyedRhymes } from './hackneyedRhyme';
import type { Language } from './language';
import { findStanzaLock } from './stanzaLock';

/** What the detectors of verse say about one text. */
export interface VerseCheck {
  /** In the order of the text; none in a text that is not English. */
  flags: Flag[];
  rhyme: {
    /** For each line that is not blank, its rhyme sound: from 1 in order of appearance. */
    scheme: readonly number[];
    /** Every rhyming pair of such lines at most four apart, counted from 0. */
    pairs: readonly (readonly [number, number])[];
    rhymed: boolean;
  };
  /** 0 to 1: how sure it is that the text rhymes, asked for or not; how locked its stanzas are. */
  scores: { rhyme: number; stanza: number };
}

/** Rhymes and stanzas of one text. @param pronouncer without it no rhyme is heard */
export function verseScores(
  subject: Subject,
  pronouncer: Pronouncer | undefined,
  language: Language,
): VerseCheck {
  const verse = readVerse(subject.text, pronouncer);
  const stanza = findStanzaLock(subject, verse, pronouncer);
  const flags: Flag[] =
    language === 'other'
      ? []
      : [
          ...findForcedRhyme(subject, verse, pronouncer),
          ...findHackneyedRhymes(verse),
          ...stanza.flags,
        ];
  flags.sort((a, b) => a.start - b.start || a.end - b.end);
  const { scheme, pairs, score } = verse;
  return {
    flags,
    rhyme: { scheme, pairs, rhymed: score >= RHYMED },
    scores: { rhyme: score, stanza: stanza.score },
  };
}
