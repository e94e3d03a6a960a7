import * as v from 'valibot';
import type { MissingReason } from '../model/token';

const reasons = {
  unsupported: true,
  dropped: true,
  floor: true,
  gap: true,
  first: true,
  edited: true,
  reasoning: true,
} satisfies Record<MissingReason, true>;
const MISSING_REASONS = Object.keys(reasons) as MissingReason[];

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const ids = v.array(v.nullable(v.pipe(v.number(), v.safeInteger())));
/** Base64; 0 when they are the UTF-8 of the token's text; null when there are none. */
const byteColumn = v.array(v.nullable(v.union([v.literal(0), v.string()])));

const semantics = v.picklist(['raw', 'processed', 'unknown']);
const bytes = v.picklist(['exact', 'lossy', 'none']);
/** Reasons why there is no logprob, as [how many tokens in a row, reason or null]. */
const missing = v.array(v.tuple([count, v.nullable(v.picklist(MISSING_REASONS))]));

/** A run as it is kept: its different words once, and a body of bytes that names them. See `packRun`. */
export const storedRunSchema = v.object({
  semantics,
  bytes,
  /** Hash of the text that the tokens tile. */
  text: v.string(),
  /** How many tokens, and how many different words. */
  tokens: count,
  words: count,
  /** Texts of the words that are no token of the text, one after the other. */
  others: v.string(),
  /** Of each word. */
  ids: v.exactOptional(ids),
  wordBytes: v.exactOptional(byteColumn),
  missing,
  /** Base64. */
  body: v.string(),
});

export type StoredRun = v.InferOutput<typeof storedRunSchema>;

/**
 * A run as it was kept before: as columns, one JSON value each. Floats are packed (see `packFloats`), null where there is no
 * number.
 */
export const packedRunSchema = v.object({
  semantics,
  bytes,
  /** Hash of the text that the tokens tile. */
  text: v.string(),
  /** UTF-16 code units of each token. */
  lengths: v.array(count),
  logprobs: v.string(),
  tails: v.string(),
  missing,
  ids: v.exactOptional(ids),
  tokenBytes: v.exactOptional(byteColumn),
  /** Alternatives of each token. */
  counts: v.array(count),
  /** Of all alternatives, token after token. */
  texts: v.array(v.string()),
  alternativeLogprobs: v.string(),
  alternativeIds: v.exactOptional(ids),
  alternativeBytes: v.exactOptional(byteColumn),
});

export type PackedRun = v.InferOutput<typeof packedRunSchema>;
export type PackedBytes = NonNullable<PackedRun['tokenBytes']>[number];
