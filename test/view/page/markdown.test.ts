import assert from 'node:assert/strict';
import { begun, textOf, useView } from './fixture';
import { batch, branch, branches, MARKED, token, tokensOf } from './samples';

const HOSTILE = [
  '[x](command:workbench.action.quit)',
  '![x](http://127.0.0.1:9/x.png)',
  '[![x](http://127.0.0.1:9/x.png)](javascript:alert(1))',
  '<script>document.title=1</script>',
  '<img src=x onerror="document.title=1">',
  '<http://127.0.0.1:9/>',
  'http://127.0.0.1:9/',
  '[x](data:text/html,<script>document.title=1</script>)',
  '[x]: javascript:alert(1)',
  '[x]',
  '&lt;script&gt;',
  '<!-- <iframe src="http://127.0.0.1:9/"> -->',
  '~~~html\n<script>document.title=1</script>\n~~~',
];

describe('view, on a page: Markdown', function () {
  this.timeout(30_000);
  const on = useView();

  it('is set, with every character of the source still there', async () => {
    const marked = branch(0, { tokens: tokensOf(MARKED, 3) });
    await on.show(batch([marked]));
    assert.deepEqual(await on.texts(), [MARKED]);
    const seen = await on.view.page.locator('.text').first().innerText();
    assert.ok(!/[#`>]|\*\w/.test(seen), seen);
    const kinds = await on.view.page
      .locator('.text em, .text strong, .text code, .md-heading, .md-quote, .md-rule, .md-item')
      .count();
    assert.equal(kinds, 4 + 1 + 1 + 1 + 1 + 1 + 4);
  });

  it('looks the same however it was cut on its way', async () => {
    const tokens = tokensOf(MARKED, 3);
    await on.show(batch([branch(0, { tokens })]));
    const whole = await on.view.page.locator('.text').innerHTML();
    for (const step of [2, 7]) {
      await on.show(batch([begun(0)]));
      for (let at = 0; at < tokens.length; at += step) {
        const end = { status: 'done', finish: 'stop' } as const;
        const isLast = at + step >= tokens.length;
        await on.view.delta([
          { index: 0, tokens: tokens.slice(at, at + step), ...(isLast && { end }) },
        ]);
        const soFar = tokens.slice(0, at + step);
        assert.equal((await on.texts())[0], soFar.map(({ text }) => text).join(''));
      }
      assert.equal(await on.view.page.locator('.text').innerHTML(), whole, `step ${step}`);
    }
  });

  it('keeps what is finished on the page while more comes', async () => {
    const tokens = tokensOf('One *paragraph*.\n\nAnother', 1);
    await on.show(batch([branch(0, { tokens, status: 'streaming' })]));
    await on.view.page.evaluate(() => {
      document.querySelector('.text em')?.setAttribute('data-kept', '');
    });
    await on.view.delta([{ index: 0, tokens: tokensOf(' *one*.\n\n> More', 2) }]);
    assert.equal(await on.view.page.locator('[data-kept]').count(), 1);
    assert.equal(await on.view.page.locator('.text em').count(), 2);
  });

  it('has each token under the pointer where its letters are, and its marks under the cursor', async () => {
    const tokens = [' *', 'so', '* ', 'it'].map((text, at) => token(text, 0.1 + at / 10));
    await on.show(batch([branch(0, { tokens })]));
    await on.view.page.locator('em span', { hasText: 'so' }).hover();
    await on.view.page.locator('#popup').waitFor();
    assert.match(await on.view.page.locator('#popup').innerText(), /so\s+20\.0%/);
    await on.view.page.mouse.move(1, 1);
    await on.view.page.locator('#popup').waitFor({ state: 'hidden' });
    await on.view.page.keyboard.press('ArrowDown');
    const spoken: (string | null)[] = [];
    for (const { text } of tokens) {
      assert.notEqual(text, '');
      await on.view.page.keyboard.press('ArrowRight');
      spoken.push(
        await on.view.page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? ''),
      );
    }
    assert.deepEqual(spoken, [
      '*, 10 percent',
      'so, 20 percent',
      '*, 30 percent',
      'it, 40 percent',
    ]);
  });

  it('marks a token without the space before it', async () => {
    await on.show(batch([branch(0, { tokens: [token('A', 0.5), token(' lamp', 0.95)] })]));
    assert.equal(await on.view.page.locator('.text .sure').textContent(), 'lamp');
    assert.deepEqual(await on.texts(), ['A lamp']);
  });

  it('runs, loads and links nothing, alone and split into tokens', async () => {
    const requests: string[] = [];
    await on.open();
    on.view.page.on('request', (request) => requests.push(request.url()));
    const texts = HOSTILE.map((text) => `${text}\n\n`);
    await on.view.state(
      batch([
        branch(0, { tokens: texts.map((text) => token(text, 0.5)) }),
        branch(1, { tokens: texts.flatMap((text) => tokensOf(text, 1)) }),
        branch(2, { tokens: Array.from(texts.join(' ')).map((text) => token(text, 0.5)) }),
      ]),
    );
    const [first] = await on.texts();
    assert.equal(first, texts.join(''));
    assert.equal(await on.view.page.title(), 'Branches');
    assert.equal(
      await on.view.page.locator('img, a, iframe, object, embed, form, #app script').count(),
      0,
    );
    assert.deepEqual(requests, []);
  });

  describe('raw text', () => {
    it('shows the source and its white space, and copies no signs', async () => {
      const tokens = tokensOf('Say *it*,\ttwice.\n\nNow', 2);
      await on.show(batch([branch(0, { tokens })]));
      await on.button('Show the text as written').click();
      await on.view.drawn();
      const text = tokens.map((each) => each.text).join('');
      assert.deepEqual(await on.texts(), [text]);
      const copied = await on.view.page.evaluate(() => {
        const range = document.createRange();
        range.selectNodeContents(document.querySelector('.text') ?? document.body);
        getSelection()?.removeAllRanges();
        getSelection()?.addRange(range);
        return String(getSelection());
      });
      assert.equal(copied, text);
      const signs = await on.view.page
        .locator('.text i')
        .evaluateAll((all) => all.map((each) => getComputedStyle(each, '::before').content));
      const drawn = signs.map((sign) => /^"(.)"/.exec(sign)?.[1]).join('');
      assert.equal(drawn, '·→↵↵');
      assert.ok(signs.every((sign) => sign.endsWith('/ ""')));
    });

    it('stays raw while more comes, after a replay, and over hiding', async () => {
      await on.show(batch([branch(0, { tokens: tokensOf('*a*', 1), status: 'streaming' })]));
      await on.view.page.keyboard.press('v');
      await on.view.delta([{ index: 0, tokens: tokensOf('\n\n*b*', 1) }]);
      assert.equal(await on.view.page.locator('.text em').count(), 0);
      const memory = await on.view.page.evaluate(() => window.memory);
      await on.show(batch([branch(0, { tokens: tokensOf('*a*', 1) })]), { memory });
      assert.equal(await on.view.page.locator('.text em').count(), 0);
      await on.view.page.keyboard.press('v');
      await on.view.drawn();
      assert.equal(await on.view.page.locator('.text em').count(), 1);
    });
  });

  it('puts colours away and back', async () => {
    await on.show(batch(branches(1)));
    const look = () =>
      on.view.page
        .locator('.text .sure')
        .first()
        .evaluate((span) => {
          const { backgroundColor, textDecorationLine } = getComputedStyle(span);
          return `${backgroundColor} ${textDecorationLine}`;
        });
    const before = await look();
    await on.button('Colour words by confidence').click();
    await on.view.drawn();
    assert.equal(await look(), 'rgba(0, 0, 0, 0) none');
    assert.equal(await on.view.page.locator('.legend').isVisible(), false);
    await on.button('Colour words by confidence').click();
    await on.view.drawn();
    assert.equal(await look(), before);
  });

  it('spreads a large batch over frames and leaves nothing out', async () => {
    const long = branches(16).map((each) => ({
      ...each,
      tokens: Array.from({ length: 8 }, () => tokensOf(`*${textOf(each)}*\n\n`, 1)).flat(),
    }));
    await on.show(batch(long));
    const wanted = long.map(textOf);
    await on.view.page.waitForFunction(
      (length) =>
        [...document.querySelectorAll('.text')].map((text) => text.textContent).join('').length ===
        length,
      wanted.join('').length,
    );
    assert.deepEqual(await on.texts(), wanted);
  });
});
