import { expandByAsking, expandStored, type Ask } from '../../src/core/multiverse/expand';
import { layout } from '../../src/core/multiverse/layout';
import { Multiverse } from '../../src/core/multiverse/multiverse';
import { StoredTokens } from '../../src/core/multiverse/stored';
import { plotSvg } from '../../src/core/multiverse/svg';
import { ENGLISH_WORDS } from '../../src/core/multiverse/words';
import { median, processorTime, type Measure } from '../../scripts/bench/measure';
import { falling } from '../fixtures/plots';
import { tokensOf, type Part } from '../fixtures/scriptedModel';

const BLOCKS = 10_000;
const ENTRIES = 10;
const TIMES = 9;
const FRAME = { zoom: 0, height: 900, columns: 12 };
const PALETTE = {
  background: '#fff',
  text: '#000',
  line: '#777',
  taken: '#000',
  muted: '#555',
  hues: [],
};

/** Growing a multiverse to 10,000 blocks, from answers and from stored branches, and drawing it. */
export async function multiverseBench(): Promise<Measure[]> {
  const asked: number[] = [];
  let multiverse = new Multiverse();
  for (let time = 0; time < TIMES; time++) {
    const start = processorTime();
    multiverse = await grown();
    asked.push(processorTime() - start);
  }
  const stored = storedBranches();
  const replayed = timed(() => {
    expandStored(new Multiverse(), stored, { from: 0, cutoff: 0 }, BLOCKS);
  });
  const laid = timed(() => layout(multiverse, FRAME));
  const boxes = layout(multiverse, FRAME);
  const panel = { title: 'Bench', subtitle: '', boxes };
  const size = { columns: FRAME.columns, columnWidth: 100, height: FRAME.height };
  const drawn = timed(() => plotSvg([panel], size, PALETTE, ENGLISH_WORDS));
  const count = multiverse.size.toLocaleString('en');
  return [
    row(`multiverse of ${count} blocks, from instant answers`, median(asked), 100),
    row('the same from stored branches', replayed, 100),
    row(`the same laid out (${boxes.length} boxes drawn)`, laid, 8),
    row('the same as SVG', drawn, 50),
  ];
}

async function grown(): Promise<Multiverse> {
  const multiverse = new Multiverse();
  const answer = falling(0.25, ENTRIES);
  const ask: Ask = () => Promise.resolve(answer);
  const requests = BLOCKS / ENTRIES;
  const bounds = { from: 0, cutoff: 0, requests, atOnce: 4, listed: 50 };
  await expandByAsking(multiverse, ask, bounds, new AbortController().signal, () => undefined);
  return multiverse;
}

/** Sixteen branches of 200 tokens, five listed for each. */
function storedBranches(): StoredTokens {
  const stored = new StoredTokens();
  for (let branch = 0; branch < 16; branch++) {
    const parts = Array.from({ length: 200 }, (_, at): Part => {
      const text = ` w${at}-${branch}`;
      return [text, 0.5, { [text]: 0.5, ' a': 0.2, ' b': 0.1, ' c': 0.05, ' d': 0.01 }];
    });
    stored.add([], tokensOf(parts), parts.map(([text]) => text).join(''));
  }
  return stored;
}

function row(what: string, milliseconds: number, budget: number): Measure {
  return {
    what,
    budget: `≤ ${budget} ms`,
    measured: `${milliseconds.toFixed(1)} ms`,
    ok: milliseconds <= budget,
  };
}

function timed(work: () => unknown): number {
  const times = Array.from({ length: TIMES }, () => {
    const start = processorTime();
    work();
    return processorTime() - start;
  });
  return median(times);
}
