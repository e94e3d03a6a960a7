import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { TEXT_INTERVAL } from '../../../src/core/tree/documentJournal';
import { checkEvent, EVENT_NAMES } from '../../../src/core/tree/eventSchema';
import { storedRunSchema } from '../../../src/core/tree/packedRun';
import { foldEvents } from '../../../src/core/tree/tree';
import { MARKS, VERSION_MARK } from '../../../src/core/tree/marks';
import { TypedWriter } from '../../../src/core/tree/typedFile';
import { MemoryStore } from '../../fixtures/memoryStore';
import { exampleLines } from './docsExample';
import { DRAFT, FOLDER, open, RUN } from './opened';
import { DRAFTS, stamped } from './samples';

const page = readFileSync(new URL('../../../docs/journal.md', import.meta.url), 'utf8');
const rows = page.split('\n').filter((line) => line.startsWith('|'));

/** The fields named in the second cell of an event's row. */
function fieldsOf(event: string): { name: string; optional: boolean }[] {
  const cell = rows.find((row) => row.startsWith(`| \`${event}\` |`))?.split('|')[2] ?? '';
  return [...cell.matchAll(/`(\w+)(\??)`/g)].map(([, name = '', mark]) => ({
    name,
    optional: mark === '?',
  }));
}

describe('docs/journal.md', () => {
  it('shows sound events of every kind, that make a tree', () => {
    const block = /```jsonl\n([^`]*)```/.exec(page)?.[1] ?? '';
    const events = block
      .trim()
      .split('\n')
      .map((line) => {
        const checked = checkEvent(JSON.parse(line));
        assert.ok(checked.kind === 'known', line);
        return checked.event;
      });
    assert.deepEqual(new Set(events.map(({ event }) => event)), new Set(EVENT_NAMES));
    const [place] = foldEvents(events).places;
    const [node] = foldEvents(events).roots();
    assert.ok(place && node);
    assert.equal(node.text.length, place.end - place.start);
  });

  it('shows them as the code writes them', async () => {
    const block = /```jsonl\n([^`]*)```/.exec(page)?.[1] ?? '';
    assert.deepEqual(block.trim().split('\n'), await exampleLines());
  });

  for (const draft of Object.values(DRAFTS)) {
    it(`names every field of ${draft.event}, and which may be absent`, () => {
      const fields = fieldsOf(draft.event);
      assert.deepEqual(fields.map(({ name }) => name).sort(), Object.keys(draft.data).sort());
      for (const { name, optional } of fields) {
        const without = JSON.parse(JSON.stringify(stamped(draft))) as { data: object };
        Reflect.deleteProperty(without.data, name);
        assert.equal(checkEvent(without).kind, optional ? 'known' : 'bad', name);
      }
    });
  }

  it('names every kind of mark', () => {
    for (const mark of [...Object.values(MARKS), `${VERSION_MARK}<id>`]) {
      assert.ok(
        rows.some((row) => row.split('|')[1]?.includes(`\`${mark}\``)),
        mark,
      );
    }
  });

  it('names every field of what was asked', () => {
    const row = rows.find((each) => each.startsWith('| `asked` |')) ?? '';
    for (const name of Object.keys(DRAFTS.node.data.asked)) {
      assert.ok(row.includes(`\`${name}\``), name);
    }
  });

  it('names every file of a writer', async () => {
    const store = new MemoryStore();
    const { journal, clock } = await open(store);
    const ended = await journal.recordNode(DRAFT, 'The sea.');
    await journal.saveRun(ended.id, RUN);
    await journal.saveAttachments([]);
    await new TypedWriter(store, FOLDER, journal.writer, []).save(() => ({
      text: 'abcd',
      units: [],
    }));
    const [node] = journal.recordBatch([DRAFT]);
    journal.recordText(node?.id ?? '', 'A sky');
    await clock.pass(TEXT_INTERVAL);
    const names = [...store.files.keys()].map((path) => path.slice(path.lastIndexOf('/') + 1));
    const kinds = new Set(
      names
        .filter((name) => !name.startsWith('.git'))
        .map((name) => name.replace(journal.writer, '<writer>').replace('0000', '<segment>')),
    );
    assert.deepEqual(
      [...kinds].sort(),
      ['attachments.json', 'open.jsonl', '<segment>.jsonl', 'typed.json']
        .map((name) => `<writer>-${name}`)
        .sort(),
    );
    for (const kind of kinds) {
      assert.ok(page.includes(`    ${kind} `), kind);
    }
  });

  it('names every column of the sidecar', () => {
    for (const name of Object.keys(storedRunSchema.entries)) {
      assert.ok(
        rows.some((row) => new RegExp(`^\\|[^|]*\`${name}\\??\``).test(row)),
        name,
      );
    }
  });
});
