import assert from 'node:assert/strict';
import { begun, error, useView } from './fixture';
import { batch, branch, branches, finishedBatch, flags, ideas, token, tokensOf } from './samples';

const done = { status: 'done', finish: 'stop' } as const;
const words = (text: string) => tokensOf(text, 1);

describe('view, on a page: siblings', function () {
  this.timeout(30_000);
  const on = useView();

  /** The text under each mark of a kind. */
  const marked = (name: string) =>
    on.view.page.evaluate(
      (wanted) => [...(CSS.highlights.get(wanted) ?? [])].map((range) => String(range as Range)),
      name,
    );
  const focused = () =>
    on.view.page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? null);
  const inSight = () =>
    on.view.page
      .locator('.item:visible .number')
      .allTextContents()
      .then((numbers) => numbers.map(Number));

  it('dims the openings that siblings share, while they come', async () => {
    await on.show(batch([begun(0), begun(1), begun(2)]));
    await on.view.delta([
      { index: 0, tokens: words(' She put') },
      { index: 1, tokens: words(' She put') },
      { index: 2, tokens: words(' He left') },
    ]);
    assert.deepEqual((await marked('variorum-opening')).sort(), ['She put', 'She put']);
    await on.view.delta([
      { index: 0, tokens: words(' the lamp *down*.') },
      { index: 1, tokens: words(' the lantern up.') },
    ]);
    assert.deepEqual(await marked('variorum-opening'), ['She put the', 'She put the']);
    assert.equal(await on.view.page.locator('.legend-dimmed').isVisible(), true);
  });

  it('folds identical branches once all have ended, and shows them again when asked', async () => {
    await on.show(batch([begun(0), begun(1), begun(2)]));
    const tokens = words(' The same.');
    await on.view.delta([
      { index: 0, tokens, end: done },
      { index: 2, tokens, end: done },
    ]);
    assert.deepEqual(await inSight(), [1, 2, 3]);
    await on.view.delta([{ index: 1, tokens: words(' Another.'), end: done }]);
    assert.deepEqual(await inSight(), [1, 2]);
    assert.match(
      (await on.view.page.locator('#live').textContent()) ?? '',
      /Finished: 3 branches\. Identical branches folded into branch 1: 3\./,
    );
    assert.equal(await on.view.page.locator('.copies:visible').textContent(), '×2');
    await on.view.page.keyboard.press('3');
    assert.deepEqual(await on.view.actions(), [{ kind: 'insert', branch: 2 }]);
    await on.view.page.keyboard.press('ArrowDown');
    await on.view.page.keyboard.press('ArrowDown');
    await on.view.page.keyboard.press('ArrowDown');
    assert.match((await focused()) ?? '', /^Branch 2 of 3/);
    await on.view.page.locator('.copies:visible').click();
    await on.view.drawn();
    assert.deepEqual(await inSight(), [1, 2, 3]);
    await on.view.page.keyboard.press('Home');
    await on.view.page.keyboard.press('f');
    await on.view.drawn();
    assert.deepEqual(await inSight(), [1, 2]);
  });

  it('shades what siblings share where there are no probabilities, and says what it is', async () => {
    const bare = (index: number, text: string) =>
      branch(index, { tokens: words(text).map((each) => token(each.text, null)) });
    const noLogprobs = 'It tells no probabilities.';
    const pair = [bare(0, ' But the rain came in.'), bare(1, ' Then THE rain came in again.')];
    await on.show(batch(pair, { models: [{ label: 'x', note: '', noLogprobs }] }));
    assert.deepEqual(await marked('variorum-shared'), ['the rain came in', 'THE rain came in']);
    assert.match(await on.view.page.locator('.legend').innerText(), /not a probability/);
    assert.match(await on.view.page.locator('.about').innerText(), /It tells no probabilities/);
    await on.view.state(batch(pair, { id: 'batch-2' }));
    assert.deepEqual(await marked('variorum-shared'), []);
  });

  it('tells how a branch ended, how fast, what it cost and whose it is', async () => {
    const usage = { completionTokens: 90, cost: 0.001_234 };
    const ends = (['stop', 'length', 'cancelled', 'filtered'] as const).map((finish, index) =>
      branch(index, { finish, seconds: 2, usage, model: `model ${index}` }),
    );
    await on.show(batch(ends));
    const feet = await on.view.page.locator('.foot').allInnerTexts();
    assert.deepEqual(
      feet.map((foot) => foot.split(/\s*\n\s*/)),
      ['Ended', 'At limit', 'Stopped', 'Filtered'].map((label, index) => [
        label,
        '45 tokens/s',
        '$0.0012',
        `model ${index}`,
      ]),
    );
  });

  it('tells a failure of all once, and retries all', async () => {
    await on.show(
      batch(branches(3).map((each) => ({ ...each, tokens: [], status: 'failed', error }))),
    );
    assert.equal(await on.view.page.getByText(error.message).count(), 1);
    await on.button('Retry all').click();
    assert.deepEqual(
      await on.view.actions(),
      [0, 1, 2].map((index) => ({ kind: 'retry', branch: index })),
    );
  });

  describe('findings', () => {
    it('explain themselves under the pointer and under the focus, and show where they are', async () => {
      await on.show(batch([branch(0, { flags: flags(1) })]), { height: 500 });
      const chip = on.view.page.locator('.chip');
      await chip.hover();
      await on.view.page.locator('#popup', { hasText: 'sums the scene up' }).waitFor();
      assert.deepEqual(await marked('variorum-flag'), ['She put']);
      await on.view.page.mouse.move(1, 1);
      await on.view.page.locator('#popup').waitFor({ state: 'hidden' });
      assert.deepEqual(await marked('variorum-flag'), []);
      await on.view.page.keyboard.press('ArrowDown');
      assert.match((await focused()) ?? '', /1 finding: Stock ending/);
      for (let tabs = 0; tabs < 4; tabs += 1) {
        await on.view.page.keyboard.press('Tab');
      }
      assert.match((await focused()) ?? '', /^Warning, Stock ending: The last sentence/);
      assert.equal(await on.view.page.locator('#popup').isVisible(), true);
      await on.view.page.keyboard.press('Escape');
      assert.equal(await on.view.page.locator('#popup').isVisible(), false);
      assert.match((await focused()) ?? '', /^Warning/);
    });

    it('stand together by kind, fold after three, the worst first, and keep the focus', async () => {
      await on.show(batch([branch(0, { flags: flags(6) })]));
      const chips = on.view.page.locator('.chip');
      assert.equal(await chips.count(), 4);
      assert.deepEqual(await chips.allTextContents(), [
        'Derailed',
        'Stock ending',
        'Voice drift',
        '+2',
      ]);
      await chips.last().focus();
      await on.view.page.keyboard.press('Enter');
      assert.equal(await chips.count(), 6);
      assert.equal(
        await on.view.page.evaluate(() => document.activeElement?.textContent),
        'Canned phrase ×2',
      );
    });

    it('come by delta once a branch has ended, and are announced', async () => {
      await on.show(batch([branch(0)]));
      await on.view.delta([{ index: 0, tokens: [], flags: flags(2) }]);
      assert.equal(await on.view.page.locator('.chip').count(), 2);
      assert.equal(await on.view.page.locator('#live').textContent(), 'Findings on 1 branch.');
    });
  });

  describe('ideas', () => {
    it('show what pushing apart came to, under their line', async () => {
      const effect = 'about 1 idea in 5 branches asked plainly → about 4 ideas in 5 asked apart';
      await on.show(batch(branches(5), { ideas: ideas({ effect }) }));
      assert.equal(await on.view.page.locator('.ideas-effect:visible').textContent(), effect);
    });

    it('stand above the cards with their numbers behind them, and mark the cards', async () => {
      await on.show(batch(branches(5)));
      await on.view.send({ type: 'delta', rev: 2, items: [], ideas: ideas() });
      assert.equal(await on.view.page.locator('#live').textContent(), ideas().line);
      assert.equal(await on.view.page.locator('.ideas-line').textContent(), ideas().line);
      assert.equal(await on.view.page.locator('.ideas-effect').isVisible(), false);
      const letters = await on.view.page.locator('.card .idea').allTextContents();
      assert.deepEqual(letters, ['A', 'A', 'A', 'B', 'A']);
      await on.button('The numbers behind this estimate').focus();
      assert.match(await on.view.page.locator('#popup').innerText(), /Mean similarity: 0\.58/);
      await on.button('Push apart').click();
      assert.deepEqual(await on.view.actions(), [{ kind: 'push-apart' }]);
    });

    it('name those of several cards first, and of thirty that stand alone only some', async () => {
      const alone = Array.from({ length: 30 }, (_, at) => ({ label: `idea ${at}`, members: [at] }));
      const groups = [...alone, { label: 'she leaves', members: [30, 31] }];
      await on.show(batch(branches(32), { ideas: { ...ideas(), groups } }));
      const labels = await on.view.page.locator('.group-label').allTextContents();
      assert.equal(labels.length, 9);
      assert.ok(labels.includes('she leaves'));
      const rest = on.view.page.locator('.groups-rest');
      assert.equal(await rest.textContent(), 'and 22 more, one card each');
      assert.equal(await on.view.page.locator('.card .idea').count(), 32);
    });

    it('are merged from chosen cards and split by hand', async () => {
      await on.show(batch(branches(5), { ideas: ideas() }));
      await on.view.page.keyboard.press('End');
      await on.view.page.keyboard.press('Space');
      await on.view.page.keyboard.press('ArrowUp');
      await on.view.page.keyboard.press('Space');
      await on.view.drawn();
      assert.match((await focused()) ?? '', /Branch 4 of 5, Idea B: he calls, Selected/);
      await on.view.page.keyboard.press('g');
      await on.view.page.keyboard.press('u');
      await on.view.page.keyboard.press('ArrowDown');
      await on.view.page.keyboard.press('u');
      assert.deepEqual(await on.view.actions(), [
        { kind: 'merge-ideas', branches: [3, 4] },
        { kind: 'split-idea', branch: 4 },
      ]);
      await on.button('Clear').click();
      await on.view.drawn();
      assert.equal(await on.view.page.locator('.card.selected').count(), 0);
    });
  });

  describe('menu and help', () => {
    it('offers by keyboard what can be done with a card, and gives the focus back', async () => {
      await on.show(finishedBatch());
      await on.view.page.keyboard.press('ArrowDown');
      for (let tabs = 0; tabs < 3; tabs += 1) {
        await on.view.page.keyboard.press('Tab');
      }
      assert.equal(await focused(), 'Actions on branch 1');
      await on.view.page.keyboard.press('Enter');
      await on.view.page.keyboard.press('ArrowDown');
      await on.view.page.keyboard.press('ArrowDown');
      await on.view.page.keyboard.press('Enter');
      assert.equal(await focused(), 'Actions on branch 1');
      assert.equal(await on.view.page.getByRole('menu').count(), 0);
      await on.view.page.keyboard.press('Enter');
      await on.view.page.keyboard.press('r');
      await on.view.page.keyboard.press('Enter');
      await on.view.page.keyboard.press('Escape');
      assert.equal(await focused(), 'Actions on branch 1');
      assert.deepEqual(await on.view.actions(), [
        { kind: 'insert', branch: 0, take: 'sentence' },
        { kind: 'replace', branch: 0 },
      ]);
    });

    it('explains the keys, and gives the focus back', async () => {
      await on.show(batch(branches(2)));
      await on.view.page.keyboard.press('ArrowDown');
      await on.view.page.keyboard.press('?');
      assert.equal(await on.view.page.getByRole('dialog').isVisible(), true);
      await on.view.page.keyboard.press('1');
      await on.view.page.keyboard.press('Escape');
      assert.equal(await on.view.page.getByRole('dialog').count(), 0);
      assert.equal(await focused(), 'Branch 1 of 2, Ended');
      assert.deepEqual(await on.view.actions(), []);
    });

    it('chooses a model and shows the prompt', async () => {
      await on.show(batch(branches(1)));
      await on.button('Sketch: choose another model').click();
      await on.button('Show the prompt').click();
      assert.deepEqual(await on.view.actions(), [
        { kind: 'choose-model' },
        { kind: 'show-prompt' },
      ]);
    });
  });
});
