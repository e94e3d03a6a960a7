import assert from 'node:assert/strict';
import type { TestServer } from '../../fixtures/testServer';
import { recording, startReplayServer } from '../../fixtures/replayServer';
import { collect, openModel, pieces, type Outcome } from './harness';
import type { Endpoint } from '../../../src/parts/openai';
import type { Options } from '../../../src/core/model/languageModel';

/** A token as the server recorded it. */
interface Recorded {
  id: number;
  token: string;
  logprob: number;
  top_logprobs: { id: number; token: string; logprob: number }[];
}

interface RecordedChoice {
  index: number;
  text?: string;
  delta?: { content?: string | null };
  message?: { content: string };
  logprobs?: { content: Recorded[] } | null;
}

/** All choices of a recording, event by event. */
function choicesOf(file: string): RecordedChoice[] {
  const { json, raw_sse: sse } = recording(file).response;
  const events =
    sse === undefined
      ? [json]
      : sse
          .split('\n\n')
          .filter((line) => line.startsWith('data: {'))
          .map((line) => JSON.parse(line.slice(6)) as unknown);
  return events.flatMap((event) => (event as { choices?: RecordedChoice[] }).choices ?? []);
}

function textOf(file: string, index = 0): string {
  return choicesOf(file)
    .filter((choice) => choice.index === index)
    .map(({ text, delta, message }) => text ?? delta?.content ?? message?.content ?? '')
    .join('');
}

function entriesOf(file: string, index = 0): Recorded[] {
  return choicesOf(file)
    .filter((choice) => choice.index === index)
    .flatMap(({ logprobs }) => logprobs?.content ?? []);
}

let server: TestServer | undefined;

async function replay(
  files: string[],
  options: Partial<Options> = {},
  endpoint: Partial<Endpoint> = {},
  bytes?: number,
): Promise<Outcome> {
  server = await startReplayServer(
    files.map((file) => recording(file)),
    bytes === undefined ? {} : { bytes },
  );
  return collect(openModel(server.baseUrl, endpoint), options);
}

describe('recordings of a real server, over sockets', () => {
  afterEach(async () => {
    await server?.close();
    server = undefined;
  });

  for (const [file, api] of [
    ['33-completions-stream-logprobs', 'completions'],
    ['46-chat-stream-logprobs-usage', 'chat'],
    ['65-unicode-grammar-stream', 'completions'],
    ['67-unicode-chat-stream', 'chat'],
    ['10-completions-logprobs-5', 'completions'],
    ['64-unicode-grammar-completions', 'completions'],
  ] as const) {
    for (const bytes of [undefined, 1, 7]) {
      it(`${file}: every number as recorded, in pieces of ${bytes ?? 'all'} bytes`, async () => {
        const { branches } = await replay([file], {}, { api }, bytes);
        const [branch] = branches;
        assert.ok(branch);
        const entries = entriesOf(file).filter(({ token }) => token !== '');
        assert.equal(branch.status, 'done');
        assert.equal(branch.text, textOf(file));
        assert.deepEqual(
          pieces(branch),
          entries.map(({ token }) => token),
        );
        assert.deepEqual(
          branch.tokens.map(({ logprob, id, alternatives }) => [
            id,
            logprob,
            alternatives.map((other) => [other.id, other.text, other.logprob]),
          ]),
          entries.map(({ id, logprob, top_logprobs }) => [
            id,
            logprob,
            top_logprobs.map((other) => [other.id, other.token, other.logprob]),
          ]),
        );
        for (const [i, { tail, alternatives, logprob, id }] of branch.tokens.entries()) {
          const listed = alternatives.reduce((sum, other) => sum + Math.exp(other.logprob), 0);
          const own = alternatives.some((other) => other.id === id) ? 0 : Math.exp(logprob ?? 0);
          assert.ok(tail !== null && tail >= 0, `tail of token ${i}`);
          assert.ok(Math.abs(tail - (1 - listed - own)) < 1e-12, `tail of token ${i}`);
        }
      });
    }
  }

  for (const [file, api, n] of [
    ['20-completions-n3-stream', 'completions', 3],
    ['48-chat-n2-stream', 'chat', 2],
    ['17-completions-n2', 'completions', 2],
    ['47-chat-n2', 'chat', 2],
  ] as const) {
    it(`${file}: interleaved choices land in their branches`, async () => {
      const { branches } = await replay([file], { n }, { api });
      assert.deepEqual(
        branches.map(({ text }) => text),
        Array.from({ length: n }, (_, index) => textOf(file, index)),
      );
      assert.ok(branches.every(({ finish, text }) => finish === 'length' && text !== ''));
      assert.equal(server?.received.length, 1);
    });
  }

  it('probabilities that were asked for and did not come are called dropped', async () => {
    const { branches } = await replay(['32-completions-stream'], {}, { api: 'completions' });
    assert.ok(branches[0]?.tokens.length);
    assert.ok(branches[0].tokens.every(({ missing }) => missing === 'dropped'));
  });

  it('a stop string takes its token away and leaves no trace', async () => {
    const { branches } = await replay(['91-stop-stream-logprobs'], {}, { api: 'completions' });
    assert.deepEqual(pieces(branches[0] ?? assert.fail()), [
      ' little',
      ' g',
      'ir',
      'l',
      ' named',
      ' Lily',
    ]);
    assert.ok(branches[0]?.tokens.every(({ logprob }) => logprob !== null));
  });

  it('text whose entry the stop string took away is a gap', async () => {
    const { branches } = await replay(['30-completions-stop'], {}, { api: 'completions' });
    const [branch = assert.fail()] = branches;
    assert.equal(branch.text, ' little girl named Lily');
    assert.deepEqual(pieces(branch).slice(-2), [' named', ' Lily']);
    assert.equal(branch.tokens.at(-1)?.missing, 'gap');
  });

  it('text held back for a stop string keeps its probabilities', async () => {
    for (const file of ['92-stop-multi-token', '93-stop-multi-token-stream']) {
      const { branches } = await replay([file], {}, { api: 'completions' });
      const [branch = assert.fail()] = branches;
      assert.equal(branch.text, textOf(file));
      assert.equal(pieces(branch).join(''), branch.text);
      assert.ok(branch.tokens.slice(0, -1).every(({ logprob }) => logprob !== null));
      await server?.close();
    }
  });

  for (const file of ['50-chat-prefill-assistant', '51-chat-continue_final_message']) {
    it(`${file}: the repeated beginning is taken away, the probabilities stay with their words`, async () => {
      const { branches } = await replay([file], {}, { api: 'chat' });
      const entries = entriesOf(file);
      assert.deepEqual(
        pieces(branches[0] ?? assert.fail()),
        entries.map(({ token }) => token),
      );
      assert.deepEqual(
        branches[0]?.tokens.map(({ logprob }) => logprob),
        entries.map(({ logprob }) => logprob),
      );
    });
  }

  it('94-chat-prefill-stream: glued to the first token or not, the repetition goes', async () => {
    for (const bytes of [1, 50, 4000]) {
      const { branches } = await replay(['94-chat-prefill-stream'], {}, { api: 'chat' }, bytes);
      assert.deepEqual(pieces(branches[0] ?? assert.fail()), [' little', ' g', 'ir']);
      assert.equal(branches[0]?.tokens[0]?.logprob, -0.6761427521705627);
      await server?.close();
    }
  });

  it('a character cut by the limit ends the text cleanly', async () => {
    for (const file of [
      '66-unicode-truncated',
      '95-unicode-truncated-2',
      '96-unicode-truncated-5',
      '97-unicode-truncated-5-stream',
    ]) {
      const { branches } = await replay([file], {}, { api: 'completions' });
      const [branch = assert.fail()] = branches;
      assert.equal(branch.text, textOf(file));
      assert.equal(pieces(branch).join(''), branch.text);
      assert.equal(branch.finish, 'length');
      await server?.close();
    }
  });

  it('says how far a passage is too long', async () => {
    const { branches } = await replay(['76-err-context'], { n: 2 }, { api: 'completions' });
    const { n_prompt_tokens: asked, n_ctx: limit } = (
      recording('76-err-context').response.json as {
        error: { n_prompt_tokens: number; n_ctx: number };
      }
    ).error;
    for (const { error } of branches) {
      assert.equal(error?.code, 'context');
      assert.match(error.message, new RegExp(`\\b${asked}\\b.*\\b${limit}\\b`));
    }
    assert.equal(server?.received.length, 1, 'asking again is of no use');
  });

  it('asks for as many branches a request as the server writes, from what it says', async () => {
    const { branches } = await replay(
      ['49-chat-n5', '48-chat-n2-stream', '45-chat-stream'],
      { n: 5, seed: 7 },
      { api: 'chat' },
    );
    const bodies = server?.received.map(({ body }) => body as { n?: number; seed: number });
    assert.deepEqual(bodies?.map(({ n = 1, seed }) => [n, seed]).slice(0, 3), [
      [5, 7],
      [4, 7],
      [1, 11],
    ]);
    assert.equal(branches[4]?.text, textOf('45-chat-stream'));
  });
});
