import { VariorumError } from '../model/error';
import { foldPhrase, PhraseTrie } from './phraseTrie';

/** One phrase of a list of the writer's own. */
export interface ListedPhrase {
  /** As the list has it. */
  phrase: string;
  /** How much it matters, 0 to 1. */
  weight: number;
  /** Where a list in plain text has it, from 1. */
  line?: number;
}

/** A list of phrases that the writer never wants to see, ready to match. */
export interface PhraseList {
  /** For people: the file's name. */
  name: string;
  entries: readonly ListedPhrase[];
  trie: PhraseTrie;
}

/** A list longer than this is a mistake (a novel, say). */
const MOST = 200_000;

/**
 * Reads a list of phrases: plain text (a phrase a line; blank lines and lines that begin with `#` are
 * skipped), a JSON array of strings, or antislop's JSON array of `[phrase, number]` (a number of at most 1 is
 * a factor on the phrase's probability, a larger one a count; one-element arrays have none).
 * @param name the file's name; one that ends in `.json`, or a text that begins with `[`, is JSON
 * @throws VariorumError `bad-request`, naming the file and the place, when it is none of these
 */
export function parsePhraseList(name: string, text: string): PhraseList {
  const whole = text.replace(/^\uFEFF/, '');
  const isJson = name.toLowerCase().endsWith('.json') || whole.trimStart().startsWith('[');
  const entries = isJson ? parseJson(name, whole) : parseLines(whole);
  if (entries.length > MOST) {
    throw broken(name, `it has ${entries.length} phrases, more than ${MOST}`);
  }
  const folded = entries.map(({ phrase }) => foldPhrase(phrase));
  folded.forEach((phrase, index) => {
    const words = phrase === '' ? 0 : phrase.split(' ').length;
    if (words === 0 || words > PhraseTrie.longest) {
      const what = words === 0 ? 'has no word in it' : `has more than ${PhraseTrie.longest} words`;
      const found = entries[index];
      const where = found?.line === undefined ? `phrase ${index + 1}` : `line ${found.line}`;
      throw broken(name, `${where} (“${shorten(found?.phrase)}”) ${what}`);
    }
  });
  return { name, entries, trie: new PhraseTrie(folded) };
}

function parseLines(text: string): ListedPhrase[] {
  return text
    .split(/\r\n?|\n/)
    .map((line, index) => ({ phrase: line.trim(), weight: 1, line: index + 1 }))
    .filter(({ phrase }) => phrase !== '' && !phrase.startsWith('#'));
}

function parseJson(name: string, text: string): ListedPhrase[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw broken(name, `it is not JSON from line ${oddLine(text)} on (${why})`);
  }
  if (!Array.isArray(value)) {
    throw broken(name, 'it is not a JSON array');
  }
  return value.map((item: unknown, index) => parseItem(name, item, index));
}

const JSON_TOKEN =
  /\s+|[[\]{},:]|"(?:[^"\\\n]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/uy;

/** The line of the first thing that has no place in JSON, or else the last line: engines name no line. */
function oddLine(text: string): number {
  const tokens = new RegExp(JSON_TOKEN);
  let at = 0;
  while (tokens.test(text)) {
    at = tokens.lastIndex;
  }
  return text.slice(0, at).split('\n').length;
}

function parseItem(name: string, item: unknown, index: number): ListedPhrase {
  const parts: unknown[] = Array.isArray(item) ? item : [item];
  const [phrase, number = 0] = parts;
  const isNumber = typeof number === 'number' && Number.isFinite(number) && number >= 0;
  if (typeof phrase !== 'string' || !isNumber || parts.length > 2) {
    const found = shorten(JSON.stringify(item));
    throw broken(name, `item ${index + 1} is neither a phrase nor [phrase, number]: ${found}`);
  }
  return { phrase, weight: number <= 1 ? 1 - number : 1 };
}

function shorten(text = ''): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function broken(name: string, why: string): VariorumError {
  return new VariorumError({
    code: 'bad-request',
    message: `The phrase list ${name} cannot be used: ${why}.`,
    action: 'Correct the file; until then the list is left out.',
    retryable: false,
  });
}
