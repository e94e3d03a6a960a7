import { readFile } from 'node:fs/promises';
import { AllowList } from '../../src/core/collapse/allowList';
import { emptyLedger, remember } from '../../src/core/collapse/attractorLedger';
import { Reviewer } from '../../src/core/collapse/reviewer';
import { inEnglish } from '../../src/core/collapse/translate';
import { IdeaLabels } from '../../src/core/diversity/ideaLabels';
import { SketchModel } from '../../src/core/model/sketch/sketchModel';
import type { Token } from '../../src/core/model/token';
import { median, processorTime, type Measure } from '../../scripts/bench/measure';

const media = new URL('../../media/', import.meta.url);
const loadAsset = (name: string) => readFile(new URL(name, media));
const never = new AbortController().signal;

/** A clock that measures the longest work between two turns of others. */
class TurnClock {
  longest = 0;
  #since = processorTime();
  readonly now = () => Date.now();

  start(): void {
    this.longest = 0;
    this.#since = processorTime();
  }

  async sleep(): Promise<void> {
    this.longest = Math.max(this.longest, processorTime() - this.#since);
    await new Promise((resolve) => setImmediate(resolve));
    this.#since = processorTime();
  }
}

/** Branches cut from a sample, every token of them certain: the most that there is to ask the yardstick. */
function branches(sample: string, count: number, length: number) {
  return Array.from({ length: count }, (_, index) => {
    const at = (index * 977) % (sample.length - length);
    const text = sample.slice(at, at + length);
    const tokens = Array.from(text.matchAll(/\s*\S+|\s+/gu), (match): Token => ({
      start: match.index,
      end: match.index + match[0].length,
      logprob: -0.001,
      alternatives: [],
      tail: 0,
    }));
    return { index, node: `n${index}`, text, tokens };
  });
}

/** A ledger as it is after a long time. */
function history(sample: string) {
  const words = sample.split(/\s+/);
  const generations = Array.from({ length: 400 }, (_, i) => ({
    text: words
      .slice((i * 7) % words.length)
      .slice(0, 80)
      .join(` x${i % 97} `),
    before: '',
    passage: `p${i}`,
    time: i,
  }));
  return remember(emptyLedger(), generations);
}

export async function reviewBench(): Promise<Measure[]> {
  const sample = await readFile(new URL('sample/draft.md', media), 'utf8');
  const clock = new TurnClock();
  clock.start();
  const started = processorTime();
  const reviewer = await Reviewer.open({ loadAsset, clock });
  await clock.sleep();
  const loading = processorTime() - started;
  const loadingTurn = clock.longest;
  const sketch = new SketchModel({ loadAsset, clock, random: () => 0.5 });
  await sketch.load();
  const ledger = history(sample);
  const rules = { severities: {}, lists: [], allow: new AllowList({}) };
  const before = sample.repeat(12).slice(0, 200_000);
  const review = async (count: number, length: number) => {
    const context = {
      before,
      opennessOver: (text: string, places: readonly number[]) => sketch.opennessOver(text, places),
      history: { ledger, passage: 'here' },
    };
    const list = branches(sample, count, length);
    const since = processorTime();
    clock.start();
    await reviewer.reviewBatch(list, context, new IdeaLabels(), rules, inEnglish, never);
    return { all: processorTime() - since, longest: clock.longest };
  };
  const first = await review(5, 600);
  const small = [first];
  for (let i = 0; i < 9; i++) {
    small.push(await review(5, 600));
  }
  const large = await review(16, 5000);
  const turn = median(small.map(({ longest }) => longest));
  return [
    {
      what: 'detectors loaded, longest turn',
      budget: '≤ 10 ms',
      measured: `${loadingTurn.toFixed(1)} ms (all: ${loading.toFixed(0)} ms)`,
      ok: loadingTurn <= 10,
    },
    {
      what: 'review of 5 branches × 120 tokens, longest turn',
      budget: '≤ 10 ms',
      measured: `${turn.toFixed(1)} ms (first: ${first.longest.toFixed(1)} ms; all: ${median(small.map(({ all }) => all)).toFixed(0)} ms)`,
      ok: turn <= 10,
    },
    {
      what: 'review of 16 branches × 1,000 tokens, longest turn',
      budget: '≤ 10 ms',
      measured: `${large.longest.toFixed(1)} ms (all: ${large.all.toFixed(0)} ms)`,
      ok: large.longest <= 10,
    },
  ];
}
