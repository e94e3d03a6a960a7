import assert from 'node:assert/strict';
import { useView } from './fixture';
import { batch, branch, token } from './samples';
import type { BranchView, FreezeView } from '../../../src/protocol';

const word = (text: string, p: number, others: Record<string, number> = {}) =>
  token(text, p, {
    alternatives: [
      { text, logprob: Math.log(p) },
      ...Object.entries(others).map(([other, q]) => ({ text: other, logprob: Math.log(q) })),
    ],
    tail: 0.001,
  });

const TOKENS = [
  word(' Mara', 0.9),
  word(' laughed', 0.4, { ' wept': 0.3, ' ran': 0.1, '\uFFFD': 0.05, '<|endoftext|>': 0.04 }),
  word('.', 0.95),
  word(' Then', 0.75, { ' But': 0.24 }),
  word(' rain', 0.996, { ' snow': 0.002, ' seven': 0.001 }),
  word(' covered', 0.997),
  word(' broken', 0.005),
  word(' windows.', 0.996),
];
const TEXT = TOKENS.map(({ text }) => text).join('');
const STUCK_AT = TEXT.indexOf(' rain');

const freeze: FreezeView = {
  by: 'tokens',
  line: 'Point of no return: sentence 2 of 3. From there it goes one way.',
  borders: [
    { start: 0, end: 14, futures: 29.3, most: 19646 },
    { start: 14, end: TEXT.length, futures: 1.03, most: 1.21 },
    { start: TEXT.length - 1, end: TEXT.length, futures: null },
  ],
  noReturn: 1,
};

const first: BranchView = branch(0, {
  tokens: TOKENS,
  freeze,
  flags: [
    {
      code: 'stuck-run',
      severity: 'note',
      message: 'Five words in a row that leave no choice.',
      start: STUCK_AT,
      end: TEXT.length,
    },
  ],
});
const second: BranchView = branch(1, {
  tokens: TOKENS.slice(0, 5),
  fork: {
    kind: 'escape',
    from: 0,
    text: ' snow',
    instead: ' rain',
    logprob: Math.log(0.002),
    told: true,
  },
});
const scene = batch([first, second]);

describe('view, on a page: forks', function () {
  this.timeout(30_000);
  const on = useView();
  const press = async (...keys: string[]) => {
    for (const key of keys) {
      await on.view.page.keyboard.press(key);
    }
  };
  const focused = () =>
    on.view.page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? null);
  const live = () => on.view.page.locator('#live').textContent();

  it('picks an alternative at a click on its bar, and does not insert', async () => {
    await on.show(scene);
    await on.view.page.locator('.text').first().locator('span', { hasText: 'laughed' }).hover();
    await on.view.page.locator('.bar.pick', { hasText: 'ran' }).click();
    assert.deepEqual(await on.view.actions(), [
      { kind: 'pick', branch: 0, token: 1, alternative: 2 },
    ]);
  });

  it('does not offer a piece of a character or the end, and says why', async () => {
    await on.show(scene);
    await on.view.page.locator('.text').first().locator('span', { hasText: 'laughed' }).hover();
    await on.view.page.locator('#popup').waitFor({ state: 'visible' });
    assert.equal(await on.view.page.locator('.bar.pick').count(), 2);
    const why = on.view.page.locator('.bar[title]:not(.pick)');
    assert.deepEqual(await why.evaluateAll((all) => all.map((row) => row.getAttribute('title'))), [
      'a piece of a character: no text alone',
      'the end of the text',
    ]);
  });

  it('picks by keyboard alone, and gives the focus back to the token', async () => {
    await on.show(scene);
    await press('ArrowDown', 'ArrowRight', 'ArrowRight', 'o');
    assert.equal(await focused(), '·wept 30.0%: branch here; the text there stays');
    await on.view.screenshot('forks-alternatives');
    assert.deepEqual(await on.view.violations(), []);
    await press('Escape');
    assert.equal(await focused(), 'laughed, 40 percent');
    await press('o', 'ArrowDown', 'Enter');
    assert.deepEqual(await on.view.actions(), [
      { kind: 'pick', branch: 0, token: 1, alternative: 2 },
    ]);
    assert.equal(await focused(), 'laughed, 40 percent');
    await press('o', 'End', 'Enter');
    assert.equal((await on.view.actions()).length, 1, 'the end of the text does nothing');
    await press('Escape', 'ArrowLeft', 'o');
    assert.equal(await live(), 'The model listed no other words here.');
  });

  it('goes to forks, unlikely words and stuck runs, and says when there is no more', async () => {
    await on.show(scene);
    await press('ArrowDown', 'n');
    assert.equal(await focused(), 'laughed, 40 percent');
    await press('n');
    assert.equal(await focused(), 'broken, 1 percent');
    await press('Shift+N');
    assert.equal(await focused(), 'laughed, 40 percent');
    await press('l');
    assert.equal(await focused(), 'broken, 1 percent');
    await press('Shift+K');
    assert.equal(await focused(), 'rain, 100 percent');
    await press('k');
    assert.equal(await focused(), 'rain, 100 percent');
    assert.equal(await live(), 'No more stuck runs that way.');
    await on.view.page.getByText('No more stuck runs that way.').nth(0).waitFor();
  });

  it('escapes from a card, a token, the chip of a stuck run, and the point of no return', async () => {
    await on.show(scene);
    await press('ArrowDown', 'e', 'k', 'e', 'Escape');
    await on.view.page.locator('.chip').first().click();
    await on.view.page.locator('.no-return .button', { hasText: 'Escape here' }).click();
    await on.button('Actions on branch 1').click();
    await on.view.page.getByRole('menuitem', { name: /Escape here/ }).click();
    assert.deepEqual(await on.view.actions(), [
      { kind: 'escape', branch: 0 },
      { kind: 'escape', branch: 0, from: STUCK_AT },
      { kind: 'escape', branch: 0 },
      { kind: 'escape', branch: 0, from: 14 },
      { kind: 'escape', branch: 0 },
    ]);
  });

  it('lists the borders with their values, and goes to a sentence by Enter', async () => {
    await on.show(scene);
    const entries = on.view.page.locator('.freeze li .go');
    assert.deepEqual(
      await entries.evaluateAll((all) => all.map((entry) => entry.getAttribute('aria-label'))),
      [
        '≥29 Mara laughed. (futures left at sentence 1)',
        '1.03–1.21 Then rain covered broken windows. (futures left at sentence 2), point of no return',
        '? . (futures left at sentence 3: not known)',
      ],
    );
    await entries.nth(1).focus();
    await press('Enter');
    assert.equal(await focused(), 'Then, 75 percent');
    await press('j');
    await on
      .button('Resample: ask the model for short branches at each border; the cost is shown first')
      .click();
    assert.deepEqual(await on.view.actions(), [
      { kind: 'freeze', branch: 0 },
      { kind: 'freeze', branch: 0, resample: true },
    ]);
  });

  it('shows a strip that comes later, and tells the name of the card how it began', async () => {
    const { freeze: later, ...bare } = first;
    await on.show(batch([bare, second]));
    assert.equal(await on.view.page.locator('.freeze:visible').count(), 0);
    await on.view.delta([{ index: 0, tokens: [], ...(later ? { freeze: later } : {}) }]);
    assert.equal(await on.view.page.locator('.freeze:visible').count(), 1);
    const name = await on.view.page.locator('.card').nth(1).getAttribute('aria-label');
    assert.match(
      name ?? '',
      /“snow” 0\.2% in place of “rain” · from branch 1 · escaped · beginning told, not forced/,
    );
  });

  for (const theme of ['light', 'dark', 'hcDark', 'hcLight'] as const) {
    it(`passes axe in ${theme} at 300 pixels, with strip, origin and bars`, async () => {
      await on.show(scene, { theme, width: 300, height: 900 });
      await on.view.screenshot(`forks-${theme}`);
      assert.deepEqual(await on.view.violations(), []);
      await press('ArrowDown', 'ArrowRight', 'ArrowRight');
      await on.view.screenshot(`forks-bars-${theme}`);
      assert.deepEqual(await on.view.violations(), []);
      assert.equal(await on.view.page.evaluate(() => document.documentElement.scrollWidth), 300);
    });
  }
});
