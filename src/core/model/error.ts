/**
 * Every kind of failure. `no-key`, `unauthorized`, `forbidden`, `not-found`, `rate-limited`,
 * `overloaded` and `server` are answers of a server · `unreachable`, `timeout` and `insecure` there was
 * no answer · `stream` it broke off or made no sense · `context` more text than the model takes ·
 * `storage` something could not be written down.
 */
export const MODEL_ERROR_CODES = [
  'asset-missing',
  'asset-damaged',
  'cancelled',
  'bad-request',
  'refused',
  'no-key',
  'unauthorized',
  'forbidden',
  'not-found',
  'rate-limited',
  'overloaded',
  'server',
  'unreachable',
  'timeout',
  'insecure',
  'context',
  'unsupported',
  'stream',
  'storage',
  'internal',
] as const;

/** What kind of failure it was; the UI and exit codes depend on it, never on the message. */
export type ModelErrorCode = (typeof MODEL_ERROR_CODES)[number];

/** Plain data of a model failure: it crosses the protocol and goes into the journal. */
export interface ModelError {
  code: ModelErrorCode;
  /** What happened, as a sentence for the writer. */
  message: string;
  /** What to do about it, as a sentence for the writer. */
  action: string;
  /** Whether the same request may succeed later. */
  retryable: boolean;
  /** Seconds after which the server wants to be asked again. */
  retryAfter?: number;
}

/** A failure whose text is written for people; anything else that is thrown is a defect of ours. */
export class VariorumError extends Error {
  override readonly name = 'VariorumError';

  constructor(
    readonly detail: ModelError,
    options?: { cause?: unknown },
  ) {
    super(`${detail.message} ${detail.action}`.trim(), options);
  }
}

/** The `ModelError` of anything thrown; a stranger becomes `internal`, its own message kept. */
export function toModelError(error: unknown): ModelError {
  if (isVariorumError(error)) {
    return error.detail;
  }
  const what = error instanceof Error ? error.message : String(error);
  return {
    code: 'internal',
    message: `Something went wrong inside Variorum: ${what}.`,
    action: 'Try again; if it happens again, please report it with this text.',
    retryable: true,
  };
}

/**
 * Whether a failure's text is written for people. By its shape: parts that are loaded later are bundles
 * of their own, each with its own copy of the class.
 */
export function isVariorumError(error: unknown): error is VariorumError {
  return error instanceof Error && error.name === 'VariorumError' && 'detail' in error;
}
