import assert from 'node:assert/strict';
import { clock } from '../../../src/cli/platform';
import { listModels } from '../../../src/parts/openai';
import { waitTold } from '../../../src/wire/failures';
import { redactor } from '../../../src/wire/redact';
import { FAULTS } from '../../fixtures/faultServer';
import { sendJson, TestServer } from '../../fixtures/testServer';
import { collectParagraph, openModel } from '../openai/harness';

const KEY = 'sk-canary/0123+456=';

describe('keys', () => {
  it('are taken out of whatever holds them, in every spelling of an address', () => {
    const redact = redactor(KEY);
    const given = { [KEY]: [`a ${KEY} b ${KEY}`, encodeURIComponent(KEY), 5, null, true] };
    assert.deepEqual(redact(given), { '•••': ['a ••• b •••', '•••', 5, null, true] });
    assert.equal(redactor(undefined)('text'), 'text');
    // A dummy that local servers take is an ordinary word.
    assert.equal(redactor('none')('there is none'), 'there is none');
  });

  it('are in no error of a list of models, whatever the server throws back', async () => {
    const server = await TestServer.start((request, response) =>
      sendJson(response, 401, {
        error: { message: `Bad ${String(request.headers['authorization'])}` },
      }),
    );
    const asked = listModels(
      { baseUrl: server.baseUrl, key: KEY },
      { fetch, clock, random: () => 0 },
      new AbortController().signal,
    );
    await assert.rejects(
      asked,
      (error: Error) => !`${error.message}${error.stack ?? ''}`.includes('canary'),
    );
    await server.close();
  });

  it('a proxy in the environment is not used by itself', async () => {
    const names = ['http_proxy', 'HTTP_PROXY', 'https_proxy', 'HTTPS_PROXY', 'ALL_PROXY'];
    const proxy = await TestServer.start((_, response) => sendJson(response, 500, {}));
    const server = await TestServer.start(FAULTS.none);
    const before = names.map((name) => [name, process.env[name]] as const);
    names.forEach((name) => (process.env[name] = proxy.origin));
    try {
      const { branches } = await collectParagraph(
        openModel(server.baseUrl, { api: 'chat', key: KEY }),
      );
      assert.equal(branches[0]?.status, 'done');
      assert.equal(proxy.received.length, 0);
    } finally {
      for (const [name, value] of before) {
        if (value === undefined) {
          Reflect.deleteProperty(process.env, name);
        } else {
          process.env[name] = value;
        }
      }
      await Promise.all([server.close(), proxy.close()]);
    }
  });
});

describe('waits that servers ask for', () => {
  const now = Date.parse('2026-01-01T00:00:00Z');
  const wait = (headers: Record<string, string>) => waitTold(new Headers(headers), 429, now);

  it('last until what is used up is there again', () => {
    for (const [left, reset, value, seconds] of [
      ['x-ratelimit-remaining-requests', 'x-ratelimit-reset-requests', '6m0s', 360],
      ['x-ratelimit-remaining-tokens', 'x-ratelimit-reset-tokens', '20ms', 1],
      ['x-ratelimit-remaining-tokens', 'x-ratelimit-reset-tokens', '1h2m3.5s', 3724],
      ['x-ratelimit-remaining', 'x-ratelimit-reset', String(now / 1000 + 30), 30],
      ['x-ratelimit-remaining', 'x-ratelimit-reset', String(now + 5000), 5],
      ['ratelimit-remaining', 'ratelimit-reset', '12', 12],
      [
        'anthropic-ratelimit-requests-remaining',
        'anthropic-ratelimit-requests-reset',
        '2026-01-01T00:00:09Z',
        9,
      ],
    ] as const) {
      assert.equal(wait({ [left]: '0', [reset]: value }), seconds, `${reset}: ${value}`);
      const other = { 'x-tokenlimit-remaining': '3', 'x-tokenlimit-reset': '9999' };
      assert.equal(wait({ [left]: '0', [reset]: value, ...other }), seconds, `${reset} alone`);
    }
    assert.equal(wait({ 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': 'later' }), undefined);
  });

  it('the longest of several', () => {
    const headers = {
      'x-ratelimit-remaining-requests': '0',
      'x-ratelimit-reset-requests': '1s',
      'x-ratelimit-remaining-tokens': '0',
      'x-ratelimit-reset-tokens': '9s',
    };
    assert.equal(wait(headers), 9);
  });
});
