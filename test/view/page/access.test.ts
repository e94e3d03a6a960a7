import assert from 'node:assert/strict';
import { begun, error, useView } from './fixture';
import { batch, branch, branches, emptyBatch, token } from './samples';

describe('view, on a page: place and access', function () {
  this.timeout(30_000);
  const on = useView();

  describe('place', () => {
    const top = (at: number) =>
      on.view.page
        .locator('.item')
        .nth(at)
        .evaluate((item) => item.getBoundingClientRect().top);

    it('stays where the reader is while a card above grows', async () => {
      await on.show(batch(branches(8, { status: 'streaming' })));
      await on.view.page
        .locator('.item')
        .nth(5)
        .evaluate((item) => item.scrollIntoView());
      await on.view.drawn();
      const before = await top(5);
      for (let times = 0; times < 5; times += 1) {
        await on.view.delta([
          { index: 0, tokens: branch(2).tokens },
          { index: 1, tokens: branch(0).tokens },
        ]);
      }
      assert.ok(Math.abs((await top(5)) - before) < 2, `${before} became ${await top(5)}`);
    });

    it('comes back after hiding and showing the view', async () => {
      await on.show(batch(branches(8)));
      await on.view.page
        .locator('.item')
        .nth(4)
        .evaluate((item) => item.scrollIntoView());
      await on.view.page.evaluate(() => window.scrollBy(0, 20));
      await on.view.page.waitForFunction(() => window.memory !== null);
      const before = await top(4);
      const memory = await on.view.page.evaluate(() => window.memory);
      await on.show(batch(branches(8)), { memory });
      await on.view.page.waitForFunction((wanted) => {
        const item = document.querySelectorAll('.item')[4];
        return Math.abs((item?.getBoundingClientRect().top ?? 0) - wanted) < 2;
      }, before);
    });

    it('ignores a memory of another batch, and nonsense', async () => {
      for (const memory of [{ batch: 'other', card: 5, offset: 9 }, 'junk', { card: 'x' }]) {
        await on.show(batch(branches(8)), { memory });
        assert.equal(await on.view.page.evaluate(() => window.scrollY), 0);
      }
    });
  });

  describe('for everyone', () => {
    const mixed = batch(
      [
        branch(0),
        branch(1, { finish: 'length' }),
        branch(2, { status: 'stopped', finish: 'cancelled' }),
        branch(3, { status: 'streaming' }),
        branch(4, { status: 'failed', error }),
        branch(5, { tokens: [] }),
      ],
      { inserted: 1, notices: [{ severity: 'warning', message: 'Mind the gap.' }] },
    );

    for (const theme of ['light', 'dark', 'hcDark', 'hcLight'] as const) {
      it(`passes axe in ${theme}, with cards, popup and cursor`, async () => {
        await on.show(mixed, { theme, width: 300, height: 2400 });
        await on.view.screenshot(`mixed-${theme}`);
        assert.deepEqual(await on.view.violations(), []);
        await on.view.page.keyboard.press('ArrowDown');
        await on.view.page.keyboard.press('ArrowRight');
        await on.view.page.keyboard.press('ArrowRight');
        await on.view.screenshot(`cursor-${theme}`);
        assert.deepEqual(await on.view.violations(), []);
      });

      it(`passes axe in ${theme} before the first batch`, async () => {
        await on.show(emptyBatch, { theme, width: 300, height: 500 });
        await on.view.screenshot(`empty-${theme}`);
        assert.deepEqual(await on.view.violations(), []);
      });
    }

    it('never scrolls sideways at 300 pixels', async () => {
      const long = token('x'.repeat(300), 0.5);
      await on.show(batch([branch(0, { tokens: [long] }), branch(1)], { lead: 'y'.repeat(300) }), {
        width: 300,
      });
      assert.equal(await on.view.page.evaluate(() => document.documentElement.scrollWidth), 300);
    });

    it('announces milestones and no tokens', async () => {
      await on.show(batch([begun(0), begun(1)]));
      const live = on.view.page.locator('[aria-live]');
      assert.equal(await live.textContent(), 'Writing 2 branches.');
      await on.view.delta([{ index: 0, tokens: [token('secret', 0.5)] }]);
      assert.equal(await live.textContent(), 'Writing 2 branches.');
      await on.view.delta([{ index: 0, tokens: [], end: { status: 'done', finish: 'stop' } }]);
      assert.equal(await live.textContent(), '1 of 2 done.');
      await on.view.delta([{ index: 1, tokens: [], end: { status: 'done', finish: 'stop' } }]);
      assert.equal(await live.textContent(), 'Finished: 2 branches.');
    });

    it('moves only for those who do not mind', async () => {
      const animation = () =>
        on.view.page
          .locator('.streaming .status')
          .evaluate((status) => getComputedStyle(status, '::before').animationName);
      await on.show(batch([begun(0)]), { reducedMotion: true });
      assert.equal(await animation(), 'none');
      await on.show(batch([begun(0)]), { reducedMotion: false });
      assert.notEqual(await animation(), 'none');
    });
  });
});
