import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { ScoreOptions } from '../../../src/core/model/languageModel';
import type { Token } from '../../../src/core/model/token';
import { isVariorumError } from '../../../src/core/model/error';
import type { Endpoint } from '../../../src/parts/openai';
import { recording, startReplayServer } from '../../fixtures/replayServer';
import { sendJson, TestServer } from '../../fixtures/testServer';
import { openModel } from './harness';

const MADE = join(new URL('.', import.meta.url).pathname, '../../fixtures/scoring');
const TEXT = 'The sea was grey. Nobody came.';
const WORDS = ['The', ' sea', ' was', ' grey', '.', ' Nobody', ' came', '.'];
const NUMBERS = [null, -4.2, -0.7, null, -0.002, -5.5, -1.25, -0.01];

let server: TestServer | undefined;

async function serve(made: string[], recorded: string[] = []): Promise<TestServer> {
  server = await startReplayServer([
    ...recorded.map((file) => recording(file)),
    ...made.map((file) => recording(file, MADE)),
  ]);
  return server;
}

async function score(
  text: string,
  options: ScoreOptions = {},
  endpoint: Partial<Endpoint> = {},
  signal = new AbortController().signal,
): Promise<Token[]> {
  const model = openModel(server?.baseUrl ?? '', endpoint);
  const tokens: Token[] = [];
  for await (const run of model.score?.(text, signal, options) ?? []) {
    tokens.push(...run.tokens);
  }
  return tokens;
}

function assertTiles(tokens: readonly Token[], from: number, to: number): void {
  assert.equal(tokens[0]?.start, from);
  assert.equal(tokens.at(-1)?.end, to);
  tokens.forEach(({ start }, i) => assert.equal(start, tokens[i - 1]?.end ?? from));
}

const asked = () => server?.received.map(({ body }) => body as Record<string, unknown>) ?? [];

describe('scoring text by a server', () => {
  afterEach(async () => {
    await server?.close();
    server = undefined;
  });

  for (const [what, files] of [
    ['echo', ['echo-legacy']],
    ['echo with a token written besides', ['refuses-max-tokens-0', 'echo-one-more']],
    ['prompt_logprobs', ['refuses-echo', 'prompt-logprobs']],
    [
      'prompt_logprobs without ids',
      ['refuses-echo', 'prompt-logprobs-no-ids', 'prompt-logprobs-0'],
    ],
  ] as const) {
    it(`${what}: every number as it came, and where it stands`, async () => {
      await serve([...files]);
      const tokens = await score(TEXT);
      assertTiles(tokens, 0, TEXT.length);
      assert.deepEqual(
        tokens.map(({ start, end }) => TEXT.slice(start, end)),
        WORDS,
      );
      assert.deepEqual(
        tokens.map(({ logprob }) => logprob),
        NUMBERS,
      );
      assert.equal(tokens[0]?.missing, 'first');
      assert.equal(tokens[3]?.missing, 'floor');
      assert.equal(asked().length, files.length);
    });
  }

  it('asks for the alternatives, and without ids does without rather than guess', async () => {
    await serve(['refuses-echo', 'prompt-logprobs']);
    const named = await score(TEXT);
    assert.deepEqual(
      named[5]?.alternatives.map(({ text }) => text),
      [' The', ' It', ' Nobody'],
    );
    assert.equal(asked()[1]?.['return_token_ids'], true);
    await server?.close();
    await serve(['refuses-echo', 'prompt-logprobs-no-ids', 'prompt-logprobs-0']);
    const alone = await score(TEXT);
    assert.deepEqual(alone[5]?.alternatives, []);
    assert.deepEqual(
      asked().map((body) => body['prompt_logprobs']),
      [undefined, 5, 0],
    );
  });

  it('the answer may stand under `prompt`, with a token before the text', async () => {
    await serve(['echo-under-prompt']);
    const tokens = await score(TEXT);
    assertTiles(tokens, 0, TEXT.length);
    assert.equal(tokens[0]?.logprob, -3);
    assert.equal(tokens[1]?.logprob, -4.2);
  });

  it('a llama-server that ignores all of it is found out, and nothing is invented', async () => {
    const text = 'Once upon a time, there was a';
    const file = '22-completions-echo-logprobs-max0';
    await serve([], [file, file]);
    const model = openModel(server?.baseUrl ?? '');
    assert.equal(model.capabilities.score.value, 'unknown');
    const runs = model.score?.(text, new AbortController().signal);
    await assert.rejects(
      async () => {
        for await (const run of runs ?? []) {
          assert.fail(`it scored ${run.tokens.length} tokens`);
        }
      },
      (error) => isVariorumError(error) && error.detail.code === 'unsupported',
    );
    assert.equal(model.capabilities.score.value, 'no');
    assert.match(model.capabilities.score.evidence, /echo/);
    assert.deepEqual(
      asked().map((body) => Object.keys(body).filter((name) => /echo|prompt_logprobs/.test(name))),
      [['echo'], ['prompt_logprobs']],
    );
  });

  it('a server that is asked by its chat API alone is not asked at all', async () => {
    await serve([]);
    await assert.rejects(score(TEXT, {}, { api: 'chat' }), /chat API/);
    assert.deepEqual(asked(), []);
  });

  it('a refusal that says nothing of the ability does not count against it', async () => {
    server = await TestServer.start((_, response) =>
      sendJson(response, 401, { error: { message: 'no' } }),
    );
    const model = openModel(server.baseUrl);
    const all = async () => {
      for await (const run of model.score?.(TEXT, new AbortController().signal) ?? []) {
        assert.fail(`${run.tokens.length}`);
      }
    };
    await assert.rejects(all, (error) => isVariorumError(error) && error.detail.code === 'no-key');
    assert.equal(model.capabilities.score.value, 'unknown');
  });

  describe('in windows', () => {
    const novel = Array.from({ length: 4000 }, (_, i) => `word${(i * 7919) % 1000}`).join(' ');

    /** Each word with its space is a token; its number tells how many tokens stand before it. */
    async function counting(limit = Infinity): Promise<void> {
      server = await TestServer.start(({ body }, response) => {
        const { prompt } = body as { prompt: string };
        const tokens = prompt.match(/\s*\S+/g) ?? [];
        if (tokens.length > limit) {
          const message = `This model's maximum context length is ${limit} tokens.`;
          sendJson(response, 400, { error: { message, code: 'context_length_exceeded' } });
          return;
        }
        const numbers = tokens.map((_, i) => (i === 0 ? null : -i / 1000));
        const logprobs = { tokens, token_logprobs: numbers, top_logprobs: null };
        sendJson(response, 200, { choices: [{ index: 0, text: prompt, logprobs }] });
      });
    }

    for (const limit of [Infinity, 300]) {
      it(`every token but the first has context, when a server takes ${limit} tokens`, async () => {
        await counting(limit);
        const tokens = await score(novel);
        assertTiles(tokens, 0, novel.length);
        assert.equal(tokens.length, 4000);
        assert.deepEqual(
          tokens
            .filter(({ logprob }) => logprob === null)
            .map(({ start, missing }) => [start, missing]),
          [[0, 'first']],
        );
        const least = limit === Infinity ? 150 : 20;
        const bare = tokens.filter(({ logprob }, i) => i > least && (logprob ?? 0) > -least / 1000);
        assert.deepEqual(bare, []);
        assert.ok(asked().length > 4);
      });
    }

    it('a span has the text before it as context, and its first and last word whole', async () => {
      await counting();
      const at = novel.indexOf(' ', 20_000) + 3;
      const span = { start: at, end: novel.indexOf(' ', at + 5000) + 3 };
      const tokens = await score(novel, { span });
      const [first] = tokens;
      assert.ok(first && first.start <= span.start && first.end > span.start);
      assert.ok((tokens.at(-1)?.end ?? 0) >= span.end);
      assertTiles(tokens, first.start, tokens.at(-1)?.end ?? 0);
      assert.ok(tokens.every(({ logprob }) => logprob !== null && logprob < -0.1));
      for (const { start, end } of tokens) {
        assert.match(novel.slice(start, end), /^ word\d+$/);
      }
    });

    it('stops when it is cancelled; what came is there', async () => {
      await counting();
      const stop = new AbortController();
      const model = openModel(server?.baseUrl ?? '');
      let count = 0;
      for await (const { tokens } of model.score?.(novel, stop.signal) ?? []) {
        count += tokens.length;
        stop.abort();
      }
      assert.ok(count > 100 && count < 2000, `${count}`);
      assert.equal(asked().length, 1);
    });
  });
});
