import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Measure } from '../../scripts/bench/measure';
import { Collector, type CollectedBranch } from '../../src/core/model/collector';
import { SketchModel } from '../../src/core/model/sketch/sketchModel';
import { TEXT_INTERVAL } from '../../src/core/tree/documentJournal';
import { VERSION_MARK } from '../../src/core/tree/marks';
import type { NodeId } from '../../src/core/tree/node';
import { laid } from '../../src/core/tree/version';
import { toMark, VersionLog } from '../../src/core/tree/versionLog';
import { MemoryStore } from '../fixtures/memoryStore';
import { open } from '../unit/tree/opened';

const ASKED = { n: 5, maxTokens: 120, temperature: 1, topP: 1, minP: 0, spread: 'plain' };
const BATCHES = 200;
const OPTIONS = { n: 5, maxTokens: 120, temperature: 1, topP: 1, minP: 0, alternatives: 5 };
/** Seconds that a slow model takes for a branch: 40 tokens a second. */
const SLOW = 3;
const MEGABYTE = 1_000_000;
const mediaFile = (name: string) => fileURLToPath(new URL(`../../media/${name}`, import.meta.url));

/** How large a day of drafting is on disk, with real tokens of Sketch. */
export async function journalSizeBench(): Promise<Measure[]> {
  const batches = await draftingDay();
  const [fast, slow] = [await written(batches, 0), await written(batches, SLOW)];
  const tokens = batches.flat().reduce((sum, branch) => sum + branch.tokens.length, 0);
  const perToken = fast.sidecar / tokens;
  const day = `a day of drafting (${BATCHES} batches of ${OPTIONS.n} of ${OPTIONS.maxTokens} tokens)`;
  const row = (how: string, { journal }: Written): Measure => ({
    what: `${day}, ${how}: journal`,
    budget: '≤ 1 MB',
    measured: `${(journal / MEGABYTE).toFixed(3)} MB`,
    ok: journal <= MEGABYTE,
  });
  return [
    {
      what: 'a stored token with five alternatives, in the sidecar',
      budget: '≤ 40 bytes',
      measured: `${perToken.toFixed(1)} bytes`,
      ok: perToken <= 40,
    },
    row('at once', fast),
    row('at 40 tokens a second', slow),
  ];
}

async function draftingDay(): Promise<(readonly CollectedBranch[])[]> {
  const model = new SketchModel({
    loadAsset: (name) => readFile(mediaFile(name)),
    clock: { now: () => Date.now(), sleep: () => Promise.resolve() },
    random: Math.random,
  });
  const before = await readFile(mediaFile('sample/draft.md'), 'utf8');
  const batches: (readonly CollectedBranch[])[] = [];
  for (let seed = 0; seed < BATCHES; seed++) {
    const collector = new Collector(OPTIONS.n);
    const passage = { before, after: '' };
    const { signal } = new AbortController();
    for await (const chunk of model.continue(passage, { ...OPTIONS, seed }, signal)) {
      collector.add(chunk);
    }
    batches.push(collector.branches);
  }
  return batches;
}

interface Written {
  journal: number;
  sidecar: number;
}

/** Records the batches, each branch over so many seconds, and measures the files. */
async function written(
  batches: readonly (readonly CollectedBranch[])[],
  seconds: number,
): Promise<Written> {
  const store = new MemoryStore();
  const { journal, clock } = await open(store);
  let parent: NodeId | null = null;
  const source = {
    kind: 'model',
    model: 'sketch',
    strategy: 'raw',
    prompt: '1a2b3c4d5e6',
  } as const;
  const asked = { ...ASKED, before: 6000 };
  const versions = new VersionLog(journal.tree);
  const pieces: { node: NodeId; from: number; length: number }[] = [];
  let before: string | undefined;
  for (const [number, branches] of batches.entries()) {
    const nodes = journal.recordBatch(branches.map(() => ({ parent, at: 480, source, asked })));
    for (let second = 0; second <= seconds; second++) {
      branches.forEach(({ text }, i) => {
        const at = (share: number) => Math.floor((share * text.length) / (seconds + 1));
        journal.recordText(nodes[i]?.id ?? '', text.slice(at(second), at(second + 1)));
      });
      await clock.pass(second < seconds ? TEXT_INTERVAL : 1);
    }
    await Promise.all(
      branches.map(({ tokens }, i) =>
        journal.recordEnd(nodes[i]?.id ?? '', {
          status: 'done',
          finish: 'length',
          tokens: { semantics: 'raw', bytes: 'none', tokens },
          seconds: seconds + 0.125,
          usage: { promptTokens: 812, completionTokens: tokens.length },
        }),
      ),
    );
    parent = nodes[0]?.id ?? null;
    await journal.recordPlace({ node: parent ?? '', from: 0, start: 480, end: 960 });
    // The checkpoint at the next batch: the draft holds this branch now.
    const length = branches[0]?.text.length ?? 0;
    pieces.push({ node: parent ?? '', from: 0, length });
    const id = `${journal.writer}-${number}`;
    const mark = toMark(versions.record('generate', before, laid(pieces)));
    await journal.recordMark(parent ?? '', VERSION_MARK + id, mark);
    before = id;
  }
  await journal.close();
  const sizes = (isCache: boolean) =>
    [...store.files]
      .filter(([path]) => path.endsWith('.jsonl') && path.includes('/cache/') === isCache)
      .reduce((sum, [, bytes]) => sum + bytes.length, 0);
  return { journal: sizes(false), sidecar: sizes(true) };
}
