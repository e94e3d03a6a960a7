import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import type { FromPlot, PlotAction, PlotView, ToPlot } from '../../../src/plotProtocol';
import { CERTAIN, falling, grown, plotView, sideView, UNCERTAIN } from '../../fixtures/plots';
import { Harness, type PageOptions, type ViewPage } from './harness';

const PAGE = { script: 'src/view/multiverse/main.ts', styles: ['branches', 'multiverse'] };

describe('the Multiverse, on a page', function () {
  this.timeout(30_000);
  let harness: Harness;
  let view: ViewPage;
  let rev = 0;

  before(async () => {
    harness = await Harness.start(PAGE);
  });
  after(() => harness.stop());
  afterEach(async () => {
    await harness.closePages();
    // The policy that forbids inline scripts and styles reports here too.
    assert.deepEqual(view.errors, []);
  });

  type Unnumbered = ToPlot extends infer M ? (M extends ToPlot ? Omit<M, 'rev'> : never) : never;
  const send = async (message: Unnumbered) => {
    rev += 1;
    await view.page.evaluate((data) => window.postMessage(data, '*'), { ...message, rev });
    await view.drawn();
  };
  const show = async (plot: PlotView, options: PageOptions = {}) => {
    view = await harness.open({ width: 900, height: 700, ...options });
    await send({ type: 'plot', plot });
  };
  const posted = async (): Promise<PlotAction[]> => {
    const all = (await view.posted()) as unknown as FromPlot[];
    return all.flatMap((message) => (message.type === 'do' ? [message.action] : []));
  };
  const boxes = (): Locator => view.page.getByRole('treeitem');
  /** Of those that stand right after what is enlarged. */
  const box = (name: RegExp): Locator =>
    boxes()
      .and(view.page.locator('[aria-level="1"]'))
      .and(view.page.getByRole('treeitem', { name }));
  const button = (name: string): Locator => view.page.getByRole('button', { name });
  const focused = () =>
    view.page.evaluate(() => document.activeElement?.getAttribute('aria-label'));

  const uncertain = async (taken = { text: ' the rain' }) =>
    sideView('Unsure', (await grown(UNCERTAIN, 60, taken)).expansions, taken);
  const certain = async () => sideView('Sure', (await grown(CERTAIN, 60)).expansions);

  describe('heights', () => {
    it('are the probability of the whole path, and what is not listed has its own', async () => {
      await show(plotView([await uncertain()]));
      const whole = (await view.page.locator('.plot').boundingBox())?.height ?? 0;
      const first = (await box(/^the, 24/).boundingBox())?.height ?? 0;
      assert.ok(Math.abs(first / (whole - 2) - 0.24) < 0.01, `${first} of ${whole}`);
      const { tail } = falling(0.24, 8);
      const unseen = (await box(/^not listed by the model/).boundingBox())?.height ?? 0;
      assert.ok(Math.abs(unseen / (whole - 2) - tail) < 0.01, `${unseen} of ${whole}`);
    });

    it('show a certain model in one colour and an uncertain one in many', async () => {
      const shares = async () => {
        const found = await view.page.locator('.box.block').evaluateAll((all) =>
          all.map((each) => {
            const { width, height } = each.getBoundingClientRect();
            return { colour: getComputedStyle(each).backgroundColor, area: width * height };
          }),
        );
        const sums = new Map<string, number>();
        found.forEach(({ colour, area }) => sums.set(colour, (sums.get(colour) ?? 0) + area));
        const total = [...sums.values()].reduce((sum, area) => sum + area, 0);
        return [...sums.values()].map((area) => area / total).sort((a, b) => b - a);
      };
      await show(plotView([await certain()]));
      assert.ok(((await shares())[0] ?? 0) > 0.95, (await shares()).join());
      await view.screenshot('plot-certain');
      await show(plotView([await uncertain()]));
      const many = await shares();
      assert.ok((many[0] ?? 1) < 0.4 && many.length >= 6, many.join());
      await view.screenshot('plot-uncertain');
    });

    it('collect what is too small to draw, and say how much it is', async () => {
      const words = Array.from({ length: 200 }, (_, i) => ` w${i}`);
      const entries = [
        { text: ' big', probability: 0.5 },
        ...words.map((text) => ({ text, probability: 0.4 / 200 })),
      ];
      const side = sideView('Many', [
        { block: 0, distribution: { entries, tail: 0.1 }, origin: 'model' },
      ]);
      await show(plotView([side]));
      assert.equal(await boxes().count(), 3);
      assert.match((await box(/200 more/).getAttribute('aria-label')) ?? '', /40\.0% after/);
      assert.match(await box(/200 more/).innerText(), /200 more/);
    });
  });

  describe('the keyboard', () => {
    it('moves among blocks, enlarges, and comes back', async () => {
      await show(plotView([await uncertain()]));
      await view.page.locator('.box[tabindex="0"]').focus();
      assert.match((await focused()) ?? '', /^the, 24\.0%/);
      await view.page.keyboard.press('ArrowDown');
      assert.match((await focused()) ?? '', /^a, 18\.2%/);
      await view.page.keyboard.press('ArrowRight');
      const child = (await focused()) ?? '';
      await view.page.keyboard.press('ArrowLeft');
      assert.match((await focused()) ?? '', /^a, 18\.2%/);
      await view.page.keyboard.press('Enter');
      assert.match(await view.page.locator('.measure').innerText(), /×5\.48 · 2\.5 bits/);
      assert.equal((await focused())?.split(',')[0], child.split(',')[0]);
      assert.deepEqual((await posted()).at(-1), { kind: 'zoom', side: 0, block: 2 });
      await view.page.keyboard.press('Backspace');
      assert.match((await focused()) ?? '', /^a, 18\.2%/);
      assert.match(await view.page.locator('.measure').innerText(), /×1 · 0 bits/);
      await view.page.keyboard.press('Enter');
      await view.page.keyboard.press('Enter');
      assert.equal(await view.page.locator('.crumb').count(), 3);
      await view.page.keyboard.press('0');
      assert.equal(await view.page.locator('.crumb').count(), 1);
    });

    it('is one stop, and asks and stops', async () => {
      await show(plotView([await uncertain()]));
      assert.equal(await view.page.locator('.box[tabindex="0"]').count(), 1);
      await view.page.locator('.box[tabindex="0"]').focus();
      await view.page.keyboard.press('a');
      assert.deepEqual((await posted()).at(-1), { kind: 'ask', zooms: [0] });
      const asking = { ...(await uncertain()).asking, isAsking: true, of: 25 };
      await send({ type: 'grow', side: 0, expansions: [], asking });
      assert.match(await view.page.locator('.status').innerText(), /Asking: 0 of 25/);
      await view.page.keyboard.press('Escape');
      assert.deepEqual((await posted()).at(-1), { kind: 'stop' });
    });
  });

  it('enlarges by a click, and leads back by the trail', async () => {
    await show(plotView([await uncertain()]));
    const whole = (await view.page.locator('.plot').boundingBox())?.height ?? 0;
    await box(/^a, 18\.2%/).click();
    assert.match(await view.page.locator('.measure').innerText(), /×5\.48/);
    const heights = await boxes().evaluateAll((all) =>
      all
        .filter((each) => each.getAttribute('aria-level') === '1')
        .map((each) => each.getBoundingClientRect().height),
    );
    const sum = heights.reduce((all, height) => all + height, 0);
    assert.ok(Math.abs(sum - (whole - 2)) < 2, `${sum} of ${whole}`);
    await view.page.getByRole('navigation').getByText('Root').click();
    assert.match(await view.page.locator('.measure').innerText(), /×1 ·/);
  });

  it('says of each block what it is, and marks the path taken', async () => {
    await show(plotView([await uncertain({ text: ' the nobody' })]));
    const taken = view.page.getByRole('treeitem', { name: /taken in the draft/ });
    assert.match(
      (await taken.first().getAttribute('aria-label')) ?? '',
      /^the, 24\.0% after what stands before it, 24\.0% of all; taken in the draft/,
    );
    assert.match(await taken.first().innerText(), /^✓ ·the/);
    const item = box(/^a, 18/);
    assert.equal(await item.getAttribute('aria-level'), '1');
    assert.equal(await item.getAttribute('aria-posinset'), '2');
    assert.equal(await item.getAttribute('aria-expanded'), 'true');
    assert.match((await box(/^line break/).innerText()) || '↵↵', /↵↵/);
  });

  it('says what a model lacks, and shows what is stored all the same', async () => {
    const cannot = { message: 'Chatty lists no alternatives.', action: 'Choose Sketch.' };
    await show(plotView([{ ...(await certain()), cannot }]));
    assert.match(
      await view.page.locator('.notice.warning').innerText(),
      /Chatty lists no.*Choose Sketch/s,
    );
    assert.equal(await button('Ask for more').getAttribute('aria-disabled'), 'true');
    assert.ok((await boxes().count()) > 5);
  });

  it('shows what asking costs, what came, and why it failed', async () => {
    const side = await uncertain();
    const cost = { ...side.cost, promptTokens: 85_000, dollars: 0.0123 };
    await show(plotView([{ ...side, cost }]));
    assert.match(
      await view.page.locator('.cost').innerText(),
      /25 requests.*85,000 tokens.*\$0\.012/,
    );
    const error = {
      code: 'unreachable',
      message: 'Nobody answered.',
      action: 'Start the server.',
      retryable: true,
    } as const;
    const asking = {
      ...side.asking,
      asked: 3,
      of: 25,
      outcome: { kind: 'failed', asked: 3, error },
    } as const;
    await send({ type: 'grow', side: 0, expansions: [], asking });
    assert.match(
      await view.page.locator('.notice.error').innerText(),
      /Nobody answered\.\s*Start the server/,
    );
    assert.match(await view.page.locator('.status').innerText(), /What had come is kept/);
  });

  it('grows as answers come, and asks for everything when one was lost', async () => {
    const side = await uncertain();
    const [first, ...rest] = side.expansions;
    await show(plotView([{ ...side, expansions: first ? [first] : [] }]));
    const before = await boxes().count();
    const asking = { ...side.asking, isAsking: true };
    await send({ type: 'grow', side: 0, expansions: rest.slice(0, 3), asking });
    assert.ok((await boxes().count()) > before);
    rev += 1;
    await send({ type: 'grow', side: 0, expansions: rest.slice(6, 7), asking });
    const all = (await view.posted()) as unknown as FromPlot[];
    assert.equal(all.filter(({ type }) => type === 'ready').length, 2);
  });

  it('comes back enlarged after hiding and showing the view', async () => {
    await show(plotView([await uncertain()]));
    await box(/^a, 18\.2%/).click();
    const memory = await view.page.evaluate(() => window.memory);
    await show(plotView([await uncertain()]), { memory });
    assert.match(await view.page.locator('.measure').innerText(), /×5\.48/);
    await show(plotView([await uncertain()], { place: '2' }), { memory });
    assert.match(await view.page.locator('.measure').innerText(), /×1 ·/);
  });

  it('saves what is drawn as SVG and as PNG, and copies it as text', async () => {
    await show(plotView([await certain(), await uncertain()]));
    await button('SVG').click();
    await button('PNG').click();
    await button('Copy as text').click();
    const [svg, png, text] = await posted();
    assert.ok(svg?.kind === 'export' && svg.format === 'svg');
    const parsed = await view.page.evaluate((source) => {
      const document = new DOMParser().parseFromString(source, 'image/svg+xml');
      return {
        errors: document.querySelectorAll('parsererror').length,
        blocks: document.querySelectorAll('rect').length,
        title: document.querySelector('title')?.textContent,
      };
    }, svg.data);
    assert.equal(parsed.errors, 0);
    assert.equal(parsed.blocks, 1 + (await boxes().count()));
    assert.equal(parsed.title, 'Sure · Unsure');
    assert.ok(png?.kind === 'export' && png.format === 'png');
    const bytes = Buffer.from(png.data, 'base64');
    assert.equal(bytes.subarray(1, 4).toString('latin1'), 'PNG');
    assert.ok(bytes.length > 5_000, `${bytes.length} bytes`);
    assert.ok(text?.kind === 'copy');
    assert.match(text.text, /^Sure · .*\n·the · 97\.0% · 97\.0% of all/);
  });

  describe('for everyone', () => {
    for (const theme of ['light', 'dark', 'hcDark', 'hcLight'] as const) {
      it(`passes axe in ${theme}, with two models and with one at 300 pixels`, async () => {
        await show(plotView([await certain(), await uncertain()]), { theme });
        await view.page.locator('.box[tabindex="0"]').first().focus();
        await view.page.keyboard.press('ArrowDown');
        await view.screenshot(`plot-two-${theme}`);
        assert.deepEqual(await view.violations(), []);
        const cannot = { message: 'It lists no alternatives.', action: 'Choose Sketch.' };
        await show(plotView([{ ...(await uncertain()), cannot }]), { theme, width: 300 });
        await view.screenshot(`plot-300-${theme}`);
        assert.deepEqual(await view.violations(), []);
        assert.equal(await view.page.evaluate(() => document.documentElement.scrollWidth), 300);
      });
    }

    it('says what to do where nothing is known', async () => {
      await show(plotView([sideView('Sketch', [])]));
      await view.page.getByText('Nothing is stored of what could come here').waitFor();
      assert.deepEqual(await view.violations(), []);
      await view.screenshot('plot-empty');
    });
  });
});
