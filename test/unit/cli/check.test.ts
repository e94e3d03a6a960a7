import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { bundles } from '../../../scripts/bundles';
import { ROOT } from '../../../scripts/hosts/paths';
import { assertSarif, type SarifLog } from './sarifSchema';

interface FlagLine {
  code: string;
  severity: string;
  score: number;
  start: number;
  end: number;
  message: string;
  evidence: Record<string, unknown>;
}
interface Result {
  id?: string | number;
  file?: string;
  flags: FlagLine[];
  scores: Record<string, number>;
  rhyme: { scheme: number[]; pairs: [number, number][]; rhymed: boolean };
}

const POEM = `The morning comes across the hill
And finds the water lying still,
The herons standing in the reeds,
The garden gone to grass and weeds.

I walked along the broken wall
And heard the early thrushes call,
And nothing there had changed at all
Between the summer and the fall.`;
const CANNED =
  'Her voice was barely above a whisper, a testament to the weight of the years. ' +
  'The air was thick with anticipation, and she let out a breath she didn’t know she was holding.';
const PLAIN = 'He put the kettle on and went out to see about the hens.';
const GERMAN =
  'Der alte Mann ging langsam über die Straße und sah nicht, dass der Bus schon kam, ' +
  'weil er an seine Frau dachte, die seit drei Jahren tot war.';

const MANIFEST = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  version: string;
};

describe('variorum check', function () {
  this.timeout(60_000);
  const folder = mkdtempSync(join(tmpdir(), 'variorum-check-'));
  const file = (name: string, text: string | Buffer): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };

  before(() => build(bundles.cli));
  after(() => rmSync(folder, { recursive: true, force: true }));

  function variorum(args: readonly string[], input: string | Buffer = '') {
    const cli = join(ROOT, 'dist/cli.js');
    const options = { input, encoding: 'utf8', maxBuffer: 1e9 } as const;
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [cli, 'check', ...args],
      options,
    );
    assert.doesNotMatch(stderr, /\n {4}at /);
    return { status, stdout, stderr };
  }
  const results = (stdout: string): Result[] =>
    stdout.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Result]));
  const jsonl = (...inputs: unknown[]) => inputs.map((input) => JSON.stringify(input)).join('\n');

  it('answers JSON lines in order, each with every field and no other', () => {
    const input = jsonl(
      { id: 'b', text: CANNED },
      { id: 7, text: POEM, prompt: 'Write a poem that does not rhyme.' },
      { id: 'empty', text: '' },
    );
    const { status, stdout, stderr } = variorum(['--jsonl', '-'], input);
    assert.equal(status, 0);
    assert.equal(stderr, '');
    const found = results(stdout);
    assert.deepEqual(
      found.map(({ id }) => id),
      ['b', 7, 'empty'],
    );
    for (const result of found) {
      assert.deepEqual(Object.keys(result), ['id', 'flags', 'scores', 'rhyme']);
      assert.deepEqual(Object.keys(result.scores).sort(), ['canned', 'ending', 'rhyme', 'stanza']);
      assert.deepEqual(Object.keys(result.rhyme).sort(), ['pairs', 'rhymed', 'scheme']);
      assert.ok(Object.values(result.scores).every((score) => score >= 0 && score <= 1));
      for (const flag of result.flags) {
        const names = ['code', 'severity', 'score', 'start', 'end', 'message', 'evidence'];
        assert.deepEqual(Object.keys(flag), names);
        assert.ok(flag.message.length > 0);
      }
    }
    const [canned, poem, empty] = found;
    assert.ok(canned?.flags.some(({ code }) => code === 'canned-phrase'));
    assert.ok(poem?.flags.some(({ code }) => code === 'forced-rhyme'));
    assert.deepEqual(empty?.flags, []);
    assert.deepEqual(empty.rhyme, { scheme: [], pairs: [], rhymed: false });
  });

  it('hears rhyme with no reason against it, and flags it only with one', () => {
    const input = jsonl(
      { id: 1, text: POEM },
      { id: 2, text: POEM, prompt: 'Free verse, please.' },
    );
    const [unasked, against] = results(variorum(['--jsonl', '-'], input).stdout);
    const forced = (result?: Result) =>
      result?.flags.filter(({ code }) => code === 'forced-rhyme').length;
    assert.equal(forced(unasked), 0);
    assert.equal(forced(against), 1);
    assert.deepEqual(unasked?.rhyme, against?.rhyme);
    assert.ok(unasked?.rhyme.rhymed);
    assert.deepEqual(unasked.rhyme.scheme.slice(0, 4), [1, 1, 2, 2]);
    assert.deepEqual(unasked.rhyme.pairs[0], [0, 1]);
  });

  it('numbers the lines of prose that it has no need to pronounce', () => {
    const paragraph = `${PLAIN} `.repeat(5);
    const input = jsonl({ id: 1, text: `${paragraph}\n\n${paragraph}` });
    const [result] = results(variorum(['--jsonl', '-'], input).stdout);
    assert.deepEqual(result?.rhyme, { scheme: [1, 2], pairs: [], rhymed: false });
    assert.equal(result.scores['rhyme'], 0);
  });

  it('names malformed lines by number, answers the others and exits with 2', () => {
    const input = [
      jsonl({ id: 'a', text: PLAIN }),
      '{"id": "b", "text": ',
      '',
      jsonl({ id: 'c', text: 5 }),
      jsonl({ id: 'd', text: PLAIN }),
    ].join('\r\n');
    const { status, stdout, stderr } = variorum(['--jsonl', '-', '--fail-on', 'note'], input);
    assert.equal(status, 2);
    assert.deepEqual(
      results(stdout).map(({ id }) => id),
      ['a', 'd'],
    );
    assert.match(stderr, /line 2: not JSON/);
    assert.match(stderr, /line 4: text/);
  });

  it('answers both lines that share an id, and says so', () => {
    const input = jsonl({ id: 'a', text: PLAIN }, { id: 'a', text: CANNED });
    const { status, stdout, stderr } = variorum(['--jsonl', '-'], input);
    assert.equal(status, 0);
    assert.equal(results(stdout).length, 2);
    assert.match(stderr, /line 2: the id "a" was on line 1 already/);
  });

  it('gives offsets into the text as given, whatever its line ends', () => {
    const text = `${PLAIN}\r\n\r\n👩‍👩‍👧 ${CANNED}\r\n`;
    const path = file('crlf.md', text);
    const [given] = results(variorum([path, '--json']).stdout);
    const [lf] = results(variorum(['-', '--json'], text.replaceAll('\r\n', '\n')).stdout);
    assert.equal(given?.file, path);
    const quotes = (result: Result | undefined, source: string) =>
      result?.flags.map(({ start, end }) => source.slice(start, end));
    assert.ok(given.flags.length > 0);
    assert.deepEqual(quotes(given, text), quotes(lf, text.replaceAll('\r\n', '\n')));
  });

  it('tells people file, line, column, severity, code and message', () => {
    const path = file('canned.md', `${PLAIN}\r\nShe was a testament to courage, truly.\n`);
    const list = file('never.txt', '# mine\na testament to courage\n');
    const { status, stdout } = variorum([path, '--lists', list]);
    assert.equal(status, 0);
    const wanted = `${path}:2:9 warning canned-phrase “a testament to courage” is on your list`;
    assert.ok(
      stdout.split('\n').some((line) => line.startsWith(wanted)),
      stdout,
    );
    assert.doesNotMatch(stdout, /\p{Cc}(?<!\n)/u);
  });

  it('fails on findings at or above the level asked for, and only then', () => {
    const path = file('listed.md', `${PLAIN} It was a zebra crossing.`);
    const list = file('list.json', '[["zebra crossing", 12]]');
    const status = (...args: string[]) => variorum([path, ...args]).status;
    assert.equal(status('--lists', list), 0);
    assert.equal(status('--lists', list, '--fail-on', 'note'), 1);
    assert.equal(status('--lists', list, '--fail-on', 'warning'), 1);
    assert.equal(status('--lists', list, '--fail-on', 'error'), 0);
    assert.equal(status('--fail-on', 'note'), 0);
    const input = jsonl({ id: 1, text: 'A zebra crossing.' }, { id: 2, text: PLAIN });
    const args = ['--jsonl', '-', '--lists', list, '--fail-on', 'warning'];
    assert.equal(variorum(args, input).status, 1);
  });

  it('checks the other files when one cannot be read', () => {
    const good = file('good.md', PLAIN);
    const { status, stdout, stderr } = variorum([join(folder, 'none.md'), good, '--json']);
    assert.equal(status, 2);
    assert.match(stderr, /none\.md: there is no such file/);
    assert.deepEqual(
      results(stdout).map((result) => result.file),
      [good],
    );
  });

  for (const [what, bytes, message] of [
    ['invalid UTF-8', Buffer.from([0x61, 0xff, 0xfe]), /not UTF-8/],
    ['binary', Buffer.from([0x61, 0, 0x62, 0]), /is binary/],
  ] as const) {
    it(`refuses ${what}, from a file and from standard input`, () => {
      for (const { status, stdout, stderr } of [
        variorum([file('bad', bytes)]),
        variorum(['-'], bytes),
        variorum(['--jsonl', '-'], bytes),
      ]) {
        assert.equal(status, 2);
        assert.match(stderr, message);
        assert.equal(stdout, '');
      }
    });
  }

  it('says that word-based checks were skipped in another language', () => {
    const people = variorum(['-'], GERMAN);
    assert.equal(people.status, 0);
    assert.match(people.stderr, /not English: checks that read words were skipped/);
    const input = jsonl({ id: 1, text: PLAIN }, { id: 2, text: GERMAN }, { id: 3, text: GERMAN });
    const { stdout, stderr } = variorum(['--jsonl', '-'], input);
    assert.match(stderr, /line 2 and 1 more: not English/);
    assert.deepEqual(results(stdout)[1]?.flags, []);
  });

  it('does not check what a model thought before it answered', () => {
    const thought = `<think>\n${CANNED}\n</think>\n\n`;
    const input = jsonl({ id: 1, text: thought + PLAIN }, { id: 2, text: thought + CANNED });
    const [plain, canned] = results(variorum(['--jsonl', '-'], input).stdout);
    assert.deepEqual(plain?.flags, []);
    assert.ok((canned?.flags.length ?? 0) > 0);
    assert.ok(canned?.flags.every(({ start }) => start >= thought.length));
  });

  it('writes SARIF 2.1.0 whose regions agree with the offsets', () => {
    const text = `${PLAIN}\r\n\r\n${CANNED}\r\n`;
    const path = file('a b%.md', text);
    const { status, stdout } = variorum([path, file('poem.md', POEM), path, '--sarif']);
    assert.equal(status, 0);
    const log = JSON.parse(stdout) as SarifLog;
    assertSarif(log);
    const { version, rules } = log.runs[0]?.tool.driver ?? assert.fail();
    assert.equal(version, MANIFEST.version);
    assert.ok(rules.every(({ id, helpUri }) => helpUri.endsWith(`/docs/collapse.md#${id}`)));
    const found = log.runs[0]?.results ?? [];
    const [json] = results(variorum([path, '--json']).stdout);
    const first = found.filter(
      ({ locations }) => locations[0]?.physicalLocation.artifactLocation.index === 0,
    );
    assert.equal(log.runs[0]?.artifacts.length, 2);
    assert.deepEqual(
      first
        .slice(0, first.length / 2)
        .map(({ ruleId, level, message }) => [ruleId, level, message.text]),
      json?.flags.map(({ code, severity, message }) => [code, severity, message]),
    );
    const lineStart = text.indexOf(CANNED);
    for (const { locations } of first) {
      const { artifactLocation, region } = locations[0]?.physicalLocation ?? assert.fail();
      assert.ok(artifactLocation.uri.endsWith('a%20b%25.md'));
      assert.equal(region.startLine, 3);
      assert.equal(region.startColumn, region.charOffset - lineStart + 1);
      assert.equal(region.endColumn - region.startColumn, region.charLength);
    }
  });

  it('writes SARIF that says what could not be checked', () => {
    const { status, stdout } = variorum([join(folder, 'none.md'), '--sarif']);
    assert.equal(status, 2);
    const log = JSON.parse(stdout) as SarifLog;
    assertSarif(log);
    assert.equal(log.runs[0]?.invocations[0]?.executionSuccessful, false);
    assert.deepEqual(log.runs[0].results, []);
  });

  for (const [what, args, message] of [
    ['no file', [], /at least one file/],
    ['a level there is not', ['-', '--fail-on', 'fatal'], /--fail-on takes note/],
    ['two formats', ['-', '--json', '--sarif'], /only one of/],
    ['two files of JSON lines', ['--jsonl', 'a', 'b'], /Give one file/],
    ['a list that is not there', ['-', '--lists', 'no-list.txt'], /no-list\.txt/],
    [
      'a voice that is not there',
      ['-', '--voice', 'no-folder'],
      /no-folder: there is no such folder/,
    ],
    ['a voice that is a file', ['-', '--voice', 'package.json'], /is not a folder/],
  ] as const) {
    it(`refuses ${what} with exit 2`, () => {
      const { status, stdout, stderr } = variorum(args);
      assert.equal(status, 2);
      assert.match(stderr, message);
      assert.equal(stdout, '');
    });
  }

  it('refuses a broken list by its name', () => {
    const list = file('broken.json', '[["a", "b"]]');
    const { status, stdout, stderr } = variorum(['-', '--lists', list], PLAIN);
    assert.equal(status, 2);
    assert.match(stderr, /broken\.json cannot be used: item 1/);
    assert.equal(stdout, '');
  });
});
