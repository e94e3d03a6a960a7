import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { bundles } from '../../../scripts/bundles';
import { startFaultServer } from '../../fixtures/faultServer';
import { startRecordedServer } from '../../fixtures/recordedServer';
import type { TestServer } from '../../fixtures/testServer';

let folder = '';

function variorum(
  args: readonly string[],
): Promise<{ code: number | null; out: string; err: string }> {
  return new Promise((resolve) => {
    const cli = spawn(process.execPath, [join(folder, 'cli.js'), 'examine', ...args]);
    const told = { out: '', err: '' };
    cli.stdout.on('data', (data: Buffer) => (told.out += data.toString('utf8')));
    cli.stderr.on('data', (data: Buffer) => (told.err += data.toString('utf8')));
    cli.on('close', (code) => resolve({ code, ...told }));
  });
}

describe('variorum examine', () => {
  let server: TestServer;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'variorum-examine-'));
    await build({ ...bundles.cli, outdir: folder });
    await build({ ...bundles.parts, outdir: join(folder, 'parts') });
  });
  after(() => rmSync(folder, { recursive: true }));
  afterEach(() => server.close());

  it('prints what was found, for people', async () => {
    server = await startRecordedServer();
    const { code, out } = await variorum(['--base-url', server.baseUrl]);
    assert.equal(code, 0);
    assert.match(out, /^# What stories260K can do$/m);
    assert.match(out, /^\| scores text that is there \| ✗ no \|/m);
  });

  it('prints one JSON line for programs', async () => {
    server = await startRecordedServer();
    const args = ['--base-url', server.baseUrl, '--model', 'stories260K', '--json'];
    const { code, out } = await variorum(args);
    assert.equal(code, 0);
    const { model, tokens, flags } = JSON.parse(out) as {
      model: string;
      tokens: number;
      flags: Record<string, { value: string; time: number; detail: { semantics?: string } }>;
    };
    assert.equal(model, 'stories260K');
    assert.ok(tokens > 0 && tokens <= 64);
    assert.equal(flags['completions.logprobs']?.value, 'yes');
    assert.equal(flags['completions.logprobs'].detail.semantics, 'raw');
    assert.ok(flags['completions.logprobs'].time > 1e12);
  });

  it('says what is wrong', async () => {
    server = await startFaultServer('unauthorized');
    const without = await variorum(['--json']);
    assert.equal(without.code, 2);
    assert.match(without.err, /needs --base-url/);
    const refused = await variorum(['--base-url', server.baseUrl, '--model', 'x']);
    assert.equal(refused.code, 3);
    assert.match(refused.err, /wants a key/);
  });
});
