import type { Usage } from '../languageModel';
import type { ChoicePart, Event } from './event';
import { countOf, isRecord, listOf, stringOf, type JsonRecord } from './json';
import { logprobEntries } from './logprobs';

const NOTHING: ChoicePart = {
  index: 0,
  text: '',
  thinks: false,
  refusal: '',
  entries: [],
  finish: undefined,
};

/** An event of the Responses API, or a whole response; undefined for what is neither. */
export function readResponseEvent(value: JsonRecord): Event | undefined {
  const type = stringOf(value['type']);
  if (type === undefined) {
    return value['object'] === 'response' ? wholeResponse(value) : undefined;
  }
  switch (type) {
    case 'response.output_text.delta':
      return only({
        text: stringOf(value['delta']) ?? '',
        entries: logprobEntries(value['logprobs']),
      });
    case 'response.refusal.delta':
      return only({ refusal: stringOf(value['delta']) ?? '' });
    case 'response.reasoning_text.delta':
    case 'response.reasoning_summary_text.delta':
      return only({ thinks: true });
    case 'response.completed':
    case 'response.incomplete':
      return endOf(isRecord(value['response']) ? value['response'] : {});
  }
  return type.startsWith('response.') ? { choices: [] } : undefined;
}

function only(part: Partial<ChoicePart>): Event {
  return { choices: [{ ...NOTHING, ...part }] };
}

function endOf(response: JsonRecord): Event {
  const usage = usageOf(response['usage']);
  const finish = finishOf(response);
  return { choices: [{ ...NOTHING, finish }], ...(usage ? { usage } : {}) };
}

/** Servers that do not stream answer with the whole: its text and probabilities are in the items. */
function wholeResponse(response: JsonRecord): Event {
  const contents = (listOf(response['output']) ?? [])
    .filter(isRecord)
    .filter(({ type }) => type === 'message')
    .flatMap(({ content }) => (listOf(content) ?? []).filter(isRecord));
  const usage = usageOf(response['usage']);
  const part = {
    ...NOTHING,
    text: contents.map(({ text }) => stringOf(text) ?? '').join(''),
    refusal: contents.map(({ refusal }) => stringOf(refusal) ?? '').join(''),
    entries: contents.flatMap(({ logprobs }) => logprobEntries(logprobs)),
    finish: finishOf(response),
  };
  return { choices: [part], ...(usage ? { usage } : {}) };
}

function finishOf({ status, incomplete_details: details }: JsonRecord): string {
  const reason = isRecord(details) ? stringOf(details['reason']) : undefined;
  if (reason === 'content_filter') {
    return 'content_filter';
  }
  return status === 'incomplete' ? 'length' : 'stop';
}

function usageOf(value: unknown): Usage | undefined {
  const promptTokens = isRecord(value) ? countOf(value['input_tokens']) : undefined;
  const completionTokens = isRecord(value) ? countOf(value['output_tokens']) : undefined;
  return promptTokens === undefined && completionTokens === undefined
    ? undefined
    : { promptTokens: promptTokens ?? 0, completionTokens: completionTokens ?? 0 };
}
