import assert from 'node:assert/strict';
import { begun, useView } from './fixture';
import { batch, branch, branches, token } from './samples';

describe('view, on a page: mouse and keyboard', function () {
  this.timeout(30_000);
  const on = useView();

  describe('mouse', () => {
    it('inserts at a click on the text, and does what a button says', async () => {
      await on.show(batch(branches(3)));
      await on.view.page.locator('.text').nth(2).click();
      await on.button('Insert branch 2 into the draft').click();
      await on.button('Copy branch 1 (C)').click();
      assert.deepEqual(await on.view.actions(), [
        { kind: 'insert', branch: 2 },
        { kind: 'insert', branch: 1 },
        { kind: 'copy', branch: 0 },
      ]);
    });

    it('selects text without inserting, and clears a selection without inserting', async () => {
      await on.show(batch(branches(1)));
      const box = await on.view.page.locator('.text').first().boundingBox();
      assert.ok(box);
      await on.view.page.mouse.move(box.x + 30, box.y + 15);
      await on.view.page.mouse.down();
      await on.view.page.mouse.move(box.x + 150, box.y + 15, { steps: 4 });
      await on.view.page.mouse.up();
      assert.notEqual(await on.view.page.evaluate(() => String(getSelection())), '');
      await on.view.page.mouse.click(box.x + 200, box.y + 60);
      assert.deepEqual(await on.view.actions(), []);
      await on.view.page.mouse.click(box.x + 60, box.y + 60);
      assert.deepEqual(await on.view.actions(), [{ kind: 'insert', branch: 0 }]);
    });

    it('offers only what makes sense now, and keeps the focus on a button that goes off', async () => {
      await on.show(batch(branches(2), { position: { index: 0, count: 2 } }));
      await on.button('More').focus();
      await on.view.state(batch([begun(0)], { position: { index: 1, count: 2 } }));
      const isOn = async (name: string) =>
        (await on.button(name).getAttribute('aria-disabled')) === null;
      assert.deepEqual(
        [
          await isOn('More'),
          await isOn('Stop'),
          await isOn('Previous batch ([)'),
          await isOn('Next batch (])'),
        ],
        [false, true, true, false],
      );
      await on.view.page.keyboard.press('Enter');
      assert.deepEqual(await on.view.actions(), []);
      assert.equal(await on.view.page.evaluate(() => document.activeElement?.textContent), 'More');
      await on.button('Stop').click();
      assert.deepEqual(await on.view.actions(), [{ kind: 'stop' }]);
    });

    it('shows at a token what the model thought, in the view and off the token', async () => {
      await on.show(batch(branches(5)), { width: 300, height: 600 });
      const spans = on.view.page.locator('.text span').filter({ hasText: /\S/ });
      for (const at of [0, 5, 7, 20, 34, 60]) {
        const span = spans.nth(at);
        await span.scrollIntoViewIfNeeded();
        const first = await span.evaluate((element) => {
          const [line] = [...element.getClientRects()].filter(({ width }) => width > 0).slice(-1);
          return line ? { x: line.left + line.width / 2, y: line.top + line.height / 2 } : null;
        });
        assert.ok(first);
        await on.view.page.mouse.move(first.x, first.y);
        await on.view.page.locator('#popup').waitFor({ state: 'visible' });
        const popup = await on.view.page.locator('#popup').boundingBox();
        assert.ok(popup);
        assert.ok(
          popup.x >= 0 && popup.x + popup.width <= 300,
          `token ${at}: ${JSON.stringify(popup)}`,
        );
        assert.ok(
          popup.y >= 0 && popup.y + popup.height <= 600,
          `token ${at}: ${JSON.stringify(popup)}`,
        );
        const covers = popup.y < first.y && first.y < popup.y + popup.height;
        assert.equal(covers, false, `token ${at}: ${JSON.stringify({ popup, first })}`);
        await on.view.page.mouse.move(2, 2);
        await on.view.page.locator('#popup').waitFor({ state: 'hidden' });
      }
    });

    it('opens under a token at the top, and leaves the buttons free', async () => {
      await on.show(batch(branches(5)), { width: 300, height: 600 });
      const span = on.view.page.locator('.text').nth(1).locator('span').first();
      await span.evaluate((element) => {
        window.scrollBy(0, element.getBoundingClientRect().top - 80);
      });
      await span.hover();
      await on.view.page.locator('#popup').waitFor({ state: 'visible' });
      const [popup, word] = [
        await on.view.page.locator('#popup').boundingBox(),
        await span.boundingBox(),
      ];
      assert.ok(popup && word && popup.y >= word.y + word.height, JSON.stringify({ popup, word }));
    });

    it('says why a token has no probability', async () => {
      await on.show(
        batch([branch(0, { tokens: [token(' lamp', null, { missing: 'unsupported' })] })]),
      );
      await on.view.page.locator('.text span').hover();
      await on.view.page.getByText('This model does not tell how sure it was.').waitFor();
      assert.equal(await on.view.page.locator('.legend').isVisible(), false);
    });
  });

  describe('keyboard', () => {
    const focused = () =>
      on.view.page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? null);

    it('moves over the cards and acts on the one that has the focus', async () => {
      await on.show(batch(branches(3), { inserted: 1 }));
      await on.view.page.keyboard.press('ArrowDown');
      assert.equal(await focused(), 'Branch 1 of 3, Ended');
      await on.view.page.keyboard.press('ArrowDown');
      assert.equal(await focused(), 'Branch 2 of 3, In draft, Ended');
      await on.view.page.keyboard.press('End');
      await on.view.page.keyboard.press('Enter');
      await on.view.page.keyboard.press('Home');
      await on.view.page.keyboard.press('c');
      await on.view.page.keyboard.press(']');
      assert.deepEqual(await on.view.actions(), [
        { kind: 'insert', branch: 2 },
        { kind: 'copy', branch: 0 },
        { kind: 'batch', step: 1 },
      ]);
    });

    it('has tab stops on one card and its buttons', async () => {
      await on.show(batch(branches(16)));
      await on.view.page.keyboard.press('ArrowDown');
      await on.view.page.keyboard.press('ArrowDown');
      await on.view.page.keyboard.press('ArrowRight');
      const stops = on.view.page.locator('.cards [tabindex="0"]:visible');
      assert.deepEqual(
        await stops.evaluateAll((all) => all.map((each) => each.getAttribute('aria-label'))),
        [
          'Branch 2 of 16, Ended',
          'Insert branch 2 into the draft',
          'Copy branch 2 (C)',
          'Actions on branch 2',
        ],
      );
    });

    it('moves over the tokens, says each, and goes back to the card with Escape', async () => {
      await on.show(batch([branch(0, { tokens: [token(' lamp', 0.973), token('\n', 0.2)] })]));
      await on.view.page.keyboard.press('ArrowDown');
      await on.view.page.keyboard.press('ArrowRight');
      assert.equal(await focused(), 'lamp, 97 percent');
      assert.match(await on.view.page.locator('#popup').innerText(), /·lamp\s+97\.3%/);
      await on.view.page.keyboard.press('ArrowRight');
      await on.view.page.keyboard.press('ArrowRight');
      assert.equal(await focused(), 'line break, 20 percent');
      assert.equal(await on.view.page.locator('.text [aria-label]').count(), 1);
      await on.view.page.keyboard.press('Escape');
      assert.equal(await on.view.page.locator('#popup').isVisible(), false);
      assert.equal(await focused(), 'Branch 1 of 1, Ended');
      assert.equal(await on.view.page.locator('.text [aria-label]').count(), 0);
      await on.view.page.keyboard.press('Escape');
      assert.deepEqual(await on.view.actions(), [{ kind: 'focus-editor' }]);
    });

    it('keeps the cursor on its token while more come', async () => {
      await on.show(batch([branch(0, { status: 'streaming' })]));
      await on.view.page.keyboard.press('ArrowDown');
      await on.view.page.keyboard.press('ArrowRight');
      const before = await focused();
      await on.view.delta([{ index: 0, tokens: [token(' more', 0.5)] }]);
      assert.equal(await focused(), before);
      assert.equal(await on.view.page.locator('#popup').isVisible(), true);
      await on.view.page.keyboard.press('Escape');
      await on.view.page.keyboard.press('Escape');
      assert.deepEqual(await on.view.actions(), [{ kind: 'stop' }]);
    });

    it('stays in the list when another batch takes its place', async () => {
      await on.show(batch(branches(3)));
      await on.view.page.keyboard.press('End');
      await on.view.state(batch(branches(2), { id: 'batch-2' }));
      assert.equal(await focused(), 'Branch 2 of 2, Ended');
    });

    it('never takes the focus by itself', async () => {
      await on.show(batch(branches(3)));
      await on.view.state(batch([begun(0)], { id: 'batch-2' }));
      await on.view.delta([{ index: 0, tokens: [token('x', 0.5)] }]);
      assert.equal(
        await on.view.page.evaluate(() => document.activeElement === document.body),
        true,
      );
    });
  });
});
