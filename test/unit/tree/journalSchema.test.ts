import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { checkEvent } from '../../../src/core/tree/eventSchema';
import { DRAFTS, SHORT, stamped } from './samples';

const url = new URL('../../../docs/journal.schema.json', import.meta.url);
const schema = JSON.parse(readFileSync(url, 'utf8')) as object;
const isValid = new Ajv2020({ allErrors: false }).compile(schema);

const ODD: readonly unknown[] = [
  ...[null, true, 0, -1, 0.5, 5, 1e300, '', 'done', 'stop', 'human', 'model', 'x'.repeat(129)],
  ...['raw', 'exact', [], {}, { kind: 'human' }, { kind: 'model' }],
];

type Fields = Record<string, unknown>;

/** Every way to a value in a JSON value. */
function pathsOf(value: unknown, path: readonly string[] = []): string[][] {
  const below =
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, each]) => pathsOf(each, [...path, key]))
      : [];
  return path.length === 0 ? below : [[...path], ...below];
}

/** A copy with one value replaced, or taken away where there is no other. */
function changed(value: unknown, path: readonly string[], other?: unknown): unknown {
  const copy = structuredClone(value) as Fields;
  const holder = path.slice(0, -1).reduce((of, key) => of[key] as Fields, copy);
  const key = path.at(-1) ?? '';
  if (other === undefined) {
    Reflect.deleteProperty(holder, key);
  } else {
    holder[key] = other;
  }
  return copy;
}

describe('docs/journal.schema.json', () => {
  for (const [what, draft] of Object.entries({ ...DRAFTS, 'short node': SHORT })) {
    it(`says of ${what} events what the reader says`, () => {
      const event = JSON.parse(JSON.stringify(stamped(draft))) as unknown;
      assert.ok(isValid(event), JSON.stringify(isValid.errors));
      let [taken, refused] = [0, 0];
      for (const path of pathsOf(event)) {
        for (const other of [undefined, ...ODD]) {
          const odd = changed(event, path, other);
          const expected = checkEvent(odd).kind === 'known';
          // A schema cannot compare two fields.
          const isTurned = path.at(-1) === 'start' || path.at(-1) === 'end';
          if (!isTurned || expected) {
            assert.equal(isValid(odd), expected, JSON.stringify(odd));
          }
          taken += expected ? 1 : 0;
          refused += expected ? 0 : 1;
        }
      }
      assert.ok(taken > 0 && refused > 0);
    });
  }
});
