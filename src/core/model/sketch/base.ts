import { VariorumError } from '../error';
import { KneserNey } from './kneserNey';
import { NgramCounts } from './ngramCounts';
import type { NgramModel } from './ngramModel';
import { PackedNgrams } from './packedNgrams';
import { PackedVocabulary } from './packedVocabulary';
import { readSketchFile } from './sketchFile';
import { END, Spelling } from './spelling';
import { type Lexicon, Vocabulary } from './vocabulary';

/** The longest n-gram: four tokens are looked back at. */
export const SKETCH_ORDER = 5;
/** What stands before a text: to the model a text begins a paragraph. */
export const OPENING = '\n\n';

/** What Sketch knows before it has seen a draft. */
export interface SketchBase {
  readonly vocabulary: Lexicon;
  readonly model: NgramModel;
  readonly spelling: Spelling;
  /** The probability of all spellings that are not in the vocabulary, nor empty. */
  readonly newSpellings: number;
  /** How many works it was trained on. */
  readonly works: number;
}

/**
 * The trained base as it ships.
 * @throws VariorumError `asset-damaged`
 */
export function readBase(bytes: Uint8Array): SketchBase {
  const file = readSketchFile(bytes);
  const vocabulary = new PackedVocabulary(file.wordLengths, file.wordLetters);
  const model = new PackedNgrams(file.words, vocabulary.find(OPENING));
  const spelling = new Spelling(new PackedNgrams(file.letters, END), file.codePoints);
  const { newSpellings, works } = file;
  return { vocabulary, model, spelling, newSpellings, works };
}

/** The base that has read nothing: to it every string is a new word. */
export function emptyBase(): SketchBase {
  const spelling = new Spelling(null, []);
  return {
    vocabulary: new Vocabulary(),
    model: new KneserNey(new NgramCounts(SKETCH_ORDER)),
    spelling,
    newSpellings: 1 - Math.exp(spelling.logprob('')),
    works: 0,
  };
}

/** The error for a model file that could not be read at all. */
export function missingBase(cause: unknown): VariorumError {
  return new VariorumError(
    {
      code: 'asset-missing',
      message: 'The model file of Sketch could not be read.',
      action: 'Reinstall Variorum, or choose another model.',
      retryable: false,
    },
    { cause },
  );
}
