import { batch, branch, longTokens } from '../view/page/samples';
import { Harness } from '../view/page/harness';
import type { TokenView } from '../../src/protocol';
import { median, quantile, type Measure } from '../../scripts/bench/measure';

const BRANCHES = 16;
const TOKENS = 1000;
/** Messages a second and tokens a branch in each: about 250 tokens a second and branch. */
const MESSAGES_A_SECOND = 30;
const TOKENS_A_MESSAGE = 8;

declare global {
  interface Window {
    tokens: readonly (readonly TokenView[])[];
    work: { scripts: number[]; tasks: number[] };
  }
}

/** Times every callback of the page's own, and every long task of the browser. */
function watch(): void {
  const work = { scripts: [] as number[], tasks: [] as number[] };
  window.work = work;
  let frame = 0;
  const timed = (callback: EventListener | FrameRequestCallback) => (argument: Event & number) => {
    const start = performance.now();
    callback(argument);
    frame += performance.now() - start;
  };
  const requestFrame = window.requestAnimationFrame.bind(window);
  window.requestAnimationFrame = (callback) =>
    requestFrame(timed(callback) as FrameRequestCallback);
  const listen = window.addEventListener.bind(window);
  const listenTimed = (type: string, callback: EventListener) => {
    listen(type, type === 'message' ? (timed(callback) as EventListener) : callback);
  };
  Object.assign(window, { addEventListener: listenTimed });
  const endFrame = () => {
    if (frame > 0) {
      work.scripts.push(frame);
    }
    frame = 0;
    requestFrame(endFrame);
  };
  requestFrame(endFrame);
  new PerformanceObserver((list) => {
    work.tasks.push(...list.getEntries().map(({ duration }) => duration));
  }).observe({ type: 'longtask' });
}

const RUNS = 3;

/** The view while 16 branches of 1,000 tokens stream into it, in a real browser; the medians of three runs. */
export async function viewBench(): Promise<Measure[]> {
  const runs: Streamed[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    runs.push(await streamOnce());
  }
  const frame = median(runs.map(({ p99 }) => p99));
  const task = median(runs.map(({ longest }) => longest));
  const listed = (values: readonly number[], digits: number) =>
    values.map((value) => value.toFixed(digits)).join(', ');
  return [
    {
      what: 'view: our work a frame, p99 (16 branches × 1,000 tokens)',
      budget: '≤ 8 ms',
      measured: `${frame.toFixed(1)} ms (runs: ${listed(
        runs.map(({ p99 }) => p99),
        1,
      )})`,
      ok: frame <= 8,
    },
    {
      what: 'view: longest task while streaming',
      budget: '≤ 50 ms',
      measured: `${task.toFixed(0)} ms (runs: ${listed(
        runs.map(({ longest }) => longest),
        0,
      )}; 0: none over 50)`,
      ok: task <= 50,
    },
    await memoryMeasure(),
  ];
}

const FULL = 32;

/** What 32 branches of 1,000 tokens take over an empty view. */
async function memoryMeasure(): Promise<Measure> {
  const harness = await Harness.start();
  try {
    const view = await harness.open({ width: 340, height: 900 });
    await view.state(batch([]));
    const before = await harness.memory(view);
    const branches = Array.from({ length: FULL }, (_, index) =>
      branch(index, { tokens: longTokens(TOKENS, index + 1) }),
    );
    await view.state(batch(branches));
    await view.page.waitForFunction(
      (count) => document.querySelectorAll('.text span').length >= count,
      FULL * TOKENS,
    );
    const megabytes = ((await harness.memory(view)) - before) / 1e6;
    return {
      what: `view: memory, ${FULL} full branches`,
      budget: '≤ 150 MB',
      measured: `${megabytes.toFixed(0)} MB`,
      ok: megabytes <= 150,
    };
  } finally {
    await harness.stop();
  }
}

/** Milliseconds. */
interface Streamed {
  p99: number;
  longest: number;
}

async function streamOnce(): Promise<Streamed> {
  const harness = await Harness.start();
  try {
    const view = await harness.open({ width: 340, height: 900, before: watch });
    const all = Array.from({ length: BRANCHES }, (_, index) => longTokens(TOKENS, index + 1));
    const empty = all.map((_, index) => ({
      index,
      node: `node-${index}`,
      tokens: [],
      status: 'streaming' as const,
    }));
    await view.state(batch(empty));
    // Handing the tokens over is work of the bench, done before anything counts.
    await view.page.evaluate((tokens) => Object.assign(window, { tokens }), all);
    await view.page.waitForTimeout(500);
    await view.page.evaluate(stream, {
      each: TOKENS_A_MESSAGE,
      pause: 1000 / MESSAGES_A_SECOND,
    });
    await view.drawn();
    const texts = await view.page.locator('.text').allTextContents();
    const wanted = all.map((tokens) => tokens.map(({ text }) => text).join(''));
    if (texts.join('|') !== wanted.join('|')) {
      throw new Error('The view does not show what was streamed.');
    }
    const { scripts, tasks } = await view.page.evaluate(() => window.work);
    return { p99: quantile(scripts, 0.99), longest: Math.max(0, ...tasks) };
  } finally {
    await harness.stop();
  }
}

interface Stream {
  each: number;
  pause: number;
}

/** Runs in the page: posts the tokens as the host would. */
async function stream({ each, pause }: Stream): Promise<void> {
  const { tokens: all, work } = window;
  work.scripts.length = 0;
  work.tasks.length = 0;
  const length = all[0]?.length ?? 0;
  let rev = 1;
  for (let at = 0; at < length; at += each) {
    rev += 1;
    const isLast = at + each >= length;
    const items = all.map((tokens, index) => ({
      index,
      tokens: tokens.slice(at, at + each),
      ...(isLast ? { end: { status: 'done', finish: 'length' } } : {}),
    }));
    window.postMessage({ type: 'delta', rev, items }, '*');
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}
