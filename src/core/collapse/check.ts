import { finish, type Steps } from '../steps';
import type { Pronouncer } from '../verse/pronouncer';
import type { CannedSources } from './cannedPhrase';
import { checkingText } from './checkText';
import type { Subject } from './subject';
import type { Flag } from './flag';
import type { Language } from './language';
import { verseScores, type VerseCheck } from './verseScores';

/** What texts are checked with. */
export interface CheckSources extends CannedSources {
  /** Needed for what `looksLikeVerse`; without it no rhyme is heard. */
  pronouncer?: Pronouncer | undefined;
}

/** What every detector that reads one text says about it. */
export interface Check {
  /** In the order of the text. */
  flags: Flag[];
  /** 0 to 1, calibrated: see `TextCheck` and `VerseCheck`. */
  scores: { canned: number; rhyme: number; stanza: number; ending: number };
  rhyme: VerseCheck['rhyme'];
  /** `other`: what reads words was left out. */
  language: Language;
}

/** Runs every detector that reads one text, of prose and of verse. */
export function check(subject: Subject, sources: CheckSources): Check {
  return finish(checking(subject, sources));
}

/** `check`, with pauses between the detectors. */
export function* checking(
  subject: Subject,
  { pronouncer, ...sources }: CheckSources,
): Steps<Check> {
  const prose = yield* checkingText(subject, sources);
  yield;
  const verse = verseScores(subject, pronouncer, prose.language);
  const { canned, ending } = prose.scores;
  return {
    flags: [...prose.flags, ...verse.flags].sort((a, b) => a.start - b.start || a.end - b.end),
    scores: { canned, ...verse.scores, ending },
    rhyme: verse.rhyme,
    language: prose.language,
  };
}
