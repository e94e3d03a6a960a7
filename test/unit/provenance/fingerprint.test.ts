import assert from 'node:assert/strict';
import fc from 'fast-check';
import { typedOf, typedSpans, type Typed } from '../../../src/core/attachment/typed';
import { printOf, typedFrom } from '../../../src/core/provenance/fingerprint';
import { readTyped, TypedWriter } from '../../../src/core/tree/typedFile';
import { MemoryStore } from '../../fixtures/memoryStore';

/** A text in which `[…]` was typed. */
function marked(source: string): { text: string; typed: Typed } {
  const spans: { start: number; end: number }[] = [];
  let text = '';
  for (const part of source.split(/(\[[^\]]*\])/u)) {
    const isTyped = part.startsWith('[');
    const shown = isTyped ? part.slice(1, -1) : part;
    if (isTyped) {
      spans.push({ start: text.length, end: text.length + shown.length });
    }
    text += shown;
  }
  return { text, typed: typedOf(spans) };
}

function show(text: string, typed: Typed): string {
  let out = '';
  let done = 0;
  for (const { start, end } of typedSpans(typed, { start: 0, end: text.length })) {
    out += `${text.slice(done, start)}[${text.slice(start, end)}]`;
    done = end;
  }
  return out + text.slice(done);
}

/** The letters that are typed, each with its place. */
function letters(text: string, typed: Typed): string {
  const spans = [...typedSpans(typed, { start: 0, end: text.length })];
  return spans
    .flatMap(({ start, end }) => Array.from({ length: end - start }, (_, i) => start + i))
    .filter((at) => text.charAt(at).trim() !== '')
    .join(' ');
}

/** What is found in a text of what was typed in another one. */
function found(source: string, now: string): string {
  const { text, typed } = marked(source);
  return show(now, typedFrom(now, printOf(text, typed)));
}

describe('provenance: fingerprints of typed text', () => {
  it('give all of it back where nothing has changed, white space between sentences too', () => {
    for (const source of [
      '',
      'Nothing of mine.',
      '[All mine here. “And here?” Yes.]',
      'Was here. [Mine. No.] Was. [Part] of it.\n[And a line without an end]\n',
      '[Yes.] Yes. [Yes.]',
    ]) {
      const { text } = marked(source);
      assert.equal(found(source, text), source);
    }
  });

  it('find sentences that moved, and lose those that changed', () => {
    assert.equal(
      found(
        'Ahead it goes. [The lamp was out again.] He said so. [Nobody had come to the pier.]',
        'Nobody had come to the pier. New words! The lamp was out again. He said so.',
      ),
      '[Nobody had come to the pier.] New words! [The lamp was out again.] He said so.',
    );
    assert.equal(
      found(
        '[The lamp was out again. Nobody had come.]',
        'The lamp was lit again. Nobody had come.',
      ),
      'The lamp was lit again. [Nobody had come.]',
    );
  });

  it('take no short sentence for one that was typed elsewhere', () => {
    assert.equal(
      found('[Yes. I did go down to the pier.]', 'New one. Yes. Gone.'),
      'New one. Yes. Gone.',
    );
    assert.equal(
      found(
        'Old. [Yes. I did go down to the pier. No.]',
        'Yes. I did go down to the pier. No. Yes.',
      ),
      '[Yes. I did go down to the pier. No.] Yes.',
    );
  });

  it('take none where more stand there than were typed', () => {
    assert.equal(
      found(
        '[I did go down to the pier.] Old.',
        'I did go down to the pier. New. I did go down to the pier.',
      ),
      'I did go down to the pier. New. I did go down to the pier.',
    );
  });

  it('find nothing in any text but what stands in it', () => {
    const piece = fc.constantFrom(
      'Yes. ',
      'The sea was grey. ',
      'no end',
      '\n',
      '[',
      ']',
      '. ',
      '😀',
      '漢字。',
    );
    const texts = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(texts, texts, (a, b) => {
        const { text, typed } = marked(a);
        const now = typedFrom(b, printOf(text, typed));
        let last = -1;
        for (const { start, end } of typedSpans(now, { start: 0, end: b.length })) {
          assert.ok(start > last && end <= b.length);
          last = end;
          for (const sentence of b.slice(start, end).split(/(?<=[.。])\s+/u)) {
            assert.ok(text.includes(sentence), sentence);
          }
        }
        assert.equal(letters(text, typedFrom(text, printOf(text, typed))), letters(text, typed));
      }),
      { seed: 3, numRuns: 300 },
    );
  });

  it('cost no time on rows of anything', () => {
    for (const row of ['.', ' ', '”', 'a', '.a', '\n', '!”']) {
      const text = row.repeat(200_000);
      assert.ok(typedFrom(text, printOf(text, Uint32Array.of(0, 5))).length <= 2);
    }
  });
});

describe('provenance: what was typed, written down', () => {
  const one = marked('Was here. [Mine it is today. No.] Was. [Part] of it.');
  const writer = (store: MemoryStore, id: string, old: readonly string[] = []) =>
    new TypedWriter(store, 'd', id, old);

  it('comes back as it was', async () => {
    const store = new MemoryStore();
    const print = printOf(one.text, one.typed);
    await writer(store, 'aaaa').save(() => print);
    const [file] = await readTyped(store, 'd');
    assert.deepEqual(file, { name: 'aaaa-typed.json', print });
    assert.ok(!JSON.stringify([...store.files.values()].map(String)).includes('Mine'));
  });

  it('takes the place of the files it was made from, once it is written', async () => {
    const store = new MemoryStore();
    await writer(store, 'aaaa').save(() => printOf(one.text, one.typed));
    await writer(store, 'bbbb').save(() => printOf(one.text, one.typed));
    const read = await readTyped(store, 'd');
    await writer(store, 'cccc', [read[0]?.name ?? '']).save(() => printOf('', new Uint32Array(0)));
    const names = (await readTyped(store, 'd')).map(({ name }) => name);
    assert.deepEqual(names, ['bbbb-typed.json', 'cccc-typed.json']);
  });

  it('leaves out what is damaged, and leaves it where it is', async () => {
    const store = new MemoryStore();
    const files = {
      'aaaa-typed.json': '{"v":1,"text":"abcd","units":["abcd"',
      'bbbb-typed.json': '{"v":1,"text":"abcd","units":[["abcd",5,3]]}',
      'cccc-typed.json': '{"v":1,"text":"abcd","units":[-1]}',
      'dddd-typed.json': '{"v":2,"text":"abcd","units":[]}',
      'eeee-typed.json': '\u0000\u0001',
      'ffff-typed.json': '[]',
      'gggg-typed.json': '{"v":1,"text":"abcd","units":[["abcd",1,2,2,4]]}',
    };
    for (const [name, text] of Object.entries(files)) {
      await store.write(`d/${name}`, new TextEncoder().encode(text));
    }
    assert.deepEqual(await readTyped(store, 'd'), []);
    assert.equal((await store.list('d')).length, Object.keys(files).length);
    assert.deepEqual(await readTyped(store, 'nowhere'), []);
  });
});
