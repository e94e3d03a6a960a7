import type { JsonRecord } from './json';
import { isRecord } from './json';
import { readEvent } from './choices';

/**
 * The events of one continuation as one, with the probabilities that the server told afterwards: text
 * cannot be shown before its tokens are known.
 * @param late what the server answered, `{logprobs}`
 */
export function withLateLogprobs(events: readonly unknown[], late: unknown): JsonRecord {
  const parts = events.flatMap((event) => readEvent(event).choices);
  const usage = events.filter(isRecord).findLast((event) => isRecord(event['usage']))?.['usage'];
  return {
    choices: [
      {
        index: 0,
        text: parts.map(({ text }) => text).join(''),
        logprobs: isRecord(late) ? late['logprobs'] : null,
        finish_reason: parts.findLast(({ finish }) => finish !== undefined)?.finish ?? null,
      },
    ],
    ...(usage === undefined ? {} : { usage }),
  };
}
