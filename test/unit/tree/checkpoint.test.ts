import assert from 'node:assert/strict';
import fc from 'fast-check';
import { forkAt } from '../../../src/core/tree/checkpoint';
import { textOf } from '../../../src/core/tree/version';
import { Writer } from './writer';

/** What a checkpoint added, as `parent@at: text`. */
function added(writer: Writer): string[] {
  return writer
    .checkpoint()
    .edits.map(({ parent, at, text }) => `${parent ?? 'document'}@${at}: ${text}`);
}

describe('checkpoints', () => {
  it('keep a draft whole once, and then only what changed', () => {
    const writer = new Writer('It rained. The sea was grey.');
    assert.deepEqual(added(writer), ['document@0: It rained. The sea was grey.']);
    writer.edit(10, 10, ' Hard.');
    assert.deepEqual(added(writer), ['n0@10:  Hard.']);
    assert.equal(textOf(writer.pieces, writer.textOf), writer.document.text);
  });

  it('add nothing when nothing differs, typed back or undone included', () => {
    const writer = new Writer('It rained. The sea was grey.');
    writer.checkpoint();
    writer.edit(3, 9, '');
    writer.edit(3, 3, 'rained');
    const plan = writer.checkpoint();
    assert.deepEqual([plan.edits.length, plan.isEdited], [0, false]);
  });

  it('fork from the node that the edit follows, branches and earlier edits alike', () => {
    const writer = new Writer('It rained.');
    writer.checkpoint();
    const branch = writer.insert(10, ' She ran for the boat.');
    assert.deepEqual(added(writer), []);
    writer.edit(32, 32, ' Too late!');
    const [typed] = writer.checkpoint().edits;
    assert.deepEqual([typed?.parent, typed?.at], [branch, 22]);
    writer.edit(42, 42, ' He waved.');
    const [next] = writer.checkpoint().edits;
    assert.deepEqual([next?.parent, next?.at], ['n2', 10]);
  });

  it('know a deletion for an edit, and a swapped branch for none', () => {
    const writer = new Writer('It rained. The sea was grey.');
    writer.checkpoint();
    writer.insert(10, ' She ran for the boat.');
    assert.equal(writer.checkpoint().isEdited, false);
    writer.edit(10, 32, '');
    writer.insert(10, ' He stayed where he was.');
    assert.equal(writer.checkpoint().isEdited, false);
    writer.edit(0, 3, '');
    const plan = writer.checkpoint();
    assert.deepEqual([plan.isEdited, plan.edits], [true, []]);
  });

  it('tell typed text from pasted, and leave spaces with their neighbours', () => {
    const writer = new Writer('');
    for (const letter of 'Mine. ') {
      writer.edit(writer.document.text.length, writer.document.text.length, letter);
    }
    writer.edit(6, 6, 'A paragraph that was written somewhere else.');
    assert.deepEqual(
      writer.checkpoint().edits.map(({ text, source }) => [source.kind, text]),
      [
        ['human', 'Mine. '],
        ['unknown', 'A paragraph that was written somewhere else.'],
      ],
    );
  });

  it('put text before the beginning into the tree that is there', () => {
    const writer = new Writer('It rained.');
    writer.checkpoint();
    writer.edit(0, 0, 'Once, ');
    assert.deepEqual(added(writer), ['n0@0: Once, ']);
  });

  it('follow a draft that was changed outside', () => {
    const writer = new Writer('First line of it.\nSecond line of it.\nThird line of it.\n');
    writer.checkpoint();
    const text =
      'First line of it.\nAnother line entirely.\nSecond line of it.\nThe third, changed.\n';
    writer.edit(0, writer.document.text.length, text);
    const plan = writer.checkpoint();
    assert.equal(textOf(writer.pieces, writer.textOf), text);
    const stored = plan.edits.reduce((sum, edit) => sum + edit.text.length, 0);
    assert.ok(stored < 50, `${stored} characters stored`);
  });

  it('find the place to fork from, at borders and at the very beginning', () => {
    const pieces = [
      { start: 0, end: 5, node: 'a', from: 0 },
      { start: 5, end: 8, node: 'b', from: 2 },
    ];
    assert.deepEqual(forkAt(pieces, 0), { parent: 'a', at: 0 });
    assert.deepEqual(forkAt(pieces, 5), { parent: 'a', at: 5 });
    assert.deepEqual(forkAt(pieces, 6), { parent: 'b', at: 3 });
    assert.deepEqual(forkAt([], 0), { parent: null, at: 0 });
  });

  it('reproduce the document after any edits, with few characters stored', () => {
    const step = fc.record({
      kind: fc.constantFrom('type', 'delete', 'insert', 'replace', 'checkpoint'),
      at: fc.nat(1000),
      length: fc.nat(40),
      text: fc.string({ unit: fc.constantFrom('a', 'b', 'é', '😀', '\n', ' ', 'word ') }),
    });
    fc.assert(
      fc.property(fc.string(), fc.array(step, { maxLength: 30 }), (start, steps) => {
        const writer = new Writer(start.replaceAll('\r', ''));
        for (const { kind, at, length, text } of steps) {
          const size = writer.document.text.length;
          const from = border(writer, at % (size + 1));
          const to = border(writer, Math.min(size, from + length));
          if (kind === 'checkpoint') {
            writer.checkpoint();
            assert.equal(textOf(writer.pieces, writer.textOf), writer.document.text);
          } else if (kind === 'insert' && text !== '') {
            writer.insert(from, text);
          } else {
            writer.edit(from, kind === 'type' ? from : to, kind === 'delete' ? '' : text);
          }
        }
        writer.checkpoint();
        assert.equal(textOf(writer.pieces, writer.textOf), writer.document.text);
        for (const { parent, at, source } of writer.nodes.values()) {
          const end = parent === null ? 0 : writer.textOf(parent)?.length;
          assert.ok(source.kind === 'model' || (end !== undefined && at <= end));
        }
        const again = writer.checkpoint();
        assert.deepEqual([again.edits.length, again.isEdited], [0, false]);
      }),
      { numRuns: 300 },
    );
  });
});

function border({ document: { text } }: Writer, offset: number): number {
  const code = text.charCodeAt(offset);
  return code >= 0xdc00 && code <= 0xdfff ? offset + 1 : offset;
}
