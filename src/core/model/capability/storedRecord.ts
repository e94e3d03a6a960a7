import * as v from 'valibot';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** Details of any flag; unknown ones are dropped. */
const detail = v.object({
  max: v.exactOptional(count),
  maxTop: v.exactOptional(count),
  isBound: v.exactOptional(v.boolean()),
  shape: v.exactOptional(v.picklist(['content', 'legacy', 'both'])),
  chosenListed: v.exactOptional(v.boolean()),
  bytes: v.exactOptional(v.picklist(['exact', 'lossy', 'none'])),
  ids: v.exactOptional(v.boolean()),
  semantics: v.exactOptional(v.picklist(['raw', 'processed', 'unknown'])),
  meaning: v.exactOptional(v.string()),
  streamed: v.exactOptional(v.boolean()),
  how: v.exactOptional(v.picklist(['echo', 'prompt_logprobs'])),
  repeats: v.exactOptional(v.boolean()),
  by: v.exactOptional(v.picklist(['id', 'text'])),
});

const finding = v.object({
  value: v.picklist(['yes', 'no', 'unknown']),
  evidence: v.string(),
  time: v.number(),
  source: v.picklist(['examined', 'observed']),
  fell: v.exactOptional(v.boolean()),
  detail,
});

const record = v.object({
  v: v.literal(1),
  flags: v.record(v.string(), finding),
  parameters: v.record(v.string(), finding),
  tokensField: v.picklist(['max_tokens', 'max_completion_tokens']),
  countsLogprobs: v.boolean(),
});

export type StoredFinding = v.InferOutput<typeof finding>;
/** A record as it is kept on disk and passed on; JSON. */
export type StoredRecord = v.InferOutput<typeof record>;

/** A record that was kept; undefined when it is none, or of another version. */
export function readStoredRecord(value: unknown): StoredRecord | undefined {
  const parsed = v.safeParse(record, value);
  return parsed.success ? parsed.output : undefined;
}
