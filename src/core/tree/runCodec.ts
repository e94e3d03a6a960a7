import type { Alternative, Run, Token } from '../model/token';
import { fromBase64, toBase64 } from './base64';
import { ByteList, ByteReader } from './byteList';
import { shortHash } from './hash';
import { packMissing, unpackMissing } from './missingReasons';
import type { PackedBytes, StoredRun } from './packedRun';
import { decodeSmallFloat, encodeSmallFloat } from '../model/smallFloat';
import { TAIL_CODES, tailCodeOf, tailOf, type TailCode } from './tailCode';
import { WordTable, type TokenWords, type Word } from './wordTable';

/**
 * Packs a run for the sidecar: some 30 bytes a token with five alternatives. Everything survives but
 * the precision of logprobs and tails, which keep three and a half digits.
 * @param text what the run's tokens tile
 * @returns undefined when they do not tile it
 */
export function packRun(run: Run, text: string): StoredRun | undefined {
  const { tokens } = run;
  if (!tiles(tokens, text)) {
    return undefined;
  }
  const table = new WordTable(tokens, text);
  const body = new ByteList();
  for (const word of table.words) {
    body.count(word.text.length);
  }
  tokens.forEach((token, i) => {
    const named = table.tokens[i];
    if (named !== undefined) {
      packToken(body, token, named);
    }
  });
  const { words } = table;
  return {
    semantics: run.semantics,
    bytes: run.bytes,
    text: shortHash(text),
    tokens: tokens.length,
    words: words.length,
    others: words.map((word) => (word.isEmitted ? '' : word.text)).join(''),
    ...column('ids', packIds(words)),
    ...column('wordBytes', packBytes(words)),
    missing: packMissing(tokens),
    body: toBase64(body.bytes()),
  };
}

function packToken(body: ByteList, token: Token, named: TokenWords): void {
  const { logprob, tail } = token;
  const codes = token.alternatives.map((each) => encodeSmallFloat(-each.logprob));
  const own = encodeSmallFloat(logprob === null ? null : -logprob);
  // A token that is among the alternatives needs no more than its rank there, from 1.
  const rank =
    1 + codes.findIndex((code, i) => code === own && named.alternatives[i] === named.own);
  const tailCode = tailCodeOf(tail, rank === 0 ? [own, ...codes] : codes);
  // Of n alternatives the token is one or none: n + 1 cases, after those of fewer alternatives.
  const shape = (codes.length * (codes.length + 1)) / 2 + rank;
  body.count(shape * TAIL_CODES.length + TAIL_CODES.indexOf(tailCode));
  if (rank === 0) {
    body.count(named.own.number);
    body.word(own);
  }
  if (tailCode === 'given') {
    body.word(encodeSmallFloat(tail));
  }
  codes.forEach((code, i) => {
    body.count(named.alternatives[i]?.number ?? 0);
    body.word(code);
  });
}

/** Unpacks a run; undefined when it is damaged or is not about this text. */
export function unpackRun(stored: StoredRun, text: string): Run | undefined {
  const bytes = stored.text === shortHash(text) ? fromBase64(stored.body) : undefined;
  const missing = unpackMissing(stored.missing, stored.tokens);
  // Each word and each token takes a byte at least: a damaged count must not make a list of millions.
  if (!bytes || !missing || stored.words + stored.tokens > bytes.length) {
    return undefined;
  }
  const reader = new ByteReader(bytes);
  const lengths = Array.from({ length: stored.words }, () => reader.count());
  const parsed = Array.from({ length: stored.tokens }, () => parseToken(reader));
  const words =
    reader.isSound && reader.isAtEnd ? wordsOf(stored, lengths, parsed, text) : undefined;
  if (words === undefined) {
    return undefined;
  }
  let start = 0;
  const tokens = parsed.map((token, i): Token => {
    const { text: own = '', ...identity } = words[token.word] ?? {};
    const end = start + own.length;
    const reason = missing[i];
    const alternatives = token.alternatives.map(({ word, code }): Alternative => {
      const { text: other = '', ...rest } = words[word] ?? {};
      return { text: other, logprob: negative(decodeSmallFloat(code)) ?? 0, ...rest };
    });
    const logprob = negative(decodeSmallFloat(token.code));
    const all = token.isListed ? token.alternatives : [token, ...token.alternatives];
    const tail = tailOf(
      token.tailCode,
      token.tail,
      all.map(({ code }) => code),
    );
    const span = { start, end };
    start = end;
    return {
      ...span,
      logprob,
      ...(reason ? { missing: reason } : {}),
      alternatives,
      tail,
      ...identity,
    };
  });
  return start === text.length
    ? { semantics: stored.semantics, bytes: stored.bytes, tokens }
    : undefined;
}

type WordRead = Pick<Word, 'text' | 'id' | 'bytes'>;

interface ParsedWord {
  word: number;
  code: number;
}

interface ParsedToken extends ParsedWord {
  isListed: boolean;
  tailCode: TailCode;
  tail: number;
  alternatives: ParsedWord[];
}

function parseToken(reader: ByteReader): ParsedToken {
  const head = reader.count();
  const tailCode = TAIL_CODES[head % TAIL_CODES.length] ?? 'none';
  const shape = Math.floor(head / TAIL_CODES.length);
  const count = Math.floor((Math.sqrt(8 * shape + 1) - 1) / 2);
  const rank = shape - (count * (count + 1)) / 2;
  const own = rank === 0 ? { word: reader.count(), code: reader.word() } : undefined;
  const tail = tailCode === 'given' ? reader.word() : 0;
  const alternatives: ParsedWord[] = [];
  for (let i = 0; i < count && reader.isSound; i++) {
    alternatives.push({ word: reader.count(), code: reader.word() });
  }
  const { word = 0, code = 0 } = own ?? alternatives[rank - 1] ?? {};
  return { word, code, isListed: rank > 0, tailCode, tail, alternatives };
}

/** The words with their texts: those that were emitted lie in the node's text, the others are kept. */
function wordsOf(
  { others, ids, wordBytes }: StoredRun,
  lengths: readonly number[],
  tokens: readonly ParsedToken[],
  text: string,
): WordRead[] | undefined {
  const emitted = emittedTexts(lengths, tokens, text);
  const words: WordRead[] = [];
  let taken = 0;
  for (const [i, length] of lengths.entries()) {
    const word = emitted[i] ?? others.slice(taken, (taken += length));
    const bytes = unpackBytes(wordBytes?.[i] ?? null, word);
    if (word.length !== length || bytes === null) {
      return undefined;
    }
    const id = ids?.[i] ?? null;
    words.push({ text: word, ...(id === null ? {} : { id }), ...(bytes ? { bytes } : {}) });
  }
  const isWhole = taken === others.length && fits(ids, words) && fits(wordBytes, words);
  return isWhole && namesOnly(words, tokens) ? words : undefined;
}

function emittedTexts(
  lengths: readonly number[],
  tokens: readonly ParsedToken[],
  text: string,
): (string | undefined)[] {
  const texts: (string | undefined)[] = lengths.map(() => undefined);
  let start = 0;
  for (const { word } of tokens) {
    const end = start + (lengths[word] ?? 0);
    if (word < texts.length) {
      texts[word] ??= text.slice(start, end);
    }
    start = end;
  }
  return texts;
}

function namesOnly(words: readonly WordRead[], tokens: readonly ParsedToken[]): boolean {
  return tokens.every(
    ({ word, alternatives }) =>
      word < words.length && alternatives.every((each) => each.word < words.length),
  );
}

function tiles(tokens: readonly Token[], text: string): boolean {
  let at = 0;
  for (const { start, end } of tokens) {
    if (start !== at || end < start) {
      return false;
    }
    at = end;
  }
  return at === text.length;
}

function column<K extends string, T>(name: K, values: T | undefined): Partial<Record<K, T>> {
  return values === undefined ? {} : ({ [name]: values } as Record<K, T>);
}

function packIds(words: readonly Word[]): (number | null)[] | undefined {
  return words.some(({ id }) => id !== undefined) ? words.map(({ id }) => id ?? null) : undefined;
}

function packBytes(words: readonly Word[]): PackedBytes[] | undefined {
  if (words.every(({ bytes }) => bytes === undefined)) {
    return undefined;
  }
  const encoder = new TextEncoder();
  return words.map(({ bytes, text }) => {
    if (bytes === undefined) {
      return null;
    }
    const packed = toBase64(bytes);
    return packed === toBase64(encoder.encode(text)) ? 0 : packed;
  });
}

/** Null when damaged. */
function unpackBytes(value: PackedBytes, text: string): Uint8Array | undefined | null {
  if (value === null) {
    return undefined;
  }
  return value === 0 ? new TextEncoder().encode(text) : (fromBase64(value) ?? null);
}

function fits(values: readonly unknown[] | undefined, to: readonly unknown[]): boolean {
  return values === undefined || values.length === to.length;
}

function negative(value: number | null): number | null {
  return value === null ? null : value === 0 ? 0 : -value;
}
