import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { bundles } from '../../../scripts/bundles';
import { ROOT } from '../../../scripts/hosts/paths';

interface TokenLine {
  text: string;
  start: number;
  end: number;
  logprob: number | null;
  alternatives: { text: string; logprob: number }[];
  tail: number | null;
}
interface BranchLine {
  index: number;
  model: string;
  text: string;
  finish: string;
  tokens: TokenLine[];
  flags: { start: number; end: number; message: string }[];
}
interface ScoreLine {
  tokens: TokenLine[];
  perplexity: number;
  meanLogprob: number;
}

describe('command line', function () {
  this.timeout(60_000);
  const folder = mkdtempSync(join(tmpdir(), 'variorum-cli-'));
  const draft = join(folder, 'draft.md');

  before(async () => {
    await build(bundles.cli);
    writeFileSync(draft, 'The ferry was late again, and she waited on the quay with\n');
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  function variorum(args: readonly string[], input = '') {
    const cli = join(ROOT, 'dist/cli.js');
    return spawnSync(process.execPath, [cli, ...args], { input, encoding: 'utf8' });
  }
  function lines<T>(output: string): T[] {
    return output
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as T);
  }
  function assertTiles(tokens: readonly TokenLine[], text: string): void {
    let at = 0;
    for (const token of tokens) {
      assert.equal(token.start, at);
      assert.equal(token.text, text.slice(token.start, token.end));
      at = token.end;
    }
    assert.equal(at, text.length);
  }

  it('continue: five different branches, one JSON line each, whose tokens tile the text', () => {
    const { status, stdout } = variorum(['continue', draft, '--n', '5', '--seed', '3', '--json']);
    assert.equal(status, 0);
    const branches = lines<BranchLine>(stdout);
    assert.deepEqual(branches.map(({ index }) => index).sort(), [0, 1, 2, 3, 4]);
    assert.equal(new Set(branches.map(({ text }) => text)).size, 5);
    for (const { text, tokens, finish, model, flags } of branches) {
      assertTiles(tokens, text);
      assert.equal(model, 'sketch');
      assert.ok(['stop', 'length'].includes(finish));
      for (const { start, end, message } of flags) {
        assert.ok(start >= 0 && end <= text.length && message !== '');
      }
      for (const { logprob, alternatives, tail } of tokens) {
        assert.ok(logprob !== null && logprob <= 0);
        assert.equal(alternatives.length, 5);
        assert.ok(tail !== null && tail >= 0 && tail <= 1);
      }
    }
  });

  it('continue: the same seed gives the same branches, another seed others', () => {
    const run = (seed: string) =>
      variorum(['continue', draft, '--n', '2', '--seed', seed, '--max-tokens', '20']).stdout;
    assert.equal(run('1'), run('1'));
    assert.notEqual(run('1'), run('2'));
  });

  it('continue: reads standard input, and takes the last line end of a file for no break', () => {
    const args = ['continue', '-', '--n', '1', '--seed', '5', '--json', '--max-tokens', '10'];
    const [with_] = lines<BranchLine>(variorum(args, 'She waited on the\n').stdout);
    const [without] = lines<BranchLine>(variorum(args, 'She waited on the').stdout);
    assert.deepEqual(with_?.tokens, without?.tokens);
  });

  it('score: tokens tile the text as given, line ends and all', () => {
    const text = 'It rained.\r\n\r\nShe waved 👩‍👩‍👧 cafe\u0301.\r\n';
    const { status, stdout } = variorum(['score', '-', '--json'], text);
    assert.equal(status, 0);
    const [score] = lines<ScoreLine>(stdout);
    assert.ok(score);
    assertTiles(score.tokens, text);
    const logprobs = score.tokens.map(({ logprob }) => logprob ?? NaN);
    const mean = logprobs.reduce((sum, x) => sum + x, 0) / logprobs.length;
    assert.ok(Math.abs(score.meanLogprob - mean) < 1e-9);
    assert.ok(Math.abs(score.perplexity - Math.exp(-mean)) < 1e-6 * score.perplexity);
  });

  it('score: prose is more probable than the same words shuffled', () => {
    const score = (text: string) =>
      lines<ScoreLine>(variorum(['score', '-', '--json'], text).stdout)[0]?.meanLogprob ?? NaN;
    const prose = 'He went to the door and looked out at the rain.';
    assert.ok(score(prose) > score('Rain the out he door to and at the looked went.'));
  });

  it('score: an empty text has no perplexity', () => {
    const { status, stdout } = variorum(['score', '-', '--json'], '');
    assert.equal(status, 0);
    assert.deepEqual(lines(stdout), [
      { tokens: [], branchingFactor: null, meanEntropy: null, perplexity: null, meanLogprob: null },
    ]);
  });

  const refusals: [what: string, args: string[], message: RegExp][] = [
    ['an unknown command', ['frobnicate'], /no command "frobnicate"/],
    ['no file', ['continue'], /Give one file/],
    ['a file that is not there', ['continue', 'no-such-file.md'], /no such file/],
    ['an unknown option', ['continue', draft, '--frob'], /--frob/],
    ['a word for a number', ['continue', draft, '--n', 'five'], /--n needs a number/],
    ['a number out of range', ['continue', draft, '--n', '0'], /n is 0/],
    ['an unknown model', ['score', draft, '--model', 'gpt-9'], /gpt-9/],
  ];
  for (const [what, args, message] of refusals) {
    it(`refuses ${what} with exit 2 and a sentence`, () => {
      const { status, stderr, stdout } = variorum(args);
      assert.equal(status, 2);
      assert.match(stderr, message);
      assert.doesNotMatch(stderr, /\n {4}at /);
      assert.equal(stdout, '');
    });
  }

  it('refuses what is no UTF-8 text', () => {
    const binary = join(folder, 'binary');
    writeFileSync(binary, Buffer.from([0xff, 0xfe, 0x00, 0xd8]));
    const { status, stderr } = variorum(['score', binary]);
    assert.equal(status, 2);
    assert.match(stderr, /not UTF-8/);
  });

  it('explains itself', () => {
    const { status, stdout } = variorum(['--help']);
    assert.equal(status, 0);
    for (const word of ['continue', 'score', '--seed', '--json', 'Exit status']) {
      assert.ok(stdout.includes(word), word);
    }
  });
});
