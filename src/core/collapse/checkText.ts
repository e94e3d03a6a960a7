import { finish, type Steps } from '../steps';
import { findCannedPhrases, type CannedSources } from './cannedPhrase';
import { findDerailed } from './derailed';
import type { Subject } from './subject';
import { findEarlyExit } from './earlyExit';
import { findEcho } from './echo';
import { findEssayForm } from './essayForm';
import type { Flag } from './flag';
import type { Language } from './language';
import { findMoralising } from './moralising';
import { readSubject, type Reading } from './reading';
import { findStockEnding } from './stockEnding';
import { findStuckRuns } from './stuckRun';
import { findVoiceDrift } from './voiceDrift';

/** What the detectors of prose say about one text. */
export interface TextCheck {
  /** In the order of the text. */
  flags: Flag[];
  scores: {
    /** 0 to 1, rising with collapse; 0.5 says nothing. */
    canned: number;
    /** 0 to 1, rising with collapse. */
    ending: number;
  };
  /** `other`: canned phrases, endings and lessons were not looked for, and the scores are 0. */
  language: Language;
}

/** Runs every detector of prose over one text: each reads the words that were cut once. */
export function checkText(subject: Subject, sources: CannedSources): TextCheck {
  return finish(checkingText(subject, sources));
}

/** `checkText`, with pauses between the detectors. */
export function* checkingText(subject: Subject, sources: CannedSources): Steps<TextCheck> {
  const reading = readSubject(subject);
  yield;
  const words = wordBased(reading, sources);
  yield;
  const flags: Flag[] = [
    ...words.flags,
    ...findEarlyExit(reading),
    ...findEssayForm(reading),
    ...findEcho(reading),
    ...findStuckRuns(subject),
    ...findVoiceDrift(reading),
  ];
  yield;
  flags.push(...findDerailed(reading));
  flags.sort((a, b) => a.start - b.start || a.end - b.end);
  return { flags, scores: words.scores, language: reading.language };
}

function wordBased(reading: Reading, sources: CannedSources) {
  const { prose, marks, language } = reading;
  if (language === 'other' || prose.count === 0) {
    return { flags: [], scores: { canned: 0, ending: 0 } };
  }
  const canned = findCannedPhrases(prose, marks, sources);
  const ending = findStockEnding(reading, canned.sums, sources.lexicon);
  return {
    flags: [...canned.flags, ...ending.flags, ...findMoralising(reading)],
    scores: { canned: canned.score, ending: ending.score },
  };
}
