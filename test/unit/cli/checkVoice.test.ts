import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { bundles } from '../../../scripts/bundles';
import { ROOT } from '../../../scripts/hosts/paths';

const STACCATO = 'I ran. I fell. Stop! I hid there. No! Go, go! I wept. I saw it. Why? '.repeat(5);

describe('variorum check --voice', function () {
  this.timeout(60_000);
  const own = mkdtempSync(join(tmpdir(), 'variorum-voice-'));
  const draft = readFileSync(join(ROOT, 'media', 'sample', 'draft.md'), 'utf8');

  before(() => build(bundles.cli));
  after(() => rmSync(own, { recursive: true, force: true }));

  function check(folder: string, input: string) {
    const args = [join(ROOT, 'dist/cli.js'), 'check', '-', '--json', '--voice', folder];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, {
      input,
      encoding: 'utf8',
    });
    const result = (stdout === '' ? {} : JSON.parse(stdout)) as {
      flags?: { code: string; message: string }[];
    };
    const drift = result.flags?.find(({ code }) => code === 'voice-drift');
    return { status, stderr, drift };
  }

  it('says when the folder holds too little', () => {
    writeFileSync(
      join(own, 'short.md'),
      'He put the kettle on and went out to see about the hens.',
    );
    const { status, stderr, drift } = check(own, STACCATO);
    assert.match(stderr, /voice-drift needs 2000/);
    assert.deepEqual([status, drift], [0, undefined]);
  });

  it('flags what is not like the prose of the folder, and not the prose itself', () => {
    writeFileSync(join(own, 'draft.md'), draft);
    const { stderr, drift } = check(own, STACCATO);
    assert.equal(stderr, '');
    assert.match(drift?.message ?? '', /^Not your voice: .*standard deviations/);
    assert.equal(check(own, draft).drift, undefined);
  });

  it('refuses what is no folder of prose', () => {
    for (const [folder, message] of [
      ['no-folder', /no-folder: there is no such folder/],
      [join(ROOT, 'package.json'), /is not a folder/],
      [mkdtempSync(join(own, 'empty-')), /There are no \.txt or \.md files/],
    ] as const) {
      const { status, stderr } = check(folder, STACCATO);
      assert.equal(status, 2);
      assert.match(stderr, message);
    }
  });
});
