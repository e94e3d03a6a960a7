import assert from 'node:assert/strict';
import fc from 'fast-check';
import { VariorumError } from '../../../src/core/model/error';
import { forEachValue, readSegments } from '../../../src/core/tree/segmentReader';
import { SegmentWriter } from '../../../src/core/tree/segmentWriter';
import type { Store } from '../../../src/core/tree/store';
import { CrashingStore, FailingStore, MemoryStore } from '../../fixtures/memoryStore';
import { FOLDER, settle } from './samples';

const MAX_BYTES = 40;

function writerOn(store: Store): SegmentWriter {
  return new SegmentWriter({ store, folder: FOLDER, writer: 'writer1', maxBytes: MAX_BYTES });
}

/** The values in all files, each once, and how many lines were damaged. */
async function survivors(store: MemoryStore): Promise<{ values: Set<unknown>; damaged: number }> {
  const { files, problems } = await readSegments(new MemoryStore(store.files), FOLDER);
  const values = new Set<unknown>();
  files.forEach((file) => forEachValue(file, problems, (value) => values.add(value)));
  return { values, damaged: problems.length };
}

describe('SegmentWriter', () => {
  it('starts a new segment before one would grow over its size', async () => {
    const store = new MemoryStore();
    const writer = writerOn(store);
    const line = '"12345678901234567"';
    for (let i = 0; i < 5; i++) {
      await writer.append([line]);
    }
    assert.deepEqual([...store.files.keys()].sort(), [
      `${FOLDER}/writer1-0000.jsonl`,
      `${FOLDER}/writer1-0001.jsonl`,
      `${FOLDER}/writer1-0002.jsonl`,
    ]);
    assert.equal(store.text(`${FOLDER}/writer1-0001.jsonl`), `${line}\n${line}\n`);
  });

  it('gives a line over the size a segment to itself and goes on', async () => {
    const store = new MemoryStore();
    const writer = writerOn(store);
    const huge = JSON.stringify('x'.repeat(1000));
    await writer.append(['1', huge, '2']);
    assert.equal(store.text(`${FOLDER}/writer1-0000.jsonl`), '1\n');
    assert.equal(store.text(`${FOLDER}/writer1-0001.jsonl`), `${huge}\n`);
    assert.equal(store.text(`${FOLDER}/writer1-0002.jsonl`), '2\n');
  });

  it('writes what is queued during a write in one go', async () => {
    const store = new MemoryStore();
    let writes = 0;
    const write = store.write.bind(store);
    store.write = (path, bytes) => {
      writes++;
      return write(path, bytes);
    };
    const writer = writerOn(store);
    await Promise.all(['1', '2', '3', '4'].map((line) => writer.append([line])));
    assert.equal(writes, 2);
    assert.deepEqual((await survivors(store)).values, new Set([1, 2, 3, 4]));
  });

  it('keeps lines that could not be written, says so, and writes them with the next', async () => {
    const store = new FailingStore();
    const writer = writerOn(store);
    await writer.append(['1']);
    store.fate = () => 0;
    await assert.rejects(
      writer.append(['2']),
      (error) =>
        error instanceof VariorumError &&
        error.detail.code === 'storage' &&
        error.message.includes('the disk is full'),
    );
    assert.equal(writer.pending, 1);
    store.fate = () => 1;
    await writer.append(['3']);
    assert.equal(writer.pending, 0);
    assert.deepEqual((await survivors(store)).values, new Set([1, 2, 3]));
  });

  it('flushes what an append could not write', async () => {
    const store = new FailingStore();
    const writer = writerOn(store);
    store.fate = () => 0;
    await assert.rejects(writer.append(['1', '2']));
    await assert.rejects(writer.flush());
    store.fate = () => 1;
    await writer.flush();
    assert.deepEqual((await survivors(store)).values, new Set([1, 2]));
    await writer.flush();
  });

  it('survives one failure without anybody noticing', async () => {
    const store = new FailingStore();
    const writer = writerOn(store);
    const fates = [1, 1, 1, 0.5];
    store.fate = () => fates.shift() ?? 1;
    await writer.append(['1']);
    await writer.append(['2']);
    assert.deepEqual((await survivors(store)).values, new Set([1, 2]));
  });

  it('does not fail lines for a write they were not in', async () => {
    const store = new FailingStore();
    const writer = writerOn(store);
    const fates = [0, 1, 0, 1];
    store.fate = () => fates.shift() ?? 1;
    const first = assert.rejects(writer.append(['1']));
    await Promise.all([first, writer.append(['2'])]);
    assert.deepEqual((await survivors(store)).values, new Set([1, 2]));
  });

  it('loses no acknowledged line, wherever the process dies', async () => {
    for (let steps = 0; ; steps++) {
      const store = new CrashingStore(steps);
      const writer = writerOn(store);
      const acknowledged = new Set<number>();
      const work = (async () => {
        for (let i = 100; i < 130; i += 3) {
          const both = [
            writer.append([`${i}`, `${i + 1}`]).then(() => acknowledged.add(i).add(i + 1)),
            writer.append([`${i + 2}`]).then(() => acknowledged.add(i + 2)),
          ];
          await Promise.all(both);
        }
        return 'done';
      })();
      const outcome = await Promise.race([work, settle()]);
      const { values, damaged } = await survivors(store);
      const lost = [...acknowledged].filter((value) => !values.has(value));
      assert.deepEqual(lost, [], `after ${steps} steps`);
      assert.equal(damaged, 0, `after ${steps} steps`);
      // A number cut short is another number: only whole ones may come back from ended lines.
      const invented = [...values].filter((value) => typeof value !== 'number' || value >= 130);
      assert.deepEqual(invented, [], `after ${steps} steps`);
      if (outcome === 'done') {
        assert.equal(values.size, 30);
        assert.ok(steps > 500);
        return;
      }
    }
  });

  it('loses no acknowledged line, whatever fails and half works, and writes the rest in the end', async () => {
    const fates = fc.array(fc.constantFrom(1, 1, 1, 0, 0.2, 0.5, 0.9), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(fates, async (list) => {
        const store = new FailingStore();
        const writer = writerOn(store);
        const moments: { store: MemoryStore; acknowledged: number }[] = [];
        let appended = 0;
        const look = () => {
          const acknowledged = appended - writer.pending;
          moments.push({ store: new MemoryStore(store.files), acknowledged });
        };
        store.fate = () => {
          look();
          return list.shift() ?? 1;
        };
        for (let i = 0; i < 12; i++) {
          appended++;
          await writer.append([`"event ${i}"`]).catch(() => undefined);
          look();
        }
        for (const { store: files, acknowledged } of moments) {
          const { values } = await survivors(files);
          for (let i = 0; i < acknowledged; i++) {
            assert.ok(values.has(`event ${i}`), `event ${i}`);
          }
        }
        list.length = 0;
        await writer.flush();
        const { values } = await survivors(store);
        assert.equal(values.size, 12);
      }),
      { seed: 7, numRuns: 300 },
    );
  });
});
