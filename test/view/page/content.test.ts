import assert from 'node:assert/strict';
import { begun, error, textOf, useView } from './fixture';
import { batch, branch, branches, emptyBatch, token } from './samples';

describe('view, on a page: what it shows', function () {
  this.timeout(30_000);
  const on = useView();

  describe('state', () => {
    it('asks for the state when it loads, and claims nothing before it comes', async () => {
      await on.open();
      assert.deepEqual(await on.view.posted(), [{ type: 'ready' }]);
      await on.view.drawn();
      assert.equal(await on.view.page.getByText('See how your draft').isVisible(), false);
    });

    it('says what to do before the first batch, with the key and a button that does it', async () => {
      await on.show({ ...emptyBatch, keys: { continue: 'Ctrl+Alt+J' } });
      assert.match(await on.view.page.locator('.empty p').innerText(), /press Ctrl\+Alt\+J or/);
      await on.view.page.locator('.empty').getByRole('button').click();
      assert.deepEqual(await on.view.actions(), [{ kind: 'continue' }]);
      assert.equal(await on.view.page.locator('.toolbar').isVisible(), false);
    });

    it('tells model, note, document, place and batch', async () => {
      await on.show(batch(branches(1)));
      const page = await on.view.page.locator('body').innerText();
      for (const words of ['Sketch', 'no understanding', 'chapter-03.md', 'she said', '2 of 7']) {
        assert.ok(page.includes(words), words);
      }
    });

    it('streams five branches, adding to what is there', async () => {
      const whole = branches(5);
      await on.show(batch(whole.map(({ index }) => begun(index))));
      const [first] = whole;
      await on.view.delta([{ index: 0, tokens: first?.tokens.slice(0, 3) ?? [] }]);
      await on.view.page.evaluate(() => {
        document.querySelector('.text span')?.setAttribute('data-kept', '');
      });
      await on.view.delta(
        whole.map(({ index, tokens }) => ({ index, tokens: tokens.slice(index === 0 ? 3 : 0) })),
      );
      assert.deepEqual(await on.texts(), whole.map(textOf));
      assert.equal(await on.view.page.locator('[data-kept]').count(), 1);
      assert.equal(await on.view.page.getByText('Writing…').count(), 5);
    });

    it('draws a replayed batch whole, and keeps what it already shows', async () => {
      await on.show(batch(branches(16)));
      assert.deepEqual(await on.texts(), branches(16).map(textOf));
      await on.view.page.evaluate(() => {
        document.querySelector('.text span')?.setAttribute('data-kept', '');
      });
      await on.view.state(batch(branches(16), { inserted: 3 }));
      assert.equal(await on.view.page.locator('[data-kept]').count(), 1);
      assert.deepEqual(await on.texts(), branches(16).map(textOf));
    });

    it('replaces the text of a branch that is retried', async () => {
      await on.show(batch([branch(0, { status: 'failed', error })]));
      await on.view.state(
        batch([branch(0, { tokens: [token('Anew', 0.5)], status: 'streaming' })]),
      );
      assert.deepEqual(await on.texts(), ['Anew']);
      assert.equal(await on.view.page.getByText(error.message).count(), 0);
    });

    it('asks again when a message was lost, and shows the answer', async () => {
      await on.show(batch([begun(0)]));
      await on.view.delta([{ index: 0, tokens: [token('one', 0.5)] }]);
      on.view.lose();
      await on.view.delta([{ index: 0, tokens: [token(' three', 0.5)] }]);
      assert.deepEqual(await on.texts(), ['one']);
      assert.deepEqual(await on.view.posted(), [{ type: 'ready' }, { type: 'ready' }]);
      const tokens = ['one', ' two', ' three'].map((text) => token(text, 0.5));
      await on.view.state(batch([{ ...begun(0), tokens }]));
      await on.view.delta([{ index: 0, tokens: [token(' four', 0.5)] }]);
      assert.deepEqual(await on.texts(), ['one two three four']);
      assert.equal((await on.view.posted()).length, 2);
    });

    it('marks steps of confidence by class and by line, and leaves the rest plain', async () => {
      const steps = [0.9995, 0.995, 0.95, 0.5, 0.001, null];
      await on.show(batch([branch(0, { tokens: steps.map((p) => token(' word', p)) })]));
      const drawn = await on.view.page.locator('.text span').evaluateAll((spans) =>
        spans.map((span) => {
          const { textDecorationLine, textDecorationStyle, textDecorationThickness } =
            getComputedStyle(span);
          const line = `${textDecorationStyle} ${textDecorationThickness}`;
          return `${span.getAttribute('class') ?? ''}: ${textDecorationLine === 'none' ? 'none' : line}`;
        }),
      );
      assert.deepEqual(drawn, [
        'surest: double 1px',
        'surer: solid 2px',
        'sure: solid 1px',
        ': none',
        'low: dashed 1.5px',
        ': none',
      ]);
    });

    it('speaks another language', async () => {
      await on.show(batch(branches(1)), { strings: { More: 'Mehr', '{0} of {1}': '{0} von {1}' } });
      assert.equal(await on.view.page.getByText('Mehr').count(), 1);
      assert.equal(await on.view.page.getByText('2 von 7').count(), 1);
    });
  });

  describe('failures', () => {
    it('shows why a branch failed, what to do, and retries it alone', async () => {
      await on.show(batch([branch(0), branch(1, { tokens: [], status: 'failed', error })]));
      const card = on.view.page.locator('.card').nth(1);
      assert.match(await card.innerText(), /did not answer\. Start it/);
      await on.button('Retry').click();
      assert.deepEqual(await on.view.actions(), [{ kind: 'retry', branch: 1 }]);
    });

    it('offers what would mend it, on its card', async () => {
      const key = { ...error, retryable: false, fix: 'key' } as const;
      await on.show(batch([branch(0), branch(1, { tokens: [], status: 'failed', error: key })]));
      await on.button('Enter the key…').click();
      assert.deepEqual(await on.view.actions(), [{ kind: 'fix', branch: 1 }]);
    });

    it('offers it once where all failed', async () => {
      const gone = { ...error, fix: 'model' } as const;
      const failed = [0, 1, 2].map((index) =>
        branch(index, { tokens: [], status: 'failed', error: gone }),
      );
      await on.show(batch(failed));
      const choose = on.view.page
        .locator('.common-failure')
        .getByRole('button', { name: 'Choose' });
      await choose.click();
      assert.deepEqual(await on.view.actions(), [{ kind: 'fix', branch: 0 }]);
    });

    it('offers no retry where it cannot help', async () => {
      await on.show(
        batch([branch(0, { status: 'failed', error: { ...error, retryable: false } })]),
      );
      assert.equal(await on.button('Retry').count(), 0);
    });

    it('shows on its card why an action was refused', async () => {
      await on.show(batch(branches(2)));
      await on.view.page.keyboard.press('2');
      await on.view.reply(1, {
        message: 'The file is read-only.',
        action: 'Save it elsewhere.',
        retryable: false,
      });
      const card = on.view.page.locator('.card').nth(1);
      assert.match(await card.innerText(), /read-only\. Save it elsewhere/);
      await on.view.page.keyboard.press('1');
      await on.view.drawn();
      assert.equal(await on.view.page.locator('.cards').getByText('read-only').count(), 0);
    });

    it('shows at the top why an action about no branch was refused', async () => {
      await on.show(batch(branches(2)));
      await on.view.page.keyboard.press('m');
      await on.view.reply(1, error);
      assert.match(await on.view.page.locator('.notices').innerText(), /did not answer/);
    });

    it('has an icon and a word for each kind of notice', async () => {
      const severities = ['info', 'warning', 'error'] as const;
      const notices = severities.map((severity) => ({ severity, message: 'Something.' }));
      await on.show(batch(branches(1), { notices }));
      const boxes = on.view.page.locator('.notices .notice');
      assert.deepEqual(await boxes.allTextContents(), [
        'Note: Something.',
        'Warning: Something.',
        'Error: Something.',
      ]);
      const icons = await boxes
        .locator('path')
        .evaluateAll((paths) => paths.map((path) => path.getAttribute('d')));
      assert.equal(new Set(icons).size, 3);
    });
  });

  describe('hostile text', () => {
    const hostile = [
      '<img src=x onerror="document.title=1">',
      '</script><script>document.title=1</script>',
      '\u202egnp.exe\u202c',
      'a\u200bb\ufeff',
      '[x](command:workbench.action.quit)',
      '\u0000',
    ];

    it('is text and nothing else, in cards, popup, notices and header', async () => {
      const tokens = hostile.map((text) =>
        token(text, 0.5, { alternatives: [{ text, logprob: -0.7 }], tail: 0.1 }),
      );
      const all = hostile.join('');
      await on.show(
        batch([branch(0, { tokens, status: 'failed', error: { ...error, message: all } })], {
          document: all,
          lead: all,
          models: [{ label: all, note: all }],
          notices: [{ severity: 'error', message: all }],
        }),
      );
      await on.view.page.keyboard.press('ArrowDown');
      for (const [at, text] of hostile.entries()) {
        await on.view.page.keyboard.press('ArrowRight');
        const label = await on.view.page.evaluate(() => document.activeElement?.textContent);
        assert.equal(label, text, `token ${at}`);
      }
      assert.equal(await on.view.page.title(), 'Branches');
      assert.equal(await on.view.page.locator('img, #app script, a, iframe').count(), 0);
      assert.equal((await on.texts())[0], all);
      assert.match((await on.texts())[0] ?? '', /<img src=x onerror="document.title=1"><\/script>/);
    });

    it('cannot turn about text outside its own card', async () => {
      await on.show(batch([branch(0, { tokens: [token('\u202eabc', 0.5)] }), branch(1)]));
      const bidi = await on.view.page
        .locator('.text')
        .first()
        .evaluate((text) => getComputedStyle(text).unicodeBidi);
      assert.equal(bidi, 'isolate');
    });
  });
});
