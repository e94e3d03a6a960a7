import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { bundles } from '../../../scripts/bundles';
import { ROOT } from '../../../scripts/hosts/paths';
import {
  beginStream,
  event,
  sendJson,
  sendStream,
  TestServer,
  type Handler,
} from '../../fixtures/testServer';

interface BranchLine {
  index: number;
  model: string;
  text: string;
  finish: string | null;
  tokens: { text: string; start: number; end: number; logprob: number | null; missing?: string }[];
  flags: { code: string }[];
  error?: { code: string };
}

/** One chunk of the completions API, with its token. */
const chunk = (index: number, text: string, finish: string | null = null) => ({
  object: 'text_completion',
  choices: [
    {
      index,
      text,
      finish_reason: finish,
      logprobs: {
        tokens: [text],
        token_logprobs: [-0.5],
        top_logprobs: [{ [text]: -0.5, ' other': -1 }],
        text_offset: [0],
      },
    },
  ],
});

const MODELS = { object: 'list', data: [{ id: 'tiny', object: 'model' }] };
const isList = (path: string) => path === '/v1/models';

/** A server of one base model that writes " He left. She" for each branch. */
const writing: Handler = (request, response) => {
  if (isList(request.path)) {
    sendJson(response, 200, MODELS);
    return;
  }
  const { n = 1 } = request.body as { n?: number };
  const all = Array.from({ length: n }, (_, i) => i);
  sendStream(response, [
    ...[' He', ' left', '.', ' She'].flatMap((text) => all.map((index) => chunk(index, text))),
    ...all.map((index) => chunk(index, '', 'length')),
  ]);
};

describe('the command line and servers', function () {
  this.timeout(60_000);
  const folder = mkdtempSync(join(tmpdir(), 'variorum-cli-'));
  const draft = join(folder, 'draft.md');
  let server: TestServer | undefined;

  before(async () => {
    await Promise.all([build(bundles.cli), build(bundles.parts)]);
    writeFileSync(draft, 'The ferry was late again.\n');
  });
  afterEach(() => server?.close());
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** Runs it without blocking, since the server is in this process. */
  function run(args: readonly string[], env: Record<string, string> = {}) {
    const child = spawn(process.execPath, [join(ROOT, 'dist/cli.js'), ...args], {
      env: { PATH: process.env['PATH'], ...env },
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (data: Buffer) => (stdout += data.toString('utf8')));
    child.stderr.on('data', (data: Buffer) => (stderr += data.toString('utf8')));
    const done = new Promise<{ status: number | null; stdout: string; stderr: string }>((resolve) =>
      child.on('close', (status) => resolve({ status, stdout, stderr })),
    );
    return { child, done };
  }
  async function started(handler: Handler): Promise<TestServer> {
    server = await TestServer.start(handler);
    return server;
  }
  const branchesIn = (stdout: string) =>
    stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as BranchLine);
  const completions = ['--api', 'completions', '--model', 'tiny', '--json'];

  it('score by echo: the numbers of the server over the text as given, line ends and all', async () => {
    const { baseUrl } = await started(({ body }, response) => {
      const { prompt } = body as { prompt: string };
      const tokens = prompt.match(/\s*\S+|\s+$/g) ?? [];
      const numbers = tokens.map((_, i) => (i === 0 ? null : -i / 10));
      const logprobs = { tokens, token_logprobs: numbers, top_logprobs: null };
      sendJson(response, 200, { choices: [{ index: 0, text: prompt, logprobs }] });
    });
    const file = join(folder, 'crlf.md');
    const given = 'It rained.\r\n\r\nShe left. \ud83e\udd94\r\n';
    writeFileSync(file, given);
    const { status, stdout } = await run(['score', file, '--base-url', baseUrl, ...completions])
      .done;
    assert.equal(status, 0);
    const { tokens, meanLogprob } = JSON.parse(stdout) as BranchLine & { meanLogprob: number };
    assert.equal(tokens.map(({ text }) => text).join(''), given);
    assert.equal(tokens.map(({ start, end }) => given.slice(start, end)).join(''), given);
    assert.deepEqual(
      tokens.slice(0, 3).map(({ logprob, missing }) => [logprob, missing]),
      [
        [null, 'first'],
        [-0.1, undefined],
        [-0.2, undefined],
      ],
    );
    assert.ok(meanLogprob < 0);
  });

  it('score by a server that ignores what it is asked says so, and prints nothing', async () => {
    const { baseUrl } = await started((_, response) =>
      sendJson(response, 200, chunk(0, ' little', 'length')),
    );
    const { status, stdout, stderr } = await run([
      ...['score', draft, '--base-url', baseUrl],
      ...completions,
    ]).done;
    assert.equal(status, 2);
    assert.equal(stdout, '');
    assert.match(stderr, /tiny cannot score.*echo.*Sketch/s);
  });

  it('continue from a server, a JSON line a branch, tokens tiling the text', async () => {
    const { baseUrl, received } = await started(writing);
    const { status, stdout, stderr } = await run([
      ...['continue', draft, '--base-url', baseUrl, '--n', '2'],
      ...completions,
    ]).done;
    assert.equal(stderr, '');
    assert.equal(status, 0);
    const branches = branchesIn(stdout);
    assert.deepEqual(branches.map(({ index }) => index).sort(), [0, 1]);
    for (const { text, finish, tokens, flags, model } of branches) {
      assert.equal(text, ' He left. She');
      assert.equal(finish, 'length');
      assert.equal(tokens.map((token) => token.text).join(''), text);
      assert.equal(tokens[0]?.logprob, -0.5);
      assert.deepEqual(flags, []);
      assert.match(model, /tiny/);
    }
    const asked = received.find(({ path }) => path === '/v1/completions');
    assert.equal((asked?.body as { prompt: string }).prompt, 'The ferry was late again.');
    assert.equal(asked?.headers['authorization'], undefined);
  });

  it('end branches where they are to go', async () => {
    const { baseUrl } = await started(writing);
    const { stdout } = await run([
      ...['continue', draft, '--base-url', baseUrl, '--n', '2', '--reach', 'sentence'],
      ...completions,
    ]).done;
    assert.deepEqual(
      branchesIn(stdout).map(({ text, finish }) => [text, finish]),
      [
        [' He left.', 'stop'],
        [' He left.', 'stop'],
      ],
    );
  });

  it('send a key from the variable that was named, and from no other', async () => {
    const { baseUrl, received } = await started(writing);
    const args = ['continue', draft, '--base-url', baseUrl, '--n', '1', ...completions];
    const env = { MY_KEY: 'secret-1', OPENAI_API_KEY: 'secret-2' };
    await run(args, env).done;
    assert.ok(received.every(({ headers }) => !JSON.stringify(headers).includes('secret')));
    await run([...args, '--api-key-env', 'MY_KEY'], env).done;
    assert.equal(received.at(-1)?.headers['authorization'], 'Bearer secret-1');
    const { status, stderr } = await run([...args, '--api-key-env', 'NOT_SET'], env).done;
    assert.equal(status, 2);
    assert.match(stderr, /NOT_SET/);
  });

  it('take the only model there is, and list several', async () => {
    const { baseUrl, received } = await started(writing);
    const args = ['continue', draft, '--n', '1', '--api', 'completions', '--json', '--base-url'];
    const one = await run([...args, baseUrl]).done;
    assert.equal(one.status, 0, one.stderr);
    assert.equal((received.at(-1)?.body as { model: string }).model, 'tiny');
    await server?.close();
    const several = await started((_, response) =>
      sendJson(response, 200, { data: [{ id: 'small' }, { id: 'large' }] }),
    );
    const { status, stderr } = await run([...args, several.baseUrl]).done;
    assert.equal(status, 2);
    assert.match(stderr, /--model: small, large/);
  });

  it('say what happened and exit with 3 when the model fails', async () => {
    const { baseUrl } = await started((_, response) =>
      sendJson(response, 401, { error: { message: 'bad key', code: 'invalid_api_key' } }),
    );
    const args = ['continue', draft, '--base-url', baseUrl, '--n', '2', ...completions];
    const { status, stdout, stderr } = await run(args).done;
    assert.equal(status, 3);
    assert.equal(stderr.trimEnd().split('\n').length, 1, stderr);
    const branches = branchesIn(stdout);
    assert.deepEqual(
      branches.map(({ error }) => error?.code),
      ['no-key', 'no-key'],
    );
    const people = await run(args.filter((arg) => arg !== '--json')).done;
    assert.deepEqual([people.status, people.stdout], [3, '']);
  });

  it('exit with 3 when nobody answers', async () => {
    const { baseUrl } = await started(writing);
    await server?.close();
    const { status, stderr } = await run([
      ...['continue', draft, '--base-url', baseUrl],
      ...completions,
    ]).done;
    assert.equal(status, 3);
    assert.match(stderr, /127\.0\.0\.1/);
    assert.doesNotMatch(stderr, /\n {4}at /);
  });

  it('keep and print what came when they are interrupted', async () => {
    const { baseUrl } = await started((request, response) => {
      beginStream(response);
      const pieces = [chunk(0, ' He'), chunk(0, ' left'), chunk(1, ' She'), chunk(1, '', 'stop')];
      response.write(pieces.map(event).join(''));
      // And then nothing more, until the connection is closed.
      void request.over;
    });
    const { child, done } = run([
      ...['continue', draft, '--base-url', baseUrl, '--n', '2'],
      ...completions,
    ]);
    await new Promise((resolve) => child.stdout.once('data', resolve));
    child.kill('SIGINT');
    const { status, stdout } = await done;
    assert.equal(status, 0);
    assert.deepEqual(
      branchesIn(stdout).map(({ text, finish }) => [text, finish]),
      [
        [' She', 'stop'],
        [' He left', 'cancelled'],
      ],
    );
  });

  it('ask chat models with the instruction, and give their reply its space', async () => {
    const { baseUrl, received } = await started((request, response) => {
      if (isList(request.path)) {
        sendJson(response, 200, MODELS);
        return;
      }
      const delta = (content: string, finish: string | null = null) => ({
        object: 'chat.completion.chunk',
        choices: [{ index: 0, delta: { role: 'assistant', content }, finish_reason: finish }],
      });
      sendStream(response, [delta('A stranger'), delta(' sat down.', 'stop')]);
    });
    const { status, stdout, stderr } = await run([
      ...['continue', draft, '--base-url', baseUrl, '--n', '1', '--api', 'chat', '--json'],
      ...['--model', 'tiny', '--instruction', 'a stranger'],
    ]).done;
    assert.equal(status, 0, stderr);
    assert.match(JSON.stringify(received.at(-1)?.body), /a stranger/);
    assert.match(branchesIn(stdout)[0]?.text ?? '', /^ ?A stranger sat down\.$/);
  });

  const refusals: [what: string, args: string[], message: RegExp][] = [
    ['a model without a server', ['--model', 'gpt-9'], /gpt-9 needs --base-url/],
    ['an unknown API', ['--base-url', 'http://127.0.0.1:1/v1', '--api', 'rest'], /--api takes/],
    [
      'an address that is none',
      ['--base-url', 'ftp://x', '--model', 'x'],
      /begins neither with http/,
    ],
    ['a key for nobody', ['--api-key-env', 'X'], /go with --base-url/],
    ['an unknown reach', ['--reach', 'book'], /--reach takes/],
  ];
  for (const [what, args, message] of refusals) {
    it(`refuse ${what}`, async () => {
      const { status, stdout, stderr } = await run(['continue', draft, ...args]).done;
      assert.deepEqual([status, stdout], [2, '']);
      assert.match(stderr, message);
    });
  }

  it('say that Sketch takes no instruction', async () => {
    const { status, stderr } = await run([
      ...['continue', draft, '--instruction', 'rain', '--n', '1', '--max-tokens', '5'],
    ]).done;
    assert.equal(status, 0);
    assert.match(stderr, /Sketch takes no instruction/);
  });

  it('say why a server scores nothing', async () => {
    const { baseUrl } = await started(writing);
    const { status, stderr } = await run([
      ...['score', draft, '--base-url', baseUrl, '--model', 'tiny'],
    ]).done;
    assert.equal(status, 2);
    assert.match(stderr, /cannot score/);
  });
});
