import { estimateTokens } from '../../prompt/fitPassage';
import { contextError, contextLimit } from './contextError';
import { DIALECTS } from './dialects';
import type { Endpoint } from './endpoint';
import { isRecord } from './json';
import type { Learned } from './learned';
import { mayChat, type Plan } from './plan';
import { serverMessage, type ServerMessage } from './serverMessage';
import type { Api, RequestBody, WireFailure } from './wire';

/** A request that the server refused. */
export interface Refused {
  plan: Plan;
  body: RequestBody;
  failure: WireFailure;
}

/** Answers that may be about how the request was made rather than about who asks, or for how much. */
const ABOUT_THE_REQUEST = new Set([400, 403, 404, 405, 410, 415, 422, 500, 501]);
/** Answers of a server that does not have what was asked for. */
const NOT_THERE = new Set([404, 405, 410, 501]);
/** Parameters that a request does without, besides those of samplers and of messages that have begun. */
const OPTIONAL: readonly string[] = [
  'temperature',
  'top_p',
  'seed',
  'stream_options',
  'suffix',
  'logit_bias',
  'store',
  ...new Set(
    DIALECTS.flatMap(({ apis, prefill }) => [
      ...Object.values(apis).flatMap(({ samplers }) => Object.values(samplers)),
      ...Object.keys(prefill.body ?? {}),
    ]),
  ),
];

const OUT_OF_RANGE =
  /(?:above|below) (?:the )?(?:maximum|minimum)|(?:less|greater) than or equal|must be (?:between|in|within|at most|at least)|out of range|[<>]= ?-?\d/i;

/** Where a server does not say what it takes, the next request is this much of the last one. */
const SHORTER = 0.75;

/** Draws from a refusal what to do differently; a request made anew then differs, if anything can be done. */
export function adapt(refused: Refused, endpoint: Endpoint, learned: Learned): void {
  const { failure, plan, body } = refused;
  if ('body' in failure && contextError(failure.body)) {
    learned.limitContext(contextLimit(failure.body) ?? SHORTER * lengthOf(body));
    return;
  }
  if (plan.api === 'responses' && lacksResponses(failure)) {
    const evidence = 'The server has no Responses API.';
    learned.setApi('responses', { value: 'no', evidence });
    return;
  }
  if (failure.kind !== 'status' || !ABOUT_THE_REQUEST.has(failure.status)) {
    return;
  }
  const message = serverMessage(failure.body);
  const evidence = `The server answered ${failure.status}: ${message.text}`;
  if (Array.isArray(body['prompt'])) {
    // First as text, whatever the reason was: that goes everywhere.
    learned.refuseIds(evidence);
    return;
  }
  if (mayChat(endpoint) && lacksApi(refused, failure.status, message)) {
    learned.setApi(plan.api, { value: 'no', evidence });
    return;
  }
  adaptParameters(refused, message, evidence, learned);
}

/** About how many tokens a request is, with the reply it asks for. */
function lengthOf({ prompt, messages, input, max_tokens: maxTokens }: RequestBody): number {
  return estimateTokens(JSON.stringify(prompt ?? messages ?? input)) + Number(maxTokens ?? 0);
}

function adaptParameters(
  { plan, body }: Refused,
  message: ServerMessage,
  evidence: string,
  learned: Learned,
): void {
  const names = (name: string): boolean => isNamedIn(body, name, message);
  if (names('n')) {
    learned.limitN(boundIn(message.text, Number(body['n'])) ?? 1);
  }
  if (names('max_tokens') && message.text.includes('max_completion_tokens')) {
    learned.renameTokensField();
  }
  const included = 'include' in body && /\b(?:logprobs|include)\b/.test(message.text);
  if (names('logprobs') || names('top_logprobs') || included) {
    adaptLogprobs(plan.api, body, message, evidence, learned);
  }
  // A number that is out of its range is the writer's to change: without it the reply would be another one.
  for (const name of OUT_OF_RANGE.test(message.text) ? [] : OPTIONAL.filter(names)) {
    learned.refuse(name, evidence);
  }
  if (
    plan.strategy === 'prefill' &&
    /assistant|prefill|last message|thinking/i.test(message.text)
  ) {
    learned.prefill = { value: 'no', evidence };
  }
}

/** Whether a refusal is about the API, and another one may do. */
function lacksApi({ plan, body }: Refused, status: number, message: ServerMessage): boolean {
  if (plan.api === 'chat') {
    return /\bv1\/responses\b/.test(message.text);
  }
  const isRaw = plan.api === 'completions' || plan.api === 'generate';
  const names = (name: string): boolean => isNamedIn(body, name, message);
  return isRaw && !['n', ...OPTIONAL].some(names) && lacksCompletions(status, message);
}

/** A server that has no such API says so, or says that this model is for the other one. */
function lacksCompletions(status: number, { text }: ServerMessage): boolean {
  const otherApi =
    /chat model|\/completions|(chat|legacy) completions?|completions? (api|operation|endpoint)/i;
  return (
    NOT_THERE.has(status) || (otherApi.test(text) && /\bnot\b|n't|\bonly\b|\buse\b/i.test(text))
  );
}

/** LM Studio says so in a good answer; others do not know the address. */
function lacksResponses(failure: WireFailure): boolean {
  return failure.kind === 'in-stream'
    ? /unexpected endpoint/i.test(serverMessage(failure.body).text)
    : failure.kind === 'status' && NOT_THERE.has(failure.status);
}

/** Whether a parameter that went out, among the options of Ollama's API too, is what a message is about. */
function isNamedIn(body: RequestBody, name: string, message: ServerMessage): boolean {
  const { options } = body;
  return (name in body || (isRecord(options) && name in options)) && isNamed(name, message);
}

/** A bound on their number is kept to; else they are done without. */
function adaptLogprobs(
  api: Api,
  body: RequestBody,
  message: ServerMessage,
  evidence: string,
  learned: Learned,
): void {
  const top = Number(body['top_logprobs'] ?? body['logprobs']);
  const bound = boundIn(message.text, top);
  if (bound !== undefined && bound > 0) {
    learned.limitTop(api, bound);
  } else if (body['logprobs'] === true && /\bint(eger)?\b|\bnumber\b/i.test(message.text)) {
    learned.countLogprobs();
  } else {
    learned.refuse('logprobs', evidence);
    learned.setLogprobs(api, { value: 'no', evidence });
  }
}

/** Where a message names a parameter as its field, that counts; else where its text does. */
function isNamed(name: string, { text, parameters }: ServerMessage): boolean {
  if (parameters.length > 0) {
    return parameters.includes(name);
  }
  const word =
    name === 'n'
      ? /["'`]n["'`]|\bn ?[=<>]|\bn (must|should|is|has)\b|one completion choice/i
      : null;
  return (word ?? new RegExp(`\\b${name}\\b`)).test(text);
}

/** The greatest number in a message that is less than what was asked for. */
function boundIn(text: string, asked: number): number | undefined {
  const numbers = Array.from(text.matchAll(/(?<![\w.-])\d+(?![\w.]*\w)/g), ([digits]) =>
    Number(digits),
  );
  const below = numbers.filter((number) => number < asked);
  return below.length > 0 ? Math.max(...below) : undefined;
}
