import type { ModelError } from '../error';

/** Codes of certificates and of the TLS protocol, as Node and OpenSSL name them. */
const TLS = /CERT|TLS|SSL|EPROTO|SELF_SIGNED|UNABLE_TO_(GET|VERIFY)|HOSTNAME/;
const NO_NAME = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_NODATA', 'EAI_NONAME']);
const BROKEN = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET', 'ECONNABORTED']);

/**
 * The error of a connection that never stood, or broke.
 * @param code as the platform names it; browsers name none
 * @param begun whether anything had come over it
 */
export function networkError(
  origin: string,
  code: string | undefined,
  reason: string,
  begun: boolean,
): ModelError {
  if (begun) {
    return cutShort();
  }
  if (code !== undefined && TLS.test(code)) {
    return {
      code: 'insecure',
      message: `There is no secure connection to ${origin} (${code}).`,
      action: 'Check its certificate, or whether the address should begin with http instead.',
      retryable: false,
    };
  }
  return {
    code: 'unreachable',
    message: unreachable(origin, code, reason),
    action: 'Start the server, or check its address and the network.',
    retryable: true,
  };
}

function unreachable(origin: string, code: string | undefined, reason: string): string {
  if (code === 'ECONNREFUSED') {
    return `Nothing answers at ${origin}.`;
  }
  if (code !== undefined && NO_NAME.has(code)) {
    return `There is no server by the name of ${origin}.`;
  }
  if (code !== undefined && BROKEN.has(code)) {
    return `${origin} closed the connection without an answer.`;
  }
  return `${origin} could not be reached (${code ?? reason}).`;
}

/** The error of a stream that ended before the branch did. */
export function cutShort(): ModelError {
  return {
    code: 'stream',
    message: 'The connection broke off before the branch was finished.',
    action: 'What came is kept; try again for another.',
    retryable: true,
  };
}
