import assert from 'node:assert/strict';
import { contextError } from '../../../src/core/model/openai/contextError';
import { modelError } from '../../../src/core/model/openai/modelError';
import { serverMessage } from '../../../src/core/model/openai/serverMessage';
import type { WireFailure } from '../../../src/core/model/openai/wire';
import { retryAfter, wireFailure } from '../../../src/wire/failures';

const WHO = { origin: 'https://host', model: 'm', hasKey: true };

describe('errors in words', () => {
  it('how long a passage is and may be, from whatever says so', () => {
    const bodies: [unknown, string][] = [
      [
        { type: 'exceed_context_size_error', message: 'x', n_prompt_tokens: 1012, n_ctx: 512 },
        'The passage is 1012 tokens long; the model takes 512 tokens.',
      ],
      [
        {
          code: 'context_length_exceeded',
          message:
            "This model's maximum context length is 8192 tokens. However, your messages resulted in 9,001 tokens.",
        },
        'The passage is 9001 tokens long; the model takes 8192 tokens.',
      ],
      [
        "This model's maximum context length is 4097 tokens, however you requested 4117 tokens (20 in your prompt)",
        'The passage is 4117 tokens long; the model takes 4097 tokens.',
      ],
      [
        { code: 'context_length_exceeded', message: 'Too long.' },
        'The passage is longer than the model takes.',
      ],
    ];
    for (const [body, message] of bodies) {
      assert.equal(contextError(body)?.message, message);
    }
    assert.equal(contextError({ message: 'temperature must be at most 2' }), undefined);
    assert.equal(contextError({ message: 'max_tokens must be positive' }), undefined);
  });

  it('every status has a code, and only what may pass can be tried again', () => {
    const expected: Record<number, [string, boolean]> = {
      400: ['bad-request', false],
      401: ['unauthorized', false],
      402: ['forbidden', false],
      403: ['forbidden', false],
      404: ['not-found', false],
      408: ['timeout', true],
      409: ['bad-request', false],
      422: ['bad-request', false],
      429: ['rate-limited', true],
      500: ['server', true],
      502: ['server', true],
      503: ['overloaded', true],
      504: ['timeout', true],
      529: ['overloaded', true],
    };
    for (const [status, [code, retryable]] of Object.entries(expected)) {
      const failure = { kind: 'status', status: Number(status), body: undefined } as const;
      const error = modelError(failure, WHO, false);
      assert.deepEqual([error.code, error.retryable], [code, retryable], status);
      assert.match(error.message, /^https:\/\/host .*\.$/);
    }
  });

  it('connections that fail, by what the platform calls it', () => {
    const expected: Record<string, string> = {
      ECONNREFUSED: 'unreachable',
      ENOTFOUND: 'unreachable',
      EAI_AGAIN: 'unreachable',
      ECONNRESET: 'unreachable',
      EHOSTUNREACH: 'unreachable',
      DEPTH_ZERO_SELF_SIGNED_CERT: 'insecure',
      UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'insecure',
      CERT_HAS_EXPIRED: 'insecure',
      ERR_TLS_CERT_ALTNAME_INVALID: 'insecure',
      ERR_SSL_WRONG_VERSION_NUMBER: 'insecure',
      EPROTO: 'insecure',
    };
    for (const [code, kind] of Object.entries(expected)) {
      const failure: WireFailure = { kind: 'network', code, reason: 'it failed' };
      assert.equal(modelError(failure, WHO, false).code, kind, code);
      assert.equal(modelError(failure, WHO, true).code, 'stream', `${code} in a stream`);
    }
  });

  it('finds the cause under what it was wrapped in', () => {
    const refused = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
    const both = new AggregateError([refused, new Error('other')]);
    const error = new Error('Connection error.', {
      cause: new TypeError('failed', { cause: both }),
    });
    const failure = wireFailure(error);
    assert.equal(failure.kind === 'network' && failure.code, 'ECONNREFUSED');
    const loop = new Error('round');
    loop.cause = loop;
    assert.equal(wireFailure(loop).kind, 'network');
    assert.equal(wireFailure('thrown').kind, 'network');
  });

  it('reads the message of every shape of error', () => {
    const shapes: [unknown, string][] = [
      [{ error: { message: 'a' } }, 'a'],
      [{ error: 'a' }, 'a'],
      [{ message: 'a' }, 'a'],
      [{ detail: 'a' }, 'a'],
      [{ detail: [{ loc: ['body', 'n'], msg: 'a' }] }, 'a'],
      ['a', 'a'],
      ['<html><head><style>x{}</style></head><body><h1>a</h1></body></html>', 'a'],
      [null, ''],
      [[1], ''],
      [{ error: { message: { deep: true } } }, ''],
    ];
    for (const [body, text] of shapes) {
      assert.equal(serverMessage(body).text, text, JSON.stringify(body));
    }
    assert.ok(serverMessage('word '.repeat(10_000)).text.length < 400);
  });

  it('a wait is seconds or a date, and never negative', () => {
    const now = Date.parse('2026-01-01T00:00:00Z');
    assert.equal(retryAfter('12', now), 12);
    assert.equal(retryAfter('0.2', now), 1);
    assert.equal(retryAfter('Thu, 01 Jan 2026 00:01:30 GMT', now), 90);
    assert.equal(retryAfter('Wed, 31 Dec 2025 00:00:00 GMT', now), 0);
    for (const header of [null, '', ' ', 'soon']) {
      assert.equal(retryAfter(header, now), undefined);
    }
  });
});
