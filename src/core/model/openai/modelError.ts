import type { ModelError } from '../error';
import { contextError } from './contextError';
import { networkError } from './networkError';
import { closed, serverMessage, type ServerMessage } from './serverMessage';
import type { WireFailure } from './wire';

/** Who was asked, for the words of an error. */
export interface Respondent {
  /** Scheme, host and port. */
  origin: string;
  model: string;
  hasKey: boolean;
}

type Answer = Extract<WireFailure, { kind: 'status' }>;

/** A failure of the wire in words, with what to do about it. `begun`: whether tokens had come. */
export function modelError(failure: WireFailure, who: Respondent, begun: boolean): ModelError {
  switch (failure.kind) {
    case 'status':
      return answerError(failure, who);
    case 'in-stream':
      return inStreamError(failure.body, who);
    case 'network':
      return networkError(who.origin, failure.code, failure.reason, begun);
    case 'timeout':
      return {
        code: 'timeout',
        message: `Nothing came from ${who.origin} for ${failure.seconds} seconds.`,
        action: failure.begun
          ? 'What came is kept; try again.'
          : 'It may be busy, or the passage long: try again, or send less text.',
        retryable: true,
      };
    case 'redirect':
      return {
        code: 'insecure',
        message: `${who.origin} sends requests on to ${failure.to}; nothing was sent there.`,
        action: 'If you trust that address, set it as the base URL.',
        retryable: false,
      };
    case 'malformed':
      return {
        code: 'stream',
        message: `${who.origin} sent something that is not JSON.`,
        action: 'What came is kept; try again, and check the server if it happens again.',
        retryable: true,
      };
    case 'endless':
      return {
        code: 'stream',
        message: `${who.origin} sent more and more, and no answer came of it.`,
        action: 'Check the base URL, and the server if that is right.',
        retryable: false,
      };
    case 'not-a-stream':
      return notAStream(failure, who);
    case 'bad-key':
      return {
        code: 'unauthorized',
        message: `The key for ${who.origin} holds characters that cannot be sent.`,
        action: 'Enter the key again, without line breaks or quotation marks.',
        retryable: false,
      };
  }
}

/** The error of a stream that ended without anything of the model's. */
export function nothingCame({ origin }: Respondent): ModelError {
  return {
    code: 'stream',
    message: `${origin} answered without any text.`,
    action: 'Try again, and check the server if it happens again.',
    retryable: true,
  };
}

/** The error of a branch whose tokens all went into thinking. */
export function thoughtTooLong(): ModelError {
  return {
    code: 'bad-request',
    message: 'The model spent all its tokens on thinking and wrote nothing.',
    action: 'Allow more tokens, or choose a model that does not think first.',
    retryable: false,
  };
}

/** The error of a branch that the model declined to write. */
export function refusedToWrite(reason: string): ModelError {
  return {
    code: 'refused',
    message: `The model declined: ${closed(reason)}`,
    action: 'Change the passage or choose another model.',
    retryable: true,
  };
}

function notAStream(
  { contentType, beginning }: { contentType: string; beginning: string },
  who: Respondent,
) {
  const said = serverMessage(beginning).text;
  return {
    code: 'stream',
    message: `${who.origin} answered with ${contentType || 'something'} that is no model's answer${said ? `: ${closed(said)}` : '.'}`,
    action: 'Check the base URL: for most servers it ends in /v1.',
    retryable: false,
  } satisfies ModelError;
}

function inStreamError(body: unknown, who: Respondent): ModelError {
  const context = contextError(body);
  const { text, code } = serverMessage(body);
  return (
    context ?? {
      code: 'stream',
      message: `${who.origin} broke off with an error: ${closed(text || code || 'it did not say which')}`,
      action: 'What came is kept; try again.',
      retryable: true,
    }
  );
}

function answerError(failure: Answer, who: Respondent): ModelError {
  const { status, retryAfter } = failure;
  const message = serverMessage(failure.body);
  const context = [400, 413, 422, 500].includes(status) ? contextError(failure.body) : undefined;
  if (context !== undefined) {
    return context;
  }
  const error = ofStatus(status, message, who);
  return retryAfter === undefined ? error : { ...error, retryAfter };
}

function ofStatus(status: number, message: ServerMessage, who: Respondent): ModelError {
  const { origin, model, hasKey } = who;
  const because = message.text === '' ? '' : ` It says: ${closed(message.text)}`;
  switch (status) {
    case 401:
      return hasKey
        ? error('unauthorized', `${origin} does not accept the key.${because}`, 'Check the key.')
        : error('no-key', `${origin} wants a key.${because}`, 'Set a key for this server.');
    case 402:
      return error('forbidden', `${origin} wants to be paid first.${because}`, 'Add credit there.');
    case 403:
      return error(
        'forbidden',
        `${origin} does not allow this.${because}`,
        'Check what the key may do.',
      );
    case 404:
    case 405:
      return error(
        'not-found',
        `${origin} does not know the model ${model}, or has nothing at this address.${because}`,
        'Check the name of the model and the base URL: for most servers it ends in /v1.',
      );
    case 429:
      return rateLimited(message, origin, because);
    case 408:
    case 504:
    case 524:
      return again('timeout', `${origin} took too long.${because}`, 'Try again.');
    case 503:
    case 529:
      return again('overloaded', `${origin} is not ready.${because}`, 'Try again in a moment.');
  }
  return status >= 500
    ? again('server', `${origin} failed (${status}).${because}`, 'Try again, or look at its log.')
    : error(
        'bad-request',
        `${origin} did not take the request (${status}).${because}`,
        'Check the settings of the model.',
      );
}

function rateLimited({ code, type }: ServerMessage, origin: string, because: string): ModelError {
  return [code, type].includes('insufficient_quota')
    ? error('rate-limited', `Your quota at ${origin} is used up.${because}`, 'Add credit there.')
    : again(
        'rate-limited',
        `${origin} takes no more requests just now.${because}`,
        'Wait, then try again.',
      );
}

function error(code: ModelError['code'], message: string, action: string): ModelError {
  return { code, message, action, retryable: false };
}

function again(code: ModelError['code'], message: string, action: string): ModelError {
  return { code, message, action, retryable: true };
}
