import type { Options, PromptPart } from '../languageModel';
import { samplersAsked } from '../samplers';
import type { ApiFacts } from './dialects/dialect';
import type { Learned } from './learned';
import type { Plan } from './plan';
import type { RequestBody } from './wire';

/** Everything a request says. */
export interface Asked {
  model: string;
  plan: Plan;
  parts: readonly PromptPart[];
  options: Options;
  /** Continuations wanted of this one request. */
  n: number;
  seed: number | undefined;
}

/** The names under which the prompt itself goes out; what else stands in a body are parameters. */
export const PROMPT_FIELDS: ReadonlySet<string> = new Set([
  'messages',
  'prompt',
  'suffix',
  'input',
]);

/** OpenAI refuses a bound on the tokens of a response that is below this. */
const LEAST_OF_A_RESPONSE = 16;

/** The body of a request, without what the server has refused or knows nothing of. */
export function requestBody(asked: Asked, learned: Learned): RequestBody {
  const facts = learned.facts(asked.plan.api);
  const body = bodyOf(asked, facts, learned);
  const isLeftOut = (name: string): boolean =>
    learned.refuses(name) || facts.without?.includes(name) === true;
  return Object.fromEntries(Object.entries(body).filter(([name]) => !isLeftOut(name)));
}

/** Whether a request asks for probabilities, by whichever API. */
export function asksLogprobs(body: RequestBody): boolean {
  return 'logprobs' in body || 'include' in body;
}

function bodyOf(asked: Asked, facts: ApiFacts, learned: Learned): Record<string, unknown> {
  switch (asked.plan.api) {
    case 'responses':
      return responseBody(asked, facts, learned);
    case 'generate':
      return generateBody(asked, facts, learned);
    case 'chat':
    case 'completions':
      return completionBody(asked, facts, learned);
  }
}

function completionBody(asked: Asked, facts: ApiFacts, learned: Learned): Record<string, unknown> {
  const { model, plan, options, n, seed } = asked;
  const chat = plan.api === 'chat';
  return {
    model,
    ...(chat ? { messages: messages(asked, learned) } : rawPrompt(asked)),
    stream: true,
    stream_options: { include_usage: true },
    ...(n > 1 ? { n } : {}),
    [chat ? learned.tokensField : (facts.tokens ?? 'max_tokens')]: options.maxTokens,
    temperature: options.temperature,
    top_p: options.topP,
    ...samplers(options, facts, learned),
    ...(seed === undefined ? {} : { seed }),
    ...logitBias(options, facts),
    ...logprobs(asked, facts, learned),
    ...(plan.strategy === 'prefill' ? learned.dialect.prefill.body : {}),
  };
}

/** One answer a request, with no seed and none of the samplers; nothing of it is kept by the server. */
function responseBody(asked: Asked, facts: ApiFacts, learned: Learned): Record<string, unknown> {
  const { model, options } = asked;
  return {
    model,
    input: messages(asked, learned),
    stream: true,
    store: false,
    max_output_tokens: Math.max(LEAST_OF_A_RESPONSE, options.maxTokens),
    temperature: options.temperature,
    top_p: options.topP,
    ...logprobs(asked, facts, learned),
  };
}

/** Ollama's own: text as it stands, and the samplers in a record of their own. */
function generateBody(asked: Asked, facts: ApiFacts, learned: Learned): Record<string, unknown> {
  const { model, parts, options, seed } = asked;
  const suffix = parts.find(({ role }) => role === 'suffix')?.text;
  const shaping = {
    num_predict: options.maxTokens,
    temperature: options.temperature,
    top_p: options.topP,
    ...samplers(options, facts, learned),
    ...(seed === undefined ? {} : { seed }),
  };
  return {
    model,
    prompt: textOf(parts),
    ...(suffix === undefined ? { raw: true } : { suffix }),
    stream: true,
    options: Object.fromEntries(Object.entries(shaping).filter(([name]) => !learned.refuses(name))),
    ...logprobs(asked, facts, learned),
  };
}

function messages({ parts, plan }: Asked, learned: Learned): Record<string, unknown>[] {
  return parts.map(({ role, text }, index) => ({
    role: role === 'text' || role === 'suffix' ? 'user' : role,
    content: text,
    ...(plan.strategy === 'prefill' && role === 'assistant' && index === parts.length - 1
      ? learned.dialect.prefill.message
      : {}),
  }));
}

function textOf(parts: readonly PromptPart[]): string {
  const texts = parts.filter(({ role }) => role !== 'suffix');
  return texts.map(({ text }) => text).join('\n\n');
}

function rawPrompt({ parts }: Asked): { prompt: string | (string | number)[]; suffix?: string } {
  const prompt = textOf(parts);
  const suffix = parts.find(({ role }) => role === 'suffix')?.text;
  const emitted = parts.findLast(({ role }) => role !== 'suffix')?.emitted;
  if (emitted !== undefined) {
    // llama.cpp, which alone gives ids unasked, takes text and ids in one list.
    return { prompt: [prompt.slice(0, prompt.length - emitted.text.length), ...emitted.ids] };
  }
  return { prompt, ...(suffix === undefined ? {} : { suffix }) };
}

function samplers(options: Options, facts: ApiFacts, learned: Learned): Record<string, number> {
  const asked = Object.entries(samplersAsked(options));
  return Object.fromEntries(
    asked.flatMap(([name, value]) => {
      const field = facts.samplers[name as keyof typeof facts.samplers];
      return field === undefined || learned.refuses(field) ? [] : [[field, value]];
    }),
  );
}

/** Tokens that must not be written: by their ids, or by their text where the server takes that. */
function logitBias({ ban = [] }: Options, { logitBias: by }: ApiFacts): Record<string, unknown> {
  const ids = ban.flatMap(({ id }) => id ?? []);
  if (ban.length === 0 || by === 'none') {
    return {};
  }
  if (ids.length === ban.length) {
    return { logit_bias: Object.fromEntries(ids.map((id) => [String(id), -100])) };
  }
  return by === 'text' ? { logit_bias: ban.map(({ text }) => [text, false]) } : {};
}

/** At least one alternative is asked for: some servers take none to mean no probabilities either. */
function logprobs(
  { plan, options }: Asked,
  facts: ApiFacts,
  learned: Learned,
): Record<string, unknown> {
  const { api } = plan;
  const { form } = facts.logprobs;
  if (form === 'none' || learned.refuses('logprobs')) {
    return {};
  }
  const top = Math.max(1, Math.min(options.alternatives, learned.maxTop(api)));
  if (form === 'include') {
    return { include: ['message.output_text.logprobs'], top_logprobs: top };
  }
  return form === 'count' || (api === 'chat' && learned.countsLogprobs)
    ? { logprobs: top }
    : { logprobs: true, top_logprobs: top };
}
