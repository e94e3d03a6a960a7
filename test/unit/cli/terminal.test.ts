import assert from 'node:assert/strict';
import { Collector } from '../../../src/core/model/collector';
import { Progress } from '../../../src/cli/progress';
import { legend, styled, terminalOf, tokenText } from '../../../src/cli/terminal';
import { tokensOf, type Part } from '../../fixtures/scriptedModel';

const tty = { isTTY: true };

/** Without styles; Node's own function leaves those with a colon in. */
function unstyled(text: string): string {
  return text.replaceAll(new RegExp(`${String.fromCharCode(27)}\\[[\\d:;]*m`, 'gu'), '');
}

describe('what a terminal shows', () => {
  it('is plain for files, NO_COLOR and dumb terminals', () => {
    assert.equal(terminalOf({}, {}).colour, false);
    assert.equal(terminalOf(tty, { NO_COLOR: '1' }).colour, false);
    assert.equal(terminalOf(tty, { TERM: 'dumb' }).colour, false);
    assert.deepEqual(terminalOf(tty, { NO_COLOR: '' }), { colour: true, dotted: false });
  });
  it('has dotted lines where the terminal draws them', () => {
    for (const env of [
      { TERM_PROGRAM: 'vscode' },
      { TERM: 'xterm-kitty' },
      { VTE_VERSION: '7600' },
      { WT_SESSION: 'x' },
    ]) {
      assert.equal(terminalOf(tty, env).dotted, true);
      assert.equal(terminalOf({}, env).dotted, false);
    }
    assert.equal(terminalOf(tty, { VTE_VERSION: '4800' }).dotted, false);
  });
});

describe('tokens on a terminal', () => {
  const parts: Part[] = [
    ['a', 0.5],
    ['b', 0.95],
    ['c', 0.995],
    ['d', 0.9999],
    ['e', 0.001],
    ['f', 'unsupported'],
  ];
  const show = (colour: boolean, dotted: boolean) =>
    tokenText({ colour, dotted }, tokensOf(parts), 'abcdef');

  it('are the text alone without colours', () => {
    assert.equal(show(false, false), 'abcdef');
  });
  it('differ in more than colour', () => {
    const plain = new Set(
      parts.map(([text]) => {
        const [token] = tokensOf(parts).filter(({ start }) => start === 'abcdef'.indexOf(text));
        assert.ok(token);
        const shown = tokenText({ colour: true, dotted: true }, [token], 'abcdef');
        return shown.replace(text, '').replaceAll('\u001b[32m', '').replaceAll('\u001b[39m', '');
      }),
    );
    // Without the green: low, surer and surest look different from each other and from the rest.
    assert.equal(plain.size, 4);
    assert.ok(show(true, true).includes('\u001b[4:4me\u001b[24m'));
    assert.ok(!show(true, false).includes('4:4'));
    assert.ok(show(true, true).includes('\u001b[32mb'));
    assert.equal(unstyled(show(true, true)), 'abcdef');
  });
  it('cannot steer it', () => {
    const text = '\u001b[2Jx\n\ty';
    const tokens = tokensOf([[text, 0.5]]);
    assert.equal(tokenText({ colour: true, dotted: true }, tokens, text), '\uFFFD[2Jx\n\ty');
    assert.equal(tokenText({ colour: false, dotted: false }, tokens, text), text);
  });
  it('come with a legend, where there are colours', () => {
    const shown = unstyled(legend({ colour: true, dotted: true }));
    assert.equal(shown, 'p ≥ 0.9  p ≥ 0.99  p ≥ 0.999  p < 0.01');
    assert.equal(legend({ colour: false, dotted: false }), '');
    assert.equal(styled({ colour: false, dotted: false }, 'bold', 'x'), 'x');
  });
});

describe('progress', () => {
  function shown(isTTY: boolean) {
    const collector = new Collector(2);
    const written: string[] = [];
    let time = 0;
    const stream = { isTTY, write: (text: string) => written.push(text) };
    const progress = new Progress(stream, collector.branches, () => time);
    const at = (now: number) => {
      time = now;
      progress.update();
    };
    return { collector, written, progress, at };
  }
  it('is one line, written over now and then, and erased', () => {
    const { collector, written, progress, at } = shown(true);
    at(0);
    collector.add({
      branch: 0,
      kind: 'delta',
      text: 'ab',
      tokens: tokensOf([
        ['a', 1],
        ['b', 1],
      ]),
    });
    at(50);
    collector.add({ branch: 0, kind: 'end', finish: 'stop' });
    at(500);
    progress.erase();
    progress.erase();
    assert.deepEqual(written, [
      '\r\u001b[2K0 of 2 done · 0 tokens',
      '\r\u001b[2K1 of 2 done · 2 tokens · 4 tokens/s',
      '\r\u001b[2K',
    ]);
  });
  it('is silent where there is no terminal', () => {
    const { written, progress, at } = shown(false);
    at(0);
    at(1000);
    progress.erase();
    assert.deepEqual(written, []);
  });
});
