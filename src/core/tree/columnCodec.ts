import type { Alternative, Run, Token } from '../model/token';
import { fromBase64, unpackFloats } from './base64';
import { shortHash } from './hash';
import { unpackMissing } from './missingReasons';
import type { PackedBytes, PackedRun } from './packedRun';

/** Unpacks a run kept as columns; undefined when it is damaged or is not about this text. */
export function unpackColumns(packed: PackedRun, text: string): Run | undefined {
  if (packed.text !== shortHash(text)) {
    return undefined;
  }
  const alternatives = unpackAlternatives(packed);
  const tokens = alternatives && unpackTokens(packed, text, alternatives);
  return tokens && { semantics: packed.semantics, bytes: packed.bytes, tokens };
}

type IdAndBytes = Pick<Token, 'id' | 'bytes'>;

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
  const missing = unpackMissing(packed.missing, lengths.length);
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
