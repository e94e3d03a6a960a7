import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const CLI = join(import.meta.dirname, '../../../dist/cli.js');

interface Result {
  set: string;
  n: number;
  modes: { label: string; size: number; members: (string | number)[] }[];
  measures: Record<string, number>;
  similarity?: number[][];
  estimated?: string[];
}

function modes(input: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [CLI, 'modes', '--jsonl', '-', ...args],
    { input, encoding: 'utf8' },
  );
  const lines = stdout.split('\n').filter((line) => line !== '');
  return { status, stderr, results: lines.map((line) => JSON.parse(line) as Result) };
}

const line = (id: string | number, text: string, set?: string) => JSON.stringify({ id, text, set });

describe('variorum modes', () => {
  it('leaves out what models thought before they answered', () => {
    const thought = (about: string) => `<think>\nHm, ${about}, or something else.\n</think>\n\n`;
    const input = [
      line('a', `${thought('a colour of leaves')}red`),
      line('b', 'Red.'),
      line('c', `${thought('red')}blue`),
    ].join('\n');
    const [result] = modes(input).results;
    assert.deepEqual(
      result?.modes.map(({ members }) => members),
      [['a', 'b'], ['c']],
    );
  });

  it('answers one line a set, sets in the order they began', () => {
    const input = [
      line('a', 'red', 'x'),
      line('b', 'Green.'),
      line('c', 'Red!', 'x'),
      line('d', 'blue', 'x'),
    ].join('\n');
    const { status, stderr, results } = modes(input);
    assert.equal(status, 0);
    assert.equal(stderr, '');
    assert.deepEqual(
      results.map(({ set, n, modes: found }) => ({ set, n, modes: found })),
      [
        {
          set: 'x',
          n: 3,
          modes: [
            { label: 'Red', size: 2, members: ['a', 'c'] },
            { label: 'blue', size: 1, members: ['d'] },
          ],
        },
        { set: '', n: 1, modes: [{ label: 'Green', size: 1, members: ['b'] }] },
      ],
    );
    assert.deepEqual(Object.keys(results[0] ?? {}), ['set', 'n', 'modes', 'measures']);
    assert.deepEqual(Object.keys(results[0]?.measures ?? {}), [
      'effectiveNumber',
      'inverseSimpson',
      'vendi',
      'distinct1',
      'distinct2',
      'selfBleu',
      'gzipRatio',
      'meanSimilarity',
    ]);
  });

  it('adds similarity on request, in the order of the input', () => {
    const { results } = modes(
      [line(1, 'red'), line(2, 'blue'), line(3, 'red')].join('\n'),
      '--similarity',
    );
    const [[aa, ab, ac], [ba]] = results[0]?.similarity as [number[], number[]];
    assert.equal(aa, 1);
    assert.equal(ac, 1);
    assert.equal(ab, ba);
    assert.ok(ab !== undefined && ab < 0.5);
  });

  it('names bad lines, answers the others and exits 2', () => {
    const input = ['{"id":"a","text":"red"}', '{oops', '', '{"id":"b"}', '{"id":"c","text":"red"}'];
    const { status, stderr, results } = modes(input.join('\r\n'));
    assert.equal(status, 2);
    assert.match(stderr, /line 2: not JSON/);
    assert.match(stderr, /line 4: text/);
    assert.deepEqual(results[0]?.modes[0]?.members, ['a', 'c']);
  });

  it('counts texts that share an id, and says so', () => {
    const { status, stderr, results } = modes([line('a', 'red'), line('a', 'blue')].join('\n'));
    assert.equal(status, 0);
    assert.match(stderr, /line 2: the id "a" was on line 1 already/);
    assert.equal(results[0]?.n, 2);
  });

  it('says which measures are estimates, and only then', () => {
    const texts = Array.from({ length: 300 }, (_, i) => line(i, `door ${i}`));
    assert.deepEqual(modes(texts.join('\n')).results[0]?.estimated, ['vendi']);
  });

  it('answers nothing for nothing, and wants --jsonl', () => {
    assert.deepEqual(modes(''), { status: 0, stderr: '', results: [] });
    const { status, stderr } = spawnSync(process.execPath, [CLI, 'modes', '-'], {
      input: '',
      encoding: 'utf8',
    });
    assert.equal(status, 2);
    assert.match(stderr, /--jsonl/);
  });
});
