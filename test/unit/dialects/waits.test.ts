import assert from 'node:assert/strict';
import { serverMessage } from '../../../src/core/model/openai/serverMessage';
import { waitTold } from '../../../src/wire/failures';

const NOW = Date.UTC(2026, 0, 1);

function wait(headers: Record<string, string>, status = 429): number | undefined {
  return waitTold(new Headers(headers), status, NOW);
}

describe('how long a server asks to wait', () => {
  it('is what it says, in any of the ways in which servers say it', () => {
    assert.equal(wait({ 'retry-after': '3', 'x-ratelimit-reset-requests': '9s' }), 3);
    assert.equal(wait({ 'retry-after-ms': '1500' }), 2);
    assert.equal(wait({ 'x-ratelimit-reset-requests': '1m2s' }), 62);
    assert.equal(wait({ 'x-ratelimit-reset-tokens': '20ms' }), 1);
    assert.equal(wait({ 'x-ratelimit-reset': '7' }), 7);
    assert.equal(wait({ 'x-ratelimit-reset': String(NOW + 4000) }), 4);
    assert.equal(wait({ 'x-ratelimit-reset': String(NOW / 1000 + 5) }), 5);
  });

  it('is the longest of the limits, since any of them may be why', () => {
    const both = { 'x-ratelimit-reset-requests': '1s', 'x-ratelimit-reset-tokens': '8s' };
    assert.equal(wait(both), 8);
  });

  it('is unknown where nothing is said, or where what is told is not about this refusal', () => {
    assert.equal(wait({}), undefined);
    assert.equal(wait({ 'x-ratelimit-reset': '' }), undefined);
    assert.equal(wait({ 'x-ratelimit-reset': 'soon' }), undefined);
    assert.equal(wait({ 'x-ratelimit-reset-requests': '6s' }, 503), undefined);
  });
});

describe('what an error says', () => {
  const shapes: Readonly<Record<string, unknown>> = {
    OpenAI: { error: { message: 'It broke.', type: 'server_error', param: null, code: null } },
    'llama.cpp': { error: { code: 500, message: 'It broke.', type: 'server_error' } },
    Ollama: { error: 'It broke.' },
    vLLM: { object: 'error', message: 'It broke.', type: 'BadRequestError', code: 400 },
    KoboldCpp: { detail: { msg: 'It broke.', type: 'service_unavailable' } },
    'text-generation-webui': { detail: [{ loc: ['body', 'n'], msg: 'It broke.' }] },
    OpenRouter: { error: { code: 502, message: 'It broke.', metadata: { provider_name: 'X' } } },
  };
  for (const [name, body] of Object.entries(shapes)) {
    it(`is read in the shape of ${name}`, () => {
      assert.equal(serverMessage(body).text, 'It broke.');
    });
  }
});
