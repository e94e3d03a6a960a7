import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isKnownEvent } from '../../../src/core/tree/eventGuard';
import { checkEvent, EVENT_NAMES } from '../../../src/core/tree/eventSchema';
import { DRAFTS, SHORT, stamped } from './samples';

type Path = readonly string[];

/** Paths of all fields inside a value. */
function paths(value: unknown, at: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  return Object.entries(value).flatMap(([key, inner]) => [
    [...at, key],
    ...paths(inner, [...at, key]),
  ]);
}

/** A copy with one field changed, or taken out when `change` gives undefined. */
function changed(value: object, path: Path, to: unknown): unknown {
  const copy = structuredClone(value) as Record<string, unknown>;
  const last = path.at(-1) ?? '';
  let inner = copy;
  for (const key of path.slice(0, -1)) {
    inner = inner[key] as Record<string, unknown>;
  }
  inner[last] = to;
  return JSON.parse(JSON.stringify(copy));
}

const OPTIONAL = [
  ...['data.text', 'data.finish', 'data.error', 'data.run', 'data.status'],
  ...['data.seconds', 'data.usage', 'data.usage.cost', 'data.asked'],
  ...[
    'samplers',
    'samplers.topK',
    'samplers.presencePenalty',
    'seed',
    'reach',
    'spread',
    'instruction',
    'after',
    'notes',
    'earlier',
  ].map((name) => `data.asked.${name}`),
];

describe('checkEvent and isKnownEvent', () => {
  it('take a sound event of every kind', () => {
    assert.deepEqual([...EVENT_NAMES].sort(), Object.keys(DRAFTS).sort());
    for (const draft of [...Object.values(DRAFTS), SHORT]) {
      const event: unknown = JSON.parse(JSON.stringify(stamped(draft)));
      assert.deepEqual(checkEvent(event), { kind: 'known', event });
      assert.ok(isKnownEvent(event));
    }
  });

  it('refuse a wrong type in every field of every kind, naming the field', () => {
    for (const draft of [...Object.values(DRAFTS), SHORT]) {
      const event = stamped(draft);
      for (const path of paths(event).filter((each) => each[0] !== 'event' && each[0] !== 'v')) {
        for (const wrong of [[1], { a: 1 }]) {
          const bad = changed(event, path, wrong);
          const name = path.join('.');
          if (name === 'data.asked.samplers' && !Array.isArray(wrong)) {
            // Any name may stand there, with a number.
            continue;
          }
          assert.equal(isKnownEvent(bad), false, `${draft.event}: ${name}`);
          const checked = checkEvent(bad);
          if (name === 'data.error.code') {
            continue;
          }
          assert.ok('reason' in checked && checked.reason.startsWith(name), name);
        }
      }
    }
  });

  it('refuse a missing field unless it is optional', () => {
    for (const draft of Object.values(DRAFTS)) {
      const event = stamped(draft);
      for (const path of paths(event)) {
        const name = path.join('.');
        const optional =
          OPTIONAL.includes(name) &&
          !(draft.event === 'end' && name === 'data.status') &&
          !(draft.event === 'text' && name === 'data.text');
        assert.equal(isKnownEvent(changed(event, path, undefined)), optional, name);
      }
    }
  });

  const outOfRange: [string, unknown][] = [
    ['seq', -1],
    ['seq', 1.5],
    ['seq', 2 ** 53],
    ['time', -1],
    ['writer', 'UPPER'],
    ['writer', '../../x'],
    ['writer', ''],
    ['data.id', ''],
    ['data.id', 'x'.repeat(129)],
    ['data.at', -1],
    ['data.at', 0.5],
    ['data.index', -1],
    ['data.created', -5],
    ['data.status', 'streaming'],
    ['data.finish', 'bored'],
    ['data.source.kind', 'ghost'],
    ['data.run.semantics', 'cooked'],
  ];
  for (const [path, value] of outOfRange) {
    it(`refuse ${path} = ${JSON.stringify(value).slice(0, 20)}`, () => {
      const bad = changed(stamped(DRAFTS.node), path.split('.'), value);
      assert.equal(isKnownEvent(bad), false);
      assert.equal(checkEvent(bad).kind, 'bad');
    });
  }

  it('refuse a source in short that is none', () => {
    for (const source of [[], ['sketch', 'raw'], ['sketch', 'raw', 'p1', 'p2'], ['a', 'b', null]]) {
      const bad = changed(stamped(SHORT), ['data', 'source'], source);
      assert.equal(isKnownEvent(bad), false, JSON.stringify(source));
      assert.equal(checkEvent(bad).kind, 'bad', JSON.stringify(source));
    }
  });

  it('refuse a place that ends before it starts', () => {
    const bad = changed(stamped(DRAFTS.place), ['data', 'end'], 2);
    assert.equal(isKnownEvent(bad), false);
    assert.equal(checkEvent(bad).kind, 'bad');
  });

  it('keep fields they do not know', () => {
    const event = changed(stamped(DRAFTS.text), ['data', 'colour'], 'green');
    assert.ok(isKnownEvent(event));
    assert.deepEqual(checkEvent(event), { kind: 'known', event });
  });

  it('read a kind of failure that they do not know as internal', () => {
    const event = changed(stamped(DRAFTS.end), ['data', 'error', 'code'], 'of-the-future');
    const checked = checkEvent(event);
    assert.ok(checked.kind === 'known' && checked.event.event === 'end');
    assert.equal(checked.event.data.error?.code, 'internal');
  });

  it('keep an event they do not know, whatever its data', () => {
    const event = { v: 1, writer: 'writer1', seq: 3, time: 5, event: 'vote', data: [1, null] };
    assert.deepEqual(checkEvent(event), { kind: 'unknown', event });
    assert.equal(isKnownEvent(event), false);
    assert.equal(isKnownEvent({ ...event, event: 'toString', data: {} }), false);
  });

  it('tell a later version, with the event when its frame can be read', () => {
    const event = { ...stamped(DRAFTS.text), v: 2, data: 'quite different' };
    assert.deepEqual(checkEvent(event), { kind: 'newer', version: 2, event });
    assert.deepEqual(checkEvent({ v: 2 }), { kind: 'newer', version: 2 });
  });

  for (const value of [null, 1, 'text', [], {}, { v: '1' }, { v: 0 }, { v: 1.5 }]) {
    it(`call ${JSON.stringify(value)} bad`, () => {
      assert.equal(checkEvent(value).kind, 'bad');
      assert.equal(isKnownEvent(value), false);
    });
  }

  it('agree on events with any field replaced by anything', () => {
    const events = [...Object.values(DRAFTS), SHORT].map((draft) => stamped(draft));
    const place = fc
      .constantFrom(...events)
      .chain((event) => fc.tuple(fc.constant(event), fc.constantFrom(...paths(event))));
    const value = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom(0, -0, -1, 1e300, '', 'human', 'model', 'done', 'stop', 'raw', null),
    );
    fc.assert(
      fc.property(place, value, ([event, path], to) => {
        const other = changed(event, path, to);
        const known = isKnownEvent(other);
        const checked = checkEvent(other);
        if (known) {
          assert.deepEqual(checked, { kind: 'known', event: other });
        } else if (path.join('.') !== 'data.error.code') {
          assert.notEqual(checked.kind, 'known');
        }
      }),
      { seed: 11, numRuns: 3000 },
    );
  });
});
