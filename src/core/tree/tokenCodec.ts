import type { Alternative, MissingReason, Run, Token } from '../model/token';
import { fromBase64, packFloats, toBase64, unpackFloats } from './base64';
import { shortHash } from './hash';
import type { PackedBytes, PackedRun } from './packedRun';

/**
 * Packs a run for the sidecar. Everything survives but the precision of logprobs and tails, which are
 * kept as 32-bit floats: what servers compute in, and within 10⁻⁶ for logprobs down to -32.
 * @param text what the run's tokens tile
 * @returns undefined when they do not tile it
 */
export function packRun(run: Run, text: string): PackedRun | undefined {
  const { tokens } = run;
  if (!tiles(tokens, text)) {
    return undefined;
  }
  const alternatives = tokens.flatMap((token) => token.alternatives);
  const tokenTexts = tokens.map(({ start, end }) => text.slice(start, end));
  const alternativeTexts = alternatives.map((alternative) => alternative.text);
  return {
    semantics: run.semantics,
    bytes: run.bytes,
    text: shortHash(text),
    lengths: tokens.map(({ start, end }) => end - start),
    logprobs: packFloats(tokens.map((token) => token.logprob)),
    tails: packFloats(tokens.map((token) => token.tail)),
    missing: packMissing(tokens),
    ...column('ids', packIds(tokens)),
    ...column('tokenBytes', packBytes(tokens, tokenTexts)),
    counts: tokens.map((token) => token.alternatives.length),
    texts: alternativeTexts,
    alternativeLogprobs: packFloats(alternatives.map((alternative) => alternative.logprob)),
    ...column('alternativeIds', packIds(alternatives)),
    ...column('alternativeBytes', packBytes(alternatives, alternativeTexts)),
  };
}

/** Unpacks a run; undefined when it is damaged or is not about this text. */
export function unpackRun(packed: PackedRun, text: string): Run | undefined {
  if (packed.text !== shortHash(text)) {
    return undefined;
  }
  const alternatives = unpackAlternatives(packed);
  const tokens = alternatives && unpackTokens(packed, text, alternatives);
  return tokens && { semantics: packed.semantics, bytes: packed.bytes, tokens };
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

type IdAndBytes = Pick<Token, 'id' | 'bytes'>;

/** A field, left out when there is nothing in it. */
function column<K extends string, T>(name: K, values: T | undefined): Partial<Record<K, T>> {
  return values === undefined ? {} : ({ [name]: values } as Record<K, T>);
}

function packIds(items: readonly IdAndBytes[]): (number | null)[] | undefined {
  return items.some(({ id }) => id !== undefined) ? items.map(({ id }) => id ?? null) : undefined;
}

function packBytes(
  items: readonly IdAndBytes[],
  texts: readonly string[],
): PackedBytes[] | undefined {
  if (items.every(({ bytes }) => bytes === undefined)) {
    return undefined;
  }
  const encoder = new TextEncoder();
  return items.map(({ bytes }, i) => {
    if (bytes === undefined) {
      return null;
    }
    const packed = toBase64(bytes);
    return packed === toBase64(encoder.encode(texts[i] ?? '')) ? 0 : packed;
  });
}

function packMissing(tokens: readonly Token[]): PackedRun['missing'] {
  const packed: PackedRun['missing'] = [];
  for (const { missing = null } of tokens) {
    const last = packed.at(-1);
    if (last?.[1] === missing) {
      last[0]++;
    } else {
      packed.push([1, missing]);
    }
  }
  return packed;
}

function unpackMissing(packed: PackedRun): (MissingReason | null)[] | undefined {
  const total = packed.missing.reduce((sum, [count]) => sum + count, 0);
  // Checked first: a damaged count must not make a list of millions.
  return total === packed.lengths.length
    ? packed.missing.flatMap(([count, reason]) => Array.from({ length: count }, () => reason))
    : undefined;
}

/** The bytes of item i; null when the column is damaged there. */
function unpackBytes(
  values: readonly PackedBytes[] | undefined,
  i: number,
  text: string,
): Uint8Array | undefined | null {
  const value = values?.[i] ?? null;
  if (value === null) {
    return undefined;
  }
  return value === 0 ? new TextEncoder().encode(text) : (fromBase64(value) ?? null);
}

function unpackAlternatives(packed: PackedRun): Alternative[] | undefined {
  const { texts, alternativeIds, alternativeBytes } = packed;
  const logprobs = unpackFloats(packed.alternativeLogprobs, texts.length);
  if (logprobs === undefined || !fits(alternativeIds, texts) || !fits(alternativeBytes, texts)) {
    return undefined;
  }
  const alternatives: Alternative[] = [];
  for (const [i, text] of texts.entries()) {
    const logprob = logprobs[i] ?? null;
    const bytes = unpackBytes(alternativeBytes, i, text);
    if (logprob === null || bytes === null) {
      return undefined;
    }
    alternatives.push({ text, logprob, ...idAndBytes(alternativeIds?.[i], bytes) });
  }
  return alternatives;
}

function unpackTokens(
  packed: PackedRun,
  text: string,
  alternatives: readonly Alternative[],
): Token[] | undefined {
  const { lengths, counts, ids, tokenBytes } = packed;
  const logprobs = unpackFloats(packed.logprobs, lengths.length);
  const tails = unpackFloats(packed.tails, lengths.length);
  const missing = unpackMissing(packed);
  const whole = fits(counts, lengths) && fits(ids, lengths) && fits(tokenBytes, lengths);
  if (!logprobs || !tails || !missing || !whole) {
    return undefined;
  }
  const tokens: Token[] = [];
  let [start, taken] = [0, 0];
  for (const [i, length] of lengths.entries()) {
    const end = start + length;
    const listed = alternatives.slice(taken, taken + (counts[i] ?? 0));
    const bytes = unpackBytes(tokenBytes, i, text.slice(start, end));
    if (bytes === null) {
      return undefined;
    }
    tokens.push({
      start,
      end,
      ...numbers(logprobs[i], tails[i]),
      ...(missing[i] ? { missing: missing[i] } : {}),
      alternatives: listed,
      ...idAndBytes(ids?.[i], bytes),
    });
    start = end;
    taken += counts[i] ?? 0;
  }
  return start === text.length && taken === alternatives.length ? tokens : undefined;
}

function numbers(logprob: number | null = null, tail: number | null = null) {
  return { logprob, tail };
}

function fits(values: readonly unknown[] | undefined, to: readonly unknown[]): boolean {
  return values === undefined || values.length === to.length;
}

function idAndBytes(id: number | null | undefined, bytes: Uint8Array | undefined): IdAndBytes {
  return {
    ...(id === null || id === undefined ? {} : { id }),
    ...(bytes === undefined ? {} : { bytes }),
  };
}
