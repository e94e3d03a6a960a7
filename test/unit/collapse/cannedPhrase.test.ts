import assert from 'node:assert/strict';
import { AllowList } from '../../../src/core/collapse/allowList';
import { scanPatterns, type Pattern } from '../../../src/core/collapse/cannedPatterns';
import { findCannedPhrases, type CannedSources } from '../../../src/core/collapse/cannedPhrase';
import { formatLexicon, parseLexicon } from '../../../src/core/collapse/lexicon';
import { parsePhraseList } from '../../../src/core/collapse/phraseList';
import { VariorumError } from '../../../src/core/model/error';
import { CANNED, check, lexicon, marked, NOVEL, reading } from './textHelpers';

function canned(text: string, more: Partial<CannedSources> = {}) {
  const { prose, marks } = reading(text);
  return findCannedPhrases(prose, marks, { lexicon, ...more });
}

function patterns(text: string): [Pattern, string][] {
  const { prose, marks } = reading(text);
  const found: [Pattern, string][] = [];
  scanPatterns(prose, marks, (pattern, first, last) => {
    const { start, end } = prose.span(first, last);
    found.push([pattern, text.slice(start, end)]);
  });
  return found;
}

describe('canned phrases', () => {
  it('scores canned prose high and human fiction low', () => {
    assert.ok(canned(CANNED).score > 0.95);
    assert.ok(canned(NOVEL).score < 0.1);
  });

  it('does not care about typography', () => {
    const plain = CANNED.replaceAll("'", '’').replaceAll(' ', '\n').toUpperCase();
    assert.equal(canned(plain).score, canned(CANNED).score);
  });

  it('says nothing of a word or two', () => {
    const { score } = canned('the door');
    assert.ok(Math.abs(score - 0.5) < 0.2);
  });

  it('flags a stock name with its ratio, once, and relates where else it stands', () => {
    const text = 'Elara looked up. The rain had stopped. Elara went out, and Elara ran.';
    const { flags } = canned(text);
    assert.deepEqual(marked(text, flags), ['Elara']);
    assert.ok(flags[0]?.evidence.kind === 'phrase' && flags[0].evidence.ratio >= 20);
    const related = (flags[0].related ?? []).map(({ start, end }) => text.slice(start, end));
    assert.deepEqual(related, ['Elara', 'Elara']);
  });

  it('gives no two flags one place', () => {
    const { flags } = canned(`${CANNED} ${CANNED}`);
    flags.slice(1).forEach(({ start }, i) => assert.ok(start >= (flags[i]?.end ?? 0)));
  });

  it('flags worn sentences only where the text around is canned', () => {
    const worn = 'And in that moment, I felt a sense of freedom that I had never known before.';
    const kinds = (text: string) => canned(text).flags.map(({ evidence }) => evidence.kind);
    assert.ok(kinds(`${CANNED} ${worn} ${CANNED}`).includes('worn'));
    const human = NOVEL;
    assert.ok(!kinds(`${human} ${worn} ${human}`).includes('worn'));
  });

  it('leaves allowed phrases alone at each level, whatever their typography', () => {
    const text = 'Elara looked up.';
    for (const level of ['here', 'workspace', 'always'] as const) {
      assert.equal(canned(text, { allow: new AllowList({ [level]: ['ELARA'] }) }).flags.length, 0);
    }
    assert.equal(canned(text, { allow: new AllowList({ here: ['Elias'] }) }).flags.length, 1);
  });

  it("flags the phrases of the writer's lists with the list's name", () => {
    const list = parsePhraseList('mine.txt', '# mine\nthe old  mill\n');
    const { flags } = canned('He passed the old mill.', { lists: [list] });
    assert.deepEqual(
      flags.map(({ evidence }) => evidence),
      [{ phrase: 'the old mill', ratio: 0, kind: 'list', list: 'mine.txt' }],
    );
  });

  it('leaves a page of a human novel with two findings at most', () => {
    const { flags } = check({ text: NOVEL, before: 'Loomings' });
    assert.ok(flags.length <= 2, JSON.stringify(flags));
  });
});

describe('canned turns of phrase', () => {
  it('finds each turn', () => {
    assert.deepEqual(patterns('It was not anger but grief that held him.'), [
      ['not-but', 'not anger but grief that held'],
    ]);
    assert.deepEqual(patterns("It wasn't fear. It was something else."), [
      ['was-not-was', "wasn't fear. It was something else"],
    ]);
    assert.deepEqual(patterns('The room was cold, quiet, and bright.'), [
      ['triple', 'was cold, quiet, and bright'],
    ]);
    assert.deepEqual(patterns('He ran, clutching the bag.'), [['ing-tail', 'clutching the bag']]);
    assert.deepEqual(patterns('No fanfare. No applause.'), [['no-no', 'No fanfare. No applause']]);
    assert.deepEqual(patterns('She wore layers of grief and hope.'), [
      ['of-and', 'layers of grief and hope'],
    ]);
  });

  it('passes plain sentences', () => {
    assert.deepEqual(patterns('He did not go. In the morning, nothing moved, but she slept.'), []);
  });
});

describe('the lexicon file', () => {
  it('comes back as it was written', () => {
    const text = formatLexicon(lexicon.entries, lexicon.calibration);
    assert.deepEqual(parseLexicon(new TextEncoder().encode(text)).entries, lexicon.entries);
  });

  it('refuses a damaged file, with the line', () => {
    const head = `variorum-lexicon 1\n${JSON.stringify(lexicon.calibration)}\n`;
    const parse = (text: string) => () => parseLexicon(new TextEncoder().encode(text));
    for (const [text, line] of [
      ['', 1],
      ['variorum-lexicon 1\n{}\n', 2],
      ['variorum-lexicon 1\n[', 2],
      [`${head}elara\t100\t200\nbroken\n`, 4],
      [`${head}elara\tx\t200\n`, 3],
    ] as const) {
      assert.throws(parse(text), (error: unknown) => {
        assert.ok(error instanceof VariorumError);
        return error.detail.code === 'asset-damaged' && error.message.includes(`line ${line}`);
      });
    }
  });
});
