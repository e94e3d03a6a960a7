import type { Options, PromptPart } from '../languageModel';
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
export const PROMPT_FIELDS: ReadonlySet<string> = new Set(['messages', 'prompt', 'suffix']);

/** The body of a request, without what the server has refused. */
export function requestBody(asked: Asked, learned: Learned): RequestBody {
  const { model, plan, options, n, seed } = asked;
  const { temperature, topP, minP, maxTokens } = options;
  const chat = plan.api === 'chat';
  const body: Record<string, unknown> = {
    model,
    ...(chat ? { messages: messages(asked) } : rawPrompt(asked)),
    stream: true,
    stream_options: { include_usage: true },
    ...(n > 1 ? { n } : {}),
    [chat ? learned.tokensField : 'max_tokens']: maxTokens,
    temperature,
    top_p: topP,
    ...(minP > 0 ? { min_p: minP } : {}),
    ...(seed === undefined ? {} : { seed }),
    ...logprobs(asked, learned),
    ...(plan.strategy === 'prefill'
      ? { continue_final_message: true, add_generation_prompt: false }
      : {}),
  };
  return Object.fromEntries(Object.entries(body).filter(([name]) => !learned.refuses(name)));
}

function messages({ parts }: Asked): { role: string; content: string }[] {
  return parts.map(({ role, text }) => ({
    role: role === 'text' || role === 'suffix' ? 'user' : role,
    content: text,
  }));
}

function rawPrompt({ parts }: Asked): { prompt: string | (string | number)[]; suffix?: string } {
  const texts = parts.filter(({ role }) => role !== 'suffix');
  const prompt = texts.map(({ text }) => text).join('\n\n');
  const suffix = parts.find(({ role }) => role === 'suffix')?.text;
  const emitted = texts.at(-1)?.emitted;
  if (emitted !== undefined) {
    // llama.cpp, which alone gives ids unasked, takes text and ids in one list.
    return { prompt: [prompt.slice(0, prompt.length - emitted.text.length), ...emitted.ids] };
  }
  return { prompt, ...(suffix === undefined ? {} : { suffix }) };
}

/** At least one alternative is asked for: some servers take none to mean no probabilities either. */
function logprobs({ plan, options }: Asked, learned: Learned): Record<string, unknown> {
  const { api } = plan;
  if (learned.refuses('logprobs')) {
    return {};
  }
  const top = Math.max(1, Math.min(options.alternatives, learned.maxTop(api)));
  if (api === 'completions' || learned.countsLogprobs) {
    return { logprobs: top };
  }
  return { logprobs: true, top_logprobs: top };
}
