import assert from 'node:assert/strict';
import fc from 'fast-check';
import { DocumentCheck } from '../../../src/core/collapse/documentCheck';
import { blockEnd } from '../../../src/core/collapse/blocks';
import { finish } from '../../../src/core/steps';
import type { Flag } from '../../../src/core/collapse/flag';
import { CANNED, check, fiction, lexicon, marked, NOVEL } from './textHelpers';

const sources = { lexicon };

function checked(text: string) {
  return finish(new DocumentCheck(sources).update(text));
}

/** Updates, and counts the pages that were looked at. */
function pagesLookedAt(document: DocumentCheck, text: string): number {
  const steps = document.update(text);
  let pages = 0;
  while (steps.next().done !== true) {
    pages++;
  }
  return pages;
}

const PIECES = [CANNED, fiction.slice(0, 900), '\n\n', '\n', ' ', 'a testament to', '😀', 'x'];

describe('The check of a document', () => {
  const long = `${fiction}\n\n${CANNED}\n\n${fiction}`;

  it('finds what stands on any page, at its place', () => {
    const { flags, language } = checked(long);
    assert.equal(language, 'english');
    assert.ok(marked(long, flags).some((text) => text.includes('barely above a whisper')));
    assert.ok(flags.every(({ start }, i) => start >= (flags[i - 1]?.start ?? 0)));
  });

  it('looks again only at the pages that an edit touched', () => {
    const document = new DocumentCheck(sources);
    const all = pagesLookedAt(document, long);
    assert.ok(all > 10, `${all} pages`);
    const at = long.indexOf('\n\n', 5000) + 2;
    const edited = `${long.slice(0, at)}x${long.slice(at)}`;
    assert.ok(pagesLookedAt(document, edited) <= 2);
    assert.equal(pagesLookedAt(document, edited), 0);
    assert.ok(pagesLookedAt(document, `${edited}.`) <= 2);
  });

  it('says the same however the text came to be', () => {
    const edit = fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      remove: fc.nat(5000),
      insert: fc.array(fc.constantFrom(...PIECES), { maxLength: 4 }),
    });
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 8 }), (edits) => {
        const document = new DocumentCheck(sources);
        let text = long.slice(0, 9000);
        finish(document.update(text));
        for (const { at, remove, insert } of edits) {
          const start = Math.floor(at * text.length);
          text = text.slice(0, start) + insert.join('') + text.slice(start + remove);
          assert.deepEqual(finish(document.update(text)), checked(text));
        }
      }),
      { numRuns: 60 },
    );
  });

  it('is as it was when an update is given up half-way', () => {
    const document = new DocumentCheck(sources);
    const before = finish(document.update(long));
    const steps = document.update(CANNED.repeat(100));
    steps.next();
    assert.equal(pagesLookedAt(document, long), 0);
    assert.deepEqual(finish(document.update(long)), before);
  });

  it('shows an overused word once, its other places related to it', () => {
    const text = `Elara slept.\n\n${fiction.slice(0, 4000)}\n\nThen Elara woke.`;
    const found = checked(text).flags.filter(
      ({ start, end }) => text.slice(start, end) === 'Elara',
    );
    assert.equal(found.length, 1);
    const related = found[0]?.related ?? [];
    assert.deepEqual(
      related.map(({ start, end }) => text.slice(start, end)),
      ['Elara'],
    );
  });

  it('gives a page that reads human as a whole two notes on its wording at most', () => {
    const words = ['echoed', 'etched', 'glimmer', 'whisper', 'poring'];
    const sentences = NOVEL.split('. ');
    const page = sentences.map((s, i) => `${s}, and it ${words[i] ?? 'went on'}`).join('. ');
    const notes = ({ flags }: { flags: readonly Flag[] }) =>
      flags.filter(({ code }) => code === 'canned-phrase').length;
    assert.ok(notes(check({ text: page })) > 2);
    assert.equal(notes(checked(page)), 2);
    assert.ok(notes(checked(CANNED)) > 2);
  });

  it('looks for an ending at the end of the document alone', () => {
    const ending =
      'And in that moment she knew that, whatever the future held, hope and love would always light ' +
      'the way to a brighter tomorrow, and that together they had truly come home at last.';
    const body = fiction.slice(0, 3000);
    const has = (text: string) => checked(text).flags.some(({ code }) => code === 'stock-ending');
    assert.ok(has(`${body}\n\n${ending}`));
    assert.ok(!has(`${body}\n\n${ending}\n\n${body}`));
  });

  it('says when a document is in a language it cannot read', () => {
    const german =
      'Als Gregor Samsa eines Morgens aus unruhigen Träumen erwachte, fand er sich in seinem Bett. ';
    assert.equal(checked(german.repeat(40)).language, 'other');
    assert.equal(checked('').language, 'unclear');
  });
});

describe('Blocks', () => {
  it('tile any text and never part a character', () => {
    const piece = fc.constantFrom('a b ', '😀', '\n', '\n\n', 'word'.repeat(50), '字'.repeat(700));
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const text = pieces.join('').repeat(5);
        for (let at = 0; at < text.length;) {
          const end = blockEnd(text, at);
          assert.ok(end > at && end <= text.length);
          assert.ok(end === text.length || !/[\udc00-\udfff]/.test(text.charAt(end)));
          at = end;
        }
      }),
    );
  });
});
