import assert from 'node:assert/strict';
import { layout } from '../../../src/core/multiverse/layout';
import { Multiverse } from '../../../src/core/multiverse/multiverse';
import { placed, plotSvg, type Palette } from '../../../src/core/multiverse/svg';
import { ENGLISH_WORDS, outlineText } from '../../../src/core/multiverse/words';
import { grown, UNCERTAIN } from '../../fixtures/plots';

const PALETTE: Palette = {
  background: '#fff',
  text: '#111',
  line: '#777',
  taken: '#000',
  muted: '#555',
  hues: ['#aaf', '#faa', '#afa', '#ffa', '#aff', '#faf', '#ddd'],
};
const SIZE = { columns: 4, columnWidth: 100, height: 400 };

function hostile(): Multiverse {
  const multiverse = new Multiverse({ text: '</text><script>' });
  const entries = [
    { text: '</text><script>', probability: 0.5 },
    { text: '&"\u0000\uD800\n', probability: 0.3 },
  ];
  multiverse.expand({ block: 0, distribution: { entries, tail: 0.2 }, origin: 'model' });
  return multiverse;
}

const panel = (multiverse: Multiverse) => ({
  title: 'A <model>',
  subtitle: 'x',
  boxes: layout(multiverse, { zoom: 0, height: 400, columns: 4 }),
});

describe('the picture', () => {
  it('is well-formed whatever the model wrote', () => {
    const svg = plotSvg([panel(hostile())], SIZE, PALETTE, ENGLISH_WORDS);
    for (const forbidden of ['<script', '\u0000', '\uD800']) {
      assert.ok(!svg.includes(forbidden), `holds ${JSON.stringify(forbidden)}`);
    }
    assert.match(svg, /&lt;\/text&gt;&lt;script&gt;/);
    const opened = svg.match(/<(svg|title|desc|defs|pattern|text)[ >]/g)?.length ?? 0;
    const closed = svg.match(/<\/(svg|title|desc|defs|pattern|text)>/g)?.length ?? 0;
    assert.equal(opened, closed);
  });

  it('draws every box where the layout has it, in the same heights', async () => {
    const one = panel(await grown(UNCERTAIN, 30));
    const svg = plotSvg([one, one], SIZE, PALETTE, ENGLISH_WORDS);
    const heights = [...svg.matchAll(/<rect x="[^"]*" y="[^"]*" width="100" height="([^"]*)"/g)];
    assert.equal(heights.length, 2 * one.boxes.length);
    heights.slice(0, one.boxes.length).forEach(([, height], at) => {
      assert.ok(Math.abs(Number(height) - (one.boxes[at]?.height ?? 0)) < 0.01);
    });
    const [left, right] = [0, one.boxes.length].map(
      (at) => placed([one, one], SIZE, ENGLISH_WORDS)[at]?.x ?? 0,
    );
    assert.ok((right ?? 0) - (left ?? 0) > SIZE.columns * SIZE.columnWidth);
  });

  it('holds the same in words, with what was taken and what is not listed', () => {
    const text = outlineText(panel(hostile()).boxes);
    assert.deepEqual(text.split('\n'), [
      '</text><script> · 50.0% · path 50.0% · taken in the draft',
      '&"⟨U+0000⟩\uD800↵ · 30.0% · path 30.0%',
      'not listed · 20.0% · path 20.0%',
    ]);
    const svg = plotSvg([panel(hostile())], SIZE, PALETTE, ENGLISH_WORDS);
    assert.match(svg, /<desc>A &lt;model&gt;\nx\n&lt;\/text&gt;/);
    assert.match(svg, /url\(#hatch\)/);
    assert.match(svg, /✓ /);
  });
});
