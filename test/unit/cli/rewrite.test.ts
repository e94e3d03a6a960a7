import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { bundles } from '../../../scripts/bundles';
import { ROOT } from '../../../scripts/hosts/paths';
import { PASSAGE, saidIn, startCollapsingServer } from '../../fixtures/collapsingServer';
import { sendJson, sendStream, TestServer } from '../../fixtures/testServer';

interface Result {
  source: string;
  rewrites: {
    index: number;
    text: string;
    strategy: string;
    mode: number;
    tries: number;
    fault?: { kind: string };
    error?: { code: string };
  }[];
  before: { texts: number; effectiveNumber: number; flags: number };
  first: { effectiveNumber: number };
  after: { texts: number; modes: number; effectiveNumber: number; meanSimilarity: number };
}

describe('the command line: rewrite', function () {
  this.timeout(60_000);
  const folder = mkdtempSync(join(tmpdir(), 'variorum-rewrite-'));
  const file = join(folder, 'passage.md');
  let server: TestServer | undefined;

  before(async () => {
    await Promise.all([build(bundles.cli), build(bundles.parts)]);
    writeFileSync(file, `${PASSAGE}\r\n`);
  });
  afterEach(() => server?.close());
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** Runs it without blocking, since the server is in this process. */
  function run(args: readonly string[], input = '') {
    const child = spawn(process.execPath, [join(ROOT, 'dist/cli.js'), 'rewrite', ...args], {
      env: { PATH: process.env['PATH'] },
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (data: Buffer) => (stdout += data.toString('utf8')));
    child.stderr.on('data', (data: Buffer) => (stderr += data.toString('utf8')));
    child.stdin.end(input);
    return new Promise<{ status: number | null; stdout: string; stderr: string }>((resolve) =>
      child.on('close', (status) => resolve({ status, stdout, stderr })),
    );
  }
  const collapsed = async (...args: string[]) => {
    server = await startCollapsingServer();
    return run([...args, '--base-url', server.baseUrl]);
  };
  const resultIn = (stdout: string) => JSON.parse(stdout) as Result;

  it('five rewrites of a model that has collapsed, in four modes at least, as one JSON line', async () => {
    const { status, stdout, stderr } = await collapsed(file, '--json');
    assert.equal(status, 0, stderr);
    assert.equal(stdout.trimEnd().split('\n').length, 1);
    const { source, rewrites, before: was, first, after: is } = resultIn(stdout);
    assert.equal(source, PASSAGE);
    assert.deepEqual(rewrites.map(({ index }) => index).sort(), [0, 1, 2, 3, 4]);
    assert.ok(new Set(rewrites.map(({ mode }) => mode)).size >= 4);
    assert.ok(rewrites.every(({ strategy, text }) => strategy === 'in-context' && text !== ''));
    assert.ok(rewrites.some(({ tries }) => tries > 1));
    assert.deepEqual([was.texts, is.texts], [1, 5]);
    assert.ok(is.effectiveNumber > first.effectiveNumber);
  });

  it('for people: each with how it came, and a line on all of them', async () => {
    const { status, stdout } = await collapsed(file, '--n', '2');
    assert.equal(status, 0);
    assert.match(stdout, /1\. .*\n {3}\(in-context/u);
    assert.match(stdout, /about 2 ideas in 2 rewrites/u);
  });

  it('prose of the writer goes out as examples, the instruction and phrases to avoid too', async () => {
    const prose = join(folder, 'prose');
    mkdirSync(join(prose, 'deep'), { recursive: true });
    const own = `${'The harbour lay under fog and the pilot counted bells. '.repeat(12)}\n`;
    writeFileSync(join(prose, 'deep', 'harbour.txt'), own);
    writeFileSync(join(prose, 'data.bin'), Buffer.from([0xff, 0xfe]));
    const { status, stderr } = await collapsed(
      ...[file, '--json', '--n', '1', '--exemplars', prose],
      ...['--instruction', 'colder', '--avoid', 'second plate', '--tries', '1'],
    );
    assert.equal(status, 0, stderr);
    const asked = server?.received.find(({ path }) => path.endsWith('completions'));
    assert.ok(asked);
    const said = saidIn(asked);
    assert.match(said, /the pilot counted bells/u);
    assert.match(said, /colder/u);
    assert.match(said, /- second plate/u);
  });

  it('a phrase that came again is named as the fault of what is left', async () => {
    const { stdout } = await collapsed(
      ...[file, '--json', '--n', '1', '--avoid', 'the second plate', '--tries', '2'],
    );
    assert.equal(resultIn(stdout).rewrites[0]?.fault?.kind, 'avoided');
  });

  it('strategies of the writer’s own, and built-in ones, dealt out in turn', async () => {
    const own = join(folder, 'strategies');
    mkdirSync(own, { recursive: true });
    writeFileSync(
      join(own, 'colder.md'),
      '---\nname: colder\nabout: Colder.\n---\nMake it cold.\n',
    );
    const { status, stdout, stderr } = await collapsed(
      ...[file, '--json', '--n', '3', '--strategies', own],
      ...['--strategy', 'colder', '--strategy', 'limits'],
    );
    assert.equal(status, 0, stderr);
    const byIndex = resultIn(stdout).rewrites.sort((a, b) => a.index - b.index);
    assert.deepEqual(
      byIndex.map(({ strategy }) => strategy),
      ['colder', 'plain', 'colder'],
    );
    assert.ok(
      server?.received.some((request) =>
        JSON.stringify(request.body ?? '').includes('Make it cold'),
      ),
    );
  });

  it('from standard input', async () => {
    server = await startCollapsingServer();
    const { status, stdout } = await run(
      ['-', '--json', '--n', '1', '--base-url', server.baseUrl],
      'It rained.',
    );
    assert.equal(status, 0);
    assert.equal(resultIn(stdout).source, 'It rained.');
  });

  it('Sketch cannot, and says what to connect', async () => {
    const { status, stdout, stderr } = await run([file]);
    assert.deepEqual([status, stdout], [2, '']);
    assert.match(stderr, /Sketch cannot rewrite.*--base-url/su);
  });

  it('a server that refuses: every branch once, exit 3', async () => {
    server = await TestServer.start((request, response) =>
      request.path === '/v1/models'
        ? sendJson(response, 200, { data: [{ id: 'tiny' }] })
        : sendJson(response, 401, { error: { message: 'bad key' } }),
    );
    const { status, stdout, stderr } = await run([file, '--n', '2', '--base-url', server.baseUrl]);
    assert.deepEqual([status, stdout], [3, '']);
    assert.equal(stderr.trimEnd().split('\n').length, 1, stderr);
  });

  it('what came before a failure is printed, and the status tells', async () => {
    let asked = 0;
    server = await TestServer.start((_, response) => {
      if (asked++ > 0) {
        sendJson(response, 401, { error: { message: 'bad key' } });
        return;
      }
      const delta = { content: 'It poured all night on the roofs of the town and nobody slept.' };
      sendStream(response, [{ choices: [{ index: 0, delta, finish_reason: 'stop' }] }]);
    });
    const args = [file, '--n', '2', '--json', '--model', 'tiny', '--base-url', server.baseUrl];
    const { status, stdout } = await run(args);
    assert.equal(status, 3);
    assert.equal(resultIn(stdout).rewrites.length, 1);
  });

  const refusals: [what: string, args: string[], message: RegExp][] = [
    ['an unknown strategy', [file, '--strategy', 'haiku'], /no rewrite strategy.*in-context/su],
    ['too many at once', [file, '--n', '99'], /1 to 32/u],
    ['no tries', [file, '--tries', '0'], /--tries takes/u],
    ['a temperature out of range', [file, '--temperature', '99'], /temperature is 99/u],
    ['a folder that is not there', [file, '--exemplars', '/nowhere'], /no such folder/u],
    ['an empty passage', ['-'], /nothing to rewrite/u],
  ];
  for (const [what, args, message] of refusals) {
    it(`refuse ${what}`, async () => {
      const { status, stdout, stderr } = await collapsed(...args);
      assert.deepEqual([status, stdout], [2, '']);
      assert.match(stderr, message);
    });
  }

  it('a broken strategy file is named', async () => {
    const own = join(folder, 'broken');
    mkdirSync(own, { recursive: true });
    writeFileSync(join(own, 'x.md'), '---\nname: x\nabout: X.\n---\nUse {{sauce}}.\n');
    const { status, stderr } = await collapsed(file, '--strategies', own);
    assert.equal(status, 2);
    assert.match(stderr, /x\.md.*\{\{sauce\}\}.*\{\{source\}\}/su);
  });
});
