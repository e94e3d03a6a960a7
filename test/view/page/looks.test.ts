import assert from 'node:assert/strict';
import { begun, error, useView } from './fixture';
import { batch, branch, branches, finishedBatch, token, tokensOf } from './samples';
import type { BatchView } from '../../../src/protocol';

const THEMES = ['light', 'dark', 'hcDark', 'hcLight'] as const;

const bare = (index: number) =>
  branch(index, {
    tokens: tokensOf(
      [' The door was open and the rain came in.', ' Yes, but the rain came in and stayed.'][
        index % 2
      ] ?? '',
      1,
    ).map(({ text }) => token(text, null, { missing: 'unsupported' })),
  });

const noLogprobs = batch([bare(0), bare(1)], {
  models: [
    { label: 'gpt-x', note: '', noLogprobs: 'This model does not tell how sure it was of a word.' },
  ],
});

const failed = batch(
  [0, 1, 2].map((index) => branch(index, { tokens: [], status: 'failed', error })),
);

const SCENES: Readonly<Record<string, BatchView>> = {
  finished: finishedBatch(),
  waiting: batch([begun(0), begun(1), begun(2)]),
  failed,
  'no-logprobs': noLogprobs,
  models: finishedBatch({
    models: [
      { label: 'Sketch', note: '' },
      { label: 'qwen3-30b-a3b-base', note: '' },
    ],
    branches: finishedBatch().branches.map((each, at) => ({
      ...each,
      model: at % 2 ? 'Sketch' : 'qwen3-30b-a3b-base',
    })),
  }),
};

describe('view, on a page: looks', function () {
  this.timeout(60_000);
  const on = useView();

  for (const theme of THEMES) {
    for (const [name, scene] of Object.entries(SCENES)) {
      it(`passes axe in ${theme}: ${name}`, async () => {
        await on.show(scene, { theme, width: 300, height: 1500 });
        await on.view.screenshot(`${name}-${theme}`);
        assert.deepEqual(await on.view.violations(), []);
      });
    }

    it(`passes axe in ${theme}: menu, help, raw text, findings, choice`, async () => {
      await on.show(finishedBatch(), { theme, width: 340, height: 1100 });
      await on.view.page.keyboard.press('ArrowDown');
      await on.view.page.keyboard.press('Space');
      await on.view.page.keyboard.press('ArrowDown');
      await on.view.page.keyboard.press('Space');
      await on.view.page.keyboard.press('v');
      await on.view.page.locator('.chip').first().focus();
      await on.view.drawn();
      await on.view.screenshot(`chip-${theme}`);
      assert.deepEqual(await on.view.violations(), []);
      await on.button('Actions on branch 3').click();
      await on.view.screenshot(`menu-${theme}`);
      assert.deepEqual(await on.view.violations(), []);
      await on.view.page.keyboard.press('Escape');
      await on.view.page.keyboard.press('?');
      await on.view.screenshot(`help-${theme}`);
      assert.deepEqual(await on.view.violations(), []);
    });
  }

  for (const [width, count] of [
    [300, 16],
    [1200, 5],
    [1200, 16],
    [1200, 32],
  ] as const) {
    it(`holds ${count} branches at ${width} pixels, in the order of their numbers`, async () => {
      await on.show(batch(branches(count)), { width, height: 1400 });
      await on.view.screenshot(`${count}-at-${width}`);
      const places = await on.view.page.locator('.item').evaluateAll((items) =>
        items.map((item) => {
          const { left, top } = item.getBoundingClientRect();
          return Math.round(top) * 10_000 + Math.round(left);
        }),
      );
      assert.equal(places.length, count);
      assert.deepEqual(
        places,
        [...places].sort((a, b) => a - b),
      );
      const overflow = await on.view.page.evaluate(
        () => document.documentElement.scrollWidth - window.innerWidth,
      );
      assert.ok(overflow <= 0, `${overflow} px too wide`);
    });
  }
});
