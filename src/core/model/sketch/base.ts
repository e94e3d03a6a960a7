import { VariorumError } from '../error';
import { KneserNey } from './kneserNey';
import { NgramCounts, START } from './ngramCounts';
import type { NgramModel } from './ngramModel';
import { Spelling } from './spelling';
import { Tokenizer } from './tokenizer';
import { Vocabulary } from './vocabulary';

/** The longest n-gram: four tokens are looked back at. */
export const SKETCH_ORDER = 5;
/** Fewer tokens than this are no sample of anything. */
const LEAST_TOKENS = 100;

/** What Sketch knows before it has seen a draft. */
export interface SketchBase {
  readonly vocabulary: Vocabulary;
  readonly model: NgramModel;
  readonly spelling: Spelling;
  /** By token id, the probability of its spelling. */
  readonly spelled: Float64Array;
}

/** Counts a text. An empty text gives the base that has seen nothing. */
export function trainBase(text: string): SketchBase {
  const tokenizer = new Tokenizer();
  const vocabulary = new Vocabulary();
  const counts = new NgramCounts(SKETCH_ORDER, Math.max(1024, text.length));
  let context = START;
  for (let at = 0; at < text.length;) {
    const end = tokenizer.end(text, at);
    context = counts.add(context, vocabulary.intern(text.slice(at, end)));
    at = end;
  }
  const words = Array.from({ length: vocabulary.size }, (_, id) => vocabulary.text(id));
  const spelling = new Spelling(words);
  const spelled = Float64Array.from(words, (word) => Math.exp(spelling.logprob(word)));
  return { vocabulary, model: new KneserNey(counts), spelling, spelled };
}

/**
 * The base of a sample text as it ships.
 * @throws VariorumError `asset-damaged` when the bytes are no UTF-8 text of some length
 */
export function readSample(bytes: Uint8Array): SketchBase {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes).replaceAll('\r\n', '\n');
  } catch (cause) {
    throw damaged('it is not text', cause);
  }
  if (text.includes('\0') || new Tokenizer().tokens(text).length < LEAST_TOKENS) {
    throw damaged('it is cut short or not text');
  }
  return trainBase(text);
}

function damaged(how: string, cause?: unknown): VariorumError {
  return new VariorumError(
    {
      code: 'asset-damaged',
      message: `The text that Sketch learns from is damaged: ${how}.`,
      action: 'Reinstall Variorum, or choose another model.',
      retryable: false,
    },
    { cause },
  );
}

/** The error for a sample that could not be read at all. */
export function missingSample(cause: unknown): VariorumError {
  return new VariorumError(
    {
      code: 'asset-missing',
      message: 'The text that Sketch learns from could not be read.',
      action: 'Reinstall Variorum, or choose another model.',
      retryable: false,
    },
    { cause },
  );
}
