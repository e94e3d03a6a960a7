import assert from 'node:assert/strict';
import fc from 'fast-check';
import { mayHaveMarkup, nextBlockStart } from '../../../../src/view/markdown/blocks';
import { layBlock } from '../../../../src/view/markdown/layBlock';
import { isLeaf, type Layout, type Leaf } from '../../../../src/view/markdown/layout';
import { createParser } from '../../../../src/view/markdown/parser';

const parser = createParser();
const lay = (source: string) => layBlock(source, parser.parse.bind(parser));

/** The layout as text: boxes in ⟨⟩, marks in {}, the rest as it is. */
function drawn(source: string): string {
  const draw = (layout: Layout): string => {
    if (isLeaf(layout)) {
      const text = source.slice(layout.start, layout.end);
      return layout.kind === 'mark' ? `{${text}}` : text;
    }
    return `⟨${layout.kind} ${layout.children.map(draw).join('')}⟩`;
  };
  return lay(source).map(draw).join('');
}

function leaves(layouts: readonly Layout[]): Leaf[] {
  return layouts.flatMap((layout) => (isLeaf(layout) ? [layout] : leaves(layout.children)));
}

describe('view: Markdown over its source', () => {
  for (const [source, wanted] of [
    ['Plain.', '⟨paragraph Plain.⟩'],
    [' Indented, *so*.', '⟨paragraph  Indented, ⟨emphasis {*}so{*}⟩.⟩'],
    ['**b** ***x***', '⟨paragraph ⟨strong {**}b{**}⟩ ⟨emphasis {*}⟨strong {**}x{**}⟩{*}⟩⟩'],
    ['a `c` b', '⟨paragraph a ⟨code {`}c{`}⟩ b⟩'],
    ['``a ` b``', '⟨paragraph ⟨code {``}a ` b{``}⟩⟩'],
    ['~~no~~ 2 * 3 * 4', '⟨paragraph ⟨struck {~~}no{~~}⟩ 2 * 3 * 4⟩'],
    ['\\*not so\\*', '⟨paragraph {\\}*not so{\\}*⟩'],
    ['*over\ntwo lines*\n\n', '⟨paragraph ⟨emphasis {*}over\ntwo lines{*}⟩\n\n⟩'],
    ['Fog\n   comes *on*  \nlittle', '⟨paragraph Fog\n   comes ⟨emphasis {*}on{*}⟩  \nlittle⟩'],
    ['# One *two* ##\n', '⟨heading {# }One ⟨emphasis {*}two{*}⟩{ ##}\n⟩'],
    ['> a\n> *b\n> c*\n', '⟨quote ⟨paragraph {> }a\n{> }⟨emphasis {*}b\n{> }c{*}⟩\n⟩⟩'],
    [
      '- a\n- *b*\n  c',
      '⟨list ⟨item ⟨paragraph - a\n⟩⟩⟨item ⟨paragraph - ⟨emphasis {*}b{*}⟩\n{  }c⟩⟩⟩',
    ],
    ['1. x\n2. y', '⟨list ⟨item ⟨paragraph 1. x\n⟩⟩⟨item ⟨paragraph 2. y⟩⟩⟩'],
    ['* * *', '⟨rule * * *⟩'],
    ['said\n---\nand', '⟨paragraph said\n⟩⟨rule ---\n⟩⟨paragraph and⟩'],
    ['```js\n*x*\n```\n', '⟨fence ```js\n*x*\n```\n⟩'],
    ['    four *spaces*', '⟨paragraph     four ⟨emphasis {*}spaces{*}⟩⟩'],
  ] as const) {
    it(`sets ${JSON.stringify(source)}`, () => assert.equal(drawn(source), wanted));
  }

  it('leaves text what could load or run something', () => {
    for (const source of [
      '[x](command:quit)',
      '![x](http://127.0.0.1/x.png)',
      '<script>x</script>',
      '<http://127.0.0.1>',
      'http://127.0.0.1/',
      '[x]: data:text/html,x',
      '&lt;b&gt;',
      '<img src=x onerror=y>',
    ]) {
      assert.equal(drawn(source), `⟨paragraph ${source}⟩`);
    }
  });

  it('shows a block of marks alone as it is', () => {
    for (const source of ['#', '> >', '# #\n']) {
      assert.equal(drawn(source), source);
    }
  });

  it('falls back to plain text where the parser changes characters', () => {
    assert.equal(drawn('a \0 *b*'), 'a \0 *b*');
  });

  const piece = fc.constantFrom(
    ...['*', '**', '_', '`', '~~', '\\', '#', '# ', '> ', '- ', '1. ', '```', '---', '\n', '\n\n'],
    ...[' ', '    ', '\t', 'word', 'a', '[x](y)', '<b>', '“', '🦔', '.', '\0', '\u00a0', '&amp;'],
  );
  const anyText = fc.array(piece, { maxLength: 24 }).map((pieces) => pieces.join(''));

  it('keeps every character in its place, and hides only marks, whatever the text', () => {
    fc.assert(
      fc.property(anyText, (source) => {
        let at = 0;
        for (const leaf of leaves(lay(source))) {
          assert.equal(leaf.start, at);
          assert.ok(leaf.end > at);
          at = leaf.end;
          if (leaf.kind === 'mark') {
            assert.match(source.slice(leaf.start, leaf.end), /^[ \t>#*_`~\\]+$/);
          }
        }
        assert.equal(at, source.length);
      }),
      { seed: 5, numRuns: 3000 },
    );
  });

  it('knows from the text alone when there is nothing to set', () => {
    fc.assert(
      fc.property(anyText, (source) => {
        if (!mayHaveMarkup(source)) {
          assert.ok(leaves(lay(source)).every(({ kind }) => kind === 'text'));
          assert.doesNotMatch(drawn(source), /⟨(?!paragraph)/u);
        }
      }),
      { seed: 6, numRuns: 3000 },
    );
  });
});

describe('view: blocks', () => {
  function cut(text: string): string[] {
    const at = nextBlockStart(text, true);
    return at === -1 ? [text] : [text.slice(0, at), ...cut(text.slice(at))];
  }

  it('ends a block at blank lines, which stay with it', () => {
    assert.deepEqual(cut('\n\none\ntwo\n \n\n  three\n\n'), ['\n\none\ntwo\n \n\n', '  three\n\n']);
  });

  it('keeps a fence together', () => {
    assert.deepEqual(cut('a\n\n```\nb\n\nc\n```\n\nd'), ['a\n\n', '```\nb\n\nc\n```\n\n', 'd']);
  });

  it('waits for a fence to close while more may come, and gives it up at the end', () => {
    assert.equal(nextBlockStart('```\nb\n\nc'), -1);
    assert.equal(nextBlockStart('```\nb\n\nc', true), 7);
  });

  it('cuts the same wherever the text is cut on its way', () => {
    const part = fc.constantFrom('a', '\n', '\n\n', ' ', '```', '~~~', '\n```\n', 'b c', '- ');
    fc.assert(
      fc.property(fc.array(part, { maxLength: 20 }), (parts) => {
        const blocks: string[] = [];
        let open = '';
        for (const text of parts) {
          open += text;
          for (let at = nextBlockStart(open); at !== -1; at = nextBlockStart(open)) {
            blocks.push(open.slice(0, at));
            open = open.slice(at);
          }
        }
        assert.deepEqual(
          [...blocks, ...(parts.length > 0 ? cut(open) : [''])],
          cut(parts.join('')),
        );
      }),
      { seed: 8, numRuns: 2000 },
    );
  });
});
