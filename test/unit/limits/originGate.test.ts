import assert from 'node:assert/strict';
import { OriginGate, OriginGates } from '../../../src/core/model/openai/originGate';
import { ManualClock } from '../../fixtures/manualClock';

const never = new AbortController().signal;

/** Lets everything that is ready to run do so. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

/** Tasks that run until told to end. */
class Tasks {
  running = 0;
  most = 0;
  readonly begun: number[] = [];
  readonly #ends: (() => void)[] = [];

  task(id: number): () => Promise<number> {
    return async () => {
      this.begun.push(id);
      this.running += 1;
      this.most = Math.max(this.most, this.running);
      await new Promise<void>((resolve) => this.#ends.push(resolve));
      this.running -= 1;
      return id;
    };
  }

  endFirst(): void {
    this.#ends.shift()?.();
  }
}

describe('the gate of an origin', () => {
  const clock = new ManualClock();

  it('lets eight requests out at once, the others in their order', async () => {
    const gate = new OriginGate(clock, () => 0);
    const tasks = new Tasks();
    const all = Array.from({ length: 20 }, (_, id) => gate.take(tasks.task(id), never));
    await settle();
    assert.equal(tasks.running, 8);
    for (let i = 0; i < 20; i++) {
      tasks.endFirst();
      await settle();
    }
    assert.deepEqual(await Promise.all(all), [...all.keys()]);
    assert.deepEqual(tasks.begun, [...all.keys()]);
    assert.equal(tasks.most, 8);
  });

  it('is one for all who ask the same origin', () => {
    const gates = new OriginGates(clock, () => 0);
    assert.equal(gates.of('https://a'), gates.of('https://a'));
    assert.notEqual(gates.of('https://a'), gates.of('https://b'));
  });

  it('whoever is called off while waiting leaves the queue, and takes no turn', async () => {
    const gate = new OriginGate(clock, () => 0);
    const tasks = new Tasks();
    const first = Array.from({ length: 8 }, (_, id) => gate.take(tasks.task(id), never));
    const stop = new AbortController();
    const given = gate.take(tasks.task(99), stop.signal);
    const next = gate.take(tasks.task(8), never);
    await settle();
    stop.abort();
    assert.equal(await given, undefined);
    for (let i = 0; i < 9; i++) {
      tasks.endFirst();
      await settle();
    }
    await Promise.all([...first, next]);
    assert.ok(!tasks.begun.includes(99));
    assert.equal(await gate.take(tasks.task(7), AbortSignal.abort()), undefined);
  });

  it('a failed task gives its turn back', async () => {
    const gate = new OriginGate(clock, () => 0);
    for (let i = 0; i < 20; i++) {
      await assert.rejects(gate.take(() => Promise.reject(new Error('no')), never));
    }
  });

  it('one that has had enough is left alone for as long as it asks, then gets half as many', async () => {
    const gate = new OriginGate(clock, () => 0);
    gate.refused(3, 0);
    const tasks = new Tasks();
    const all = Array.from({ length: 8 }, (_, id) => gate.take(tasks.task(id), never));
    await settle();
    assert.equal(tasks.begun.length, 0);
    await clock.advance(2999);
    await settle();
    assert.equal(tasks.begun.length, 0);
    await clock.advance(1);
    await settle();
    assert.equal(tasks.running, 4);
    gate.answered();
    await settle();
    assert.equal(tasks.running, 5);
    for (let i = 0; i < 8; i++) {
      tasks.endFirst();
      await settle();
    }
    await Promise.all(all);
  });

  it('where it asks for nothing the wait doubles, is never longer than sixteen seconds, and differs', async () => {
    for (const [times, random, wait] of [
      [0, 0.999, 999],
      [1, 0.5, 1000],
      [2, 0.5, 2000],
      [20, 0.5, 8000],
      [3, 0, 0],
    ] as const) {
      const gate = new OriginGate(clock, () => random);
      gate.refused(undefined, times);
      const tasks = new Tasks();
      const done = gate.take(tasks.task(1), never);
      if (wait > 0) {
        await clock.advance(wait - 1);
        await settle();
        assert.equal(tasks.begun.length, 0, `${times} times, before`);
        await clock.advance(1);
      }
      await settle();
      assert.equal(tasks.begun.length, 1, `${times} times`);
      tasks.endFirst();
      await done;
    }
  });

  it('a wait can be called off', async () => {
    const gate = new OriginGate(clock, () => 0);
    gate.refused(1000, 0);
    const stop = new AbortController();
    const waiting = gate.take(() => Promise.resolve(1), stop.signal);
    await settle();
    stop.abort();
    assert.equal(await waiting, undefined);
  });
});
