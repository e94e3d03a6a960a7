import assert from 'node:assert/strict';
import type { BatchView, BranchView, RewriteView } from '../../../src/protocol';
import { useView } from './fixture';
import { batch, branch, flags, ideas, token, tokensOf } from './samples';

const SOURCE =
  'Mara came home late. The kitchen was dark, and the table was laid for two; she stood in the doorway with her coat on.';
const NEAR = 'Says much the same as rewrite 1.';

const rewrite = (more: Partial<RewriteView> = {}): RewriteView => ({
  strategy: 'in-context',
  line: 'One after the other, each told what the others say, so that it has to say something else.',
  attempts: [],
  labels: [],
  ...more,
});

const card = (index: number, text: string, more: Partial<BranchView> = {}): BranchView =>
  branch(index, { tokens: tokensOf(text, index + 1), rewrite: rewrite(), ...more });

const thirdTry = rewrite({
  attempts: [
    { text: 'Mara came in late. The kitchen was dark, the table laid for two.', why: NEAR },
    { text: '**Rewrite**\n\nMara came home late; the kitchen was dark.', why: NEAR },
  ],
});

const scene = (more: Partial<BatchView> = {}): BatchView =>
  batch(
    [
      card(0, 'Mara came home late and stood in the dark doorway with her coat on.'),
      card(1, 'Two forks, two glasses: that was what the street lamp showed her.', {
        rewrite: thirdTry,
        flags: flags(1),
      }),
      card(2, 'The table had been laid. Somebody had waited, and was not there.', {
        rewrite: rewrite({
          strategy: 'distance',
          fault: NEAR,
          labels: ['The name Mara is gone.', 'What is said is gone or changed: “late”'],
        }),
      }),
    ],
    {
      rewritten: {
        source: SOURCE,
        flags: flags(2),
        effect: {
          line: 'about 3 ideas in 3 rewrites; 0.3 findings in each, 2 before',
          details: [
            'Effective number of ideas: 3 of 3.',
            'Findings a text: 0.3; in the passage 2.',
          ],
        },
      },
      ideas: ideas({
        line: 'about 3 ideas: home late ×1 · two forks ×1 · somebody waited ×1',
        groups: [0, 1, 2].map((at) => ({ label: `idea ${at + 1}`, members: [at] })),
        collapsed: false,
      }),
      spread: 'apart',
      hasSelection: true,
      notices: [
        {
          severity: 'info',
          message: 'Zero-shot: no text of yours is known to be human.',
          fix: 'own-writing',
        },
      ],
      ...more,
    },
  );

describe('view, on a page: rewrites', function () {
  this.timeout(60_000);
  const on = useView();
  const press = async (...keys: string[]) => {
    for (const key of keys) {
      await on.view.page.keyboard.press(key);
    }
  };

  for (const theme of ['dark', 'light', 'hcDark', 'hcLight'] as const) {
    it(`pass axe in ${theme}, narrow: as they come, with tries open, with what changed`, async () => {
      await on.show(scene(), { theme, width: 300, height: 1500 });
      await on.view.screenshot(`rewrites-${theme}`);
      assert.deepEqual(await on.view.violations(), []);
      await on.button('Third try').click();
      await press('ArrowDown', 'i');
      await on.view.drawn();
      await on.view.screenshot(`rewrites-changes-${theme}`);
      assert.deepEqual(await on.view.violations(), []);
    });
  }

  it('are applied by number, by their button and by Enter', async () => {
    await on.show(scene());
    await press('2');
    await on.button('Apply rewrite 1 in place of the passage').click();
    await press('ArrowDown', 'Enter');
    assert.deepEqual(await on.view.actions(), [
      { kind: 'insert', branch: 1 },
      { kind: 'insert', branch: 0 },
      { kind: 'insert', branch: 1 },
    ]);
  });

  it('show what changed with lines under and through words, and their text again', async () => {
    await on.show(scene());
    await press('i');
    const changes = on.view.page.locator('.changes').first();
    const words = (tag: string) => changes.locator(tag).allTextContents();
    assert.match((await words('ins')).join(' '), /dark/);
    assert.match((await words('del')).join(' '), /kitchen was/);
    const line = (tag: string) =>
      changes
        .locator(tag)
        .first()
        .evaluate((element) => getComputedStyle(element).textDecorationLine);
    assert.deepEqual([await line('ins'), await line('del')], ['underline', 'line-through']);
    assert.equal(await on.view.page.locator('.text').first().isVisible(), false);
    await press('i');
    assert.equal(await changes.isVisible(), false);
    assert.equal(await on.view.page.locator('.text').first().isVisible(), true);
  });

  it('tell which try it is, why others were thrown away, and show those', async () => {
    await on.show(scene());
    const tries = on.button('Third try');
    assert.equal(await tries.textContent(), `Third try: ${NEAR} (×2)`);
    assert.equal(await on.view.page.locator('.discarded-item').first().isVisible(), false);
    await tries.click();
    assert.deepEqual(await on.view.page.locator('.discarded-text:visible').allTextContents(), [
      thirdTry.attempts[0]?.text,
      thirdTry.attempts[1]?.text,
    ]);
    assert.deepEqual(await on.view.actions(), []);
  });

  it('say what each lost or has wrong with it, and the strategy’s line on hover', async () => {
    await on.show(scene());
    const third = on.view.page.locator('.card').nth(2);
    assert.deepEqual(await third.locator('.remark').allTextContents(), [
      NEAR,
      'The name Mara is gone.',
      'What is said is gone or changed: “late”',
    ]);
    await third.locator('.strategy').hover();
    await on.view.page.locator('#popup').waitFor({ state: 'visible' });
    assert.match((await on.view.page.locator('#popup').textContent()) ?? '', /One after the other/);
    assert.match(
      (await third.getAttribute('aria-label')) ?? '',
      /Rewrite 3 of 3.*strategy distance/,
    );
  });

  it('stand under their passage, its findings, and what came of it', async () => {
    await on.show(scene());
    const section = on.view.page.locator('.rewritten');
    assert.equal(await section.locator('.source').textContent(), SOURCE);
    assert.equal(await section.locator('.chip').count(), 2);
    assert.match((await section.textContent()) ?? '', /about 3 ideas in 3 rewrites/);
    await section.locator('.effect .has-tip').hover();
    await on.view.page.locator('#popup').waitFor({ state: 'visible' });
    assert.match((await on.view.page.locator('#popup').textContent()) ?? '', /Findings a text/);
  });

  it('take in tries while they come, and findings when they have ended', async () => {
    const open = card(0, '', { tokens: [], status: 'streaming' });
    const { rewrite: _, ...bare } = open;
    await on.show(scene({ branches: [bare], rewritten: { source: SOURCE } }));
    assert.equal(await on.view.page.locator('.effect').isVisible(), false);
    await on.view.send({
      type: 'delta',
      rev: 2,
      items: [{ index: 0, tokens: [], rewrite: thirdTry }],
    });
    await on.view.drawn();
    assert.equal(await on.button('Third try').isVisible(), true);
    const end = { status: 'done', finish: 'stop' } as const;
    const rewritten = { flags: [], effect: { line: 'about 1 idea in 1 rewrite', details: [] } };
    await on.view.send({
      type: 'delta',
      rev: 3,
      items: [{ index: 0, tokens: [token('Done.', 0.5)], end, rewrite: thirdTry }],
      rewritten,
    });
    await on.view.drawn();
    assert.match((await on.view.page.locator('.rewritten').textContent()) ?? '', /no findings/);
    assert.match((await on.view.page.locator('#live').textContent()) ?? '', /about 1 idea in 1/);
  });

  it('offer in their menu what makes sense for them, each with its key', async () => {
    await on.show(scene());
    await on.button('Actions on branch 2').click();
    const items = await on.view.page.getByRole('menuitem').allTextContents();
    assert.ok(items.some((item) => item.startsWith('Another one instead')));
    assert.ok(!items.some((item) => item.startsWith('Insert')));
    await on.view.screenshot('rewrites-menu');
    await press('Escape', 't', 'b', 'h', 'm', 'a');
    assert.deepEqual(await on.view.actions(), [
      { kind: 'retry', branch: 1 },
      { kind: 'rewrite', branch: 1 },
      { kind: 'pin', branch: 1 },
      { kind: 'more' },
      { kind: 'push-apart' },
    ]);
  });

  it('lead to what mends zero-shot, and to the prompt of the rewrites', async () => {
    await on.show(scene());
    await on.button('Name what is yours…').click();
    await on.button('Show the prompt').click();
    assert.deepEqual(await on.view.actions(), [
      { kind: 'own-writing' },
      { kind: 'show-rewrite-prompt' },
    ]);
  });

  it('colour words where there are probabilities', async () => {
    await on.show(scene());
    assert.ok((await on.view.page.locator('.text .sure').count()) > 0);
  });
});
