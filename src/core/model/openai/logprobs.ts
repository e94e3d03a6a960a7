import { isRecord, listOf, type JsonRecord } from './json';

/**
 * The logprobs of a choice as entries of the chat shape `{token, bytes, logprob, top_logprobs}`, by their
 * structure whatever API sent them: chat `{content: […]}`, the arrays of legacy completions, or both at once.
 */
export function logprobEntries(logprobs: unknown): readonly JsonRecord[] {
  const content =
    listOf(logprobs) ?? (isRecord(logprobs) ? listOf(logprobs['content']) : undefined);
  if (content !== undefined && content.length > 0) {
    return content.every(isRecord) ? content : content.filter(isRecord);
  }
  return isRecord(logprobs) ? legacyEntries(logprobs) : [];
}

function legacyEntries(logprobs: JsonRecord): JsonRecord[] {
  const values = listOf(logprobs['token_logprobs']) ?? [];
  const tops = listOf(logprobs['top_logprobs']) ?? [];
  const ids = listOf(logprobs['token_ids']) ?? [];
  return (listOf(logprobs['tokens']) ?? []).map((token, i) => ({
    token,
    logprob: values[i],
    id: ids[i],
    top_logprobs: legacyTop(tops[i]),
  }));
}

/** Some servers send a list here too, most a dictionary in which tokens of equal text have become one. */
function legacyTop(top: unknown): readonly unknown[] {
  if (isRecord(top)) {
    return Object.entries(top).map(([token, logprob]) => ({ token, logprob }));
  }
  return listOf(top) ?? [];
}
