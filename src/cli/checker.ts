import { check, type Check } from '../core/collapse/check';
import { LEXICON_FILE, parseLexicon } from '../core/collapse/lexicon';
import { parsePhraseList, type PhraseList } from '../core/collapse/phraseList';
import { withoutReasoning } from '../core/collapse/reasoning';
import { isVariorumError, VariorumError } from '../core/model/error';
import { LineEndMap, withLf } from '../core/text/lineEnds';
import type { VoiceProfile } from '../core/voice/voiceProfile';
import { Pronouncer } from '../core/verse/pronouncer';
import { PRONUNCIATIONS, readPronunciations } from '../core/verse/pronunciationFile';
import { looksLikeVerse } from '../core/verse/verseLines';
import { readFileText } from './input';
import { loadAsset } from './platform';
import { BadUsage } from './usage';

/** What is known of how a text came to be: what was asked for, and the passage that it continues. */
export interface Origin {
  instruction?: string | undefined;
  before?: string | undefined;
}

/** Checks a text as given: flags lie in the text as given. */
export type Checker = (text: string, origin?: Origin) => Promise<Check>;

/**
 * A checker with the shipped lexicon and the lists in `listFiles`; with a `voice`, what is far from it is
 * flagged. Pronunciations are read when the first
 * text that looks like verse comes.
 * @throws BadUsage when a list cannot be read
 */
export async function openChecker(
  listFiles: readonly string[],
  voice?: VoiceProfile,
): Promise<Checker> {
  const lists = await Promise.all(listFiles.map(readList));
  const lexicon = parseLexicon(await loadAsset(LEXICON_FILE));
  let pronouncer: Pronouncer | undefined;
  return async (given, { instruction, before } = {}) => {
    // What a model thought before it answered is no part of the answer.
    const text = withoutReasoning(withLf(given));
    if (pronouncer === undefined && looksLikeVerse(text)) {
      pronouncer = await loadPronouncer();
    }
    const subject = {
      text,
      ...(instruction === undefined ? {} : { instruction }),
      ...(before === undefined ? {} : { before }),
      ...(voice && { voice }),
    };
    const checked = check(subject, { lexicon, lists, pronouncer });
    const ends = new LineEndMap(given);
    const flags = checked.flags.map(({ related, ...flag }) => ({
      ...ends.spanToOriginal(flag),
      ...(related && { related: related.map((span) => ends.spanToOriginal(span)) }),
    }));
    return { ...checked, flags };
  };
}

async function readList(file: string): Promise<PhraseList> {
  const text = await readFileText(file);
  try {
    return parsePhraseList(file, text);
  } catch (error) {
    throw isVariorumError(error) ? new BadUsage(error.detail.message) : error;
  }
}

async function loadPronouncer(): Promise<Pronouncer> {
  const bytes = await loadAsset(PRONUNCIATIONS);
  try {
    return new Pronouncer(readPronunciations(bytes));
  } catch (cause) {
    const detail = {
      code: 'asset-damaged',
      message: 'The pronunciations that ship with Variorum are damaged.',
      action: 'Install it again.',
      retryable: false,
    } as const;
    throw new VariorumError(detail, { cause });
  }
}
