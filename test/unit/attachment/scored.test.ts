import assert from 'node:assert/strict';
import type { Change } from '../../../src/core/attachment/change';
import {
  applyChanges,
  openDocument,
  place,
  type DocumentState,
} from '../../../src/core/attachment/document';
import { ScoredDocument, type Scoring } from '../../../src/core/attachment/scored';
import { editedTokenAt, shownConfidence } from '../../../src/core/attachment/shownConfidence';
import { shownTokens } from '../../../src/core/attachment/tokens';
import type { Run, Token } from '../../../src/core/model/token';
import { Random } from './random';

let ids = 0;
const by = () => ({
  id: `score${String(ids++).padStart(4, '0')}`,
  model: 'm',
  label: 'M',
  time: 1,
});

/** One token a word with its space, or a lone mark; characters of two units stay whole. */
function tokensOf(text: string, from: number, to: number): Token[] {
  return [...text.slice(from, to).matchAll(/\s*[\p{L}\p{N}]+|\s*[^\p{L}\p{N}\s]|\s+/gu)].map(
    (match) => ({
      start: from + match.index,
      end: from + match.index + match[0].length,
      logprob: -((from + match.index) % 7) / 10,
      alternatives: [{ text: 'x', logprob: -2 }],
      tail: 0.1,
    }),
  );
}

const runOf = (tokens: readonly Token[]): Run => ({ semantics: 'raw', bytes: 'none', tokens });

function scoreAll(scored: ScoredDocument, text: string, from = 0, to = text.length): Scoring {
  const scoring = scored.begin(text, by());
  scored.add(scoring, runOf(tokensOf(text, from, to)));
  scored.end(scoring);
  return scoring;
}

function edit(text: string, { start, end, text: put }: Change): string {
  return text.slice(0, start) + put + text.slice(end);
}

const words = (scored: ScoredDocument, text: string) =>
  [...shownTokens(scored.attachments, scored.tokensOf, { start: 0, end: text.length })].map(
    ({ start, end }) => text.slice(start, end),
  );

describe('scored text', () => {
  const TEXT = 'The sea was grey. Nobody came down.';

  it('an edited token loses its probability, its neighbours keep theirs', () => {
    const scored = new ScoredDocument();
    scoreAll(scored, TEXT);
    const change = { start: 9, end: 9, text: 'x' };
    const text = edit(TEXT, change);
    scored.follow([change], 'edit', text);
    assert.deepEqual(words(scored, text), [
      'The',
      ' sea',
      ' grey',
      '.',
      ' Nobody',
      ' came',
      ' down',
      '.',
    ]);
    assert.deepEqual(editedTokenAt(scored, 8), { start: 7, end: 9 });
    assert.deepEqual(editedTokenAt(scored, 10), { start: 10, end: 12 });
    assert.equal(editedTokenAt(scored, 1), undefined);
    assert.equal(editedTokenAt(scored, 9), undefined);
  });

  it('undoing an edit made before the scoring leaves the rest scored', () => {
    const scored = new ScoredDocument();
    scoreAll(scored, TEXT, 0, 3);
    const typed = edit(TEXT, { start: 3, end: 3, text: ' dark' });
    scored.follow([{ start: 3, end: 3, text: ' dark' }], 'edit', typed);
    scoreAll(scored, typed);
    scored.follow([{ start: 3, end: 8, text: '' }], 'undo', TEXT);
    assert.equal(words(scored, TEXT).join(''), TEXT);
  });

  it('deleted and brought back by undo it is scored again', () => {
    const scored = new ScoredDocument();
    scoreAll(scored, TEXT);
    scored.follow(
      [{ start: 4, end: 17, text: '' }],
      'edit',
      edit(TEXT, { start: 4, end: 17, text: '' }),
    );
    scored.follow([{ start: 4, end: 4, text: TEXT.slice(4, 17) }], 'undo', TEXT);
    assert.equal(words(scored, TEXT).join(''), TEXT);
  });

  it('what is written while it is being scored moves what comes', () => {
    const scored = new ScoredDocument();
    const scoring = scored.begin(TEXT, by());
    scored.add(scoring, runOf(tokensOf(TEXT, 0, 17)));
    const change = { start: 5, end: 7, text: 'ky of lead' };
    const text = edit(TEXT, change);
    scored.follow([change], 'edit', text);
    scored.add(scoring, runOf(tokensOf(TEXT, 17, TEXT.length)));
    assert.deepEqual(words(scored, text), [
      'The',
      ' was',
      ' grey',
      '.',
      ' Nobody',
      ' came',
      ' down',
      '.',
    ]);
  });

  it('a later scoring takes the place of an earlier one, which takes no more', () => {
    const scored = new ScoredDocument();
    const first = scored.begin(TEXT, by());
    const second = scored.begin(TEXT, by());
    assert.equal(scored.add(first, runOf(tokensOf(TEXT, 0, 10))), false);
    assert.equal(scored.add(second, runOf(tokensOf(TEXT, 0, 10))), true);
    assert.deepEqual([...new Set(scored.attachments.map(({ node }) => node))], [second.scored.id]);
  });

  it('covers what branches say of the same text, and leaves their stretches alone', () => {
    const scored = new ScoredDocument();
    const branch = tokensOf(TEXT, 0, TEXT.length);
    const state = place(
      openDocument(TEXT),
      { start: 0, end: TEXT.length, node: 'b', from: 0 },
      TEXT,
    );
    scoreAll(scored, TEXT, 7, 17);
    const written = { attachments: state.attachments, tokensOf: () => branch };
    const shown = [...shownConfidence(written, scored, { start: 0, end: TEXT.length })];
    assert.equal(shown.map(({ start, end }) => TEXT.slice(start, end)).join(''), TEXT);
    assert.deepEqual(shown.map((token) => token.by[0]).join(''), 'wwsssw' + 'www');
    assert.equal(state.attachments.length, 1);
  });

  it('is unpacked whole, and read back', () => {
    const scored = new ScoredDocument();
    const long = Array.from({ length: 2000 }, (_, i) => `word${i}`).join(' ');
    const { scored: text } = scoreAll(scored, long);
    const token = text.run.token(700, text.text);
    assert.equal(long.slice(token?.start, token?.end), ' word700');
    assert.deepEqual(token?.alternatives, [{ text: 'x', logprob: -2 }]);
    assert.equal(text.run.token(2000, text.text), undefined);
    const again = new ScoredDocument();
    again.restore(long.replace('word3 ', 'changed '), [text], scored.attachments);
    const shown = words(again, long.replace('word3 ', 'changed '));
    assert.ok(shown.length > 1990 && !shown.includes(' changed') && !shown.includes(' word3'));
  });

  it('is nowhere once it is cleared, whatever is undone', () => {
    const scored = new ScoredDocument();
    scoreAll(scored, TEXT);
    const cut = edit(TEXT, { start: 0, end: 10, text: '' });
    scored.follow([{ start: 0, end: 10, text: '' }], 'edit', cut);
    assert.equal(scored.clear().length, 1);
    scored.follow([{ start: 0, end: 0, text: TEXT.slice(0, 10) }], 'undo', TEXT);
    assert.deepEqual(words(scored, TEXT), []);
  });

  describe('100,000 random edits', function () {
    this.timeout(240_000);
    const PIECES = [
      'the ',
      'sea ',
      'a',
      ' ',
      '\n',
      'é',
      'e\u0301',
      '😀',
      '👩‍👩‍👧',
      '\ufeff',
      '海',
      '.\n\n',
      'and the gulls ',
    ];
    const prose = (random: Random, pieces: number) =>
      Array.from({ length: pieces }, () => random.pick(PIECES)).join('');

    for (let seed = 0; seed < 20; seed++) {
      it(`no colour sits on text its token does not say: ${seed}`, () => {
        const writer = new Writer(new Random(seed), prose);
        for (let i = 0; i < 5000; i++) {
          writer.score();
          writer.edit();
          writer.look(`edit ${i}`);
        }
        assert.ok(writer.seen > 3000, `only ${writer.seen} tokens were ever seen`);
      });
    }
  });
});

/** Somebody who scores, edits and undoes at random, also while a scoring is under way. */
class Writer {
  readonly #scored = new ScoredDocument();
  readonly #undos: Change[] = [];
  #state: DocumentState;
  #scoring: { is: Scoring; snapshot: string; at: number } | undefined;
  seen = 0;

  constructor(
    private readonly random: Random,
    private readonly prose: (random: Random, pieces: number) => string,
  ) {
    this.#state = openDocument(prose(random, 30));
  }

  score(): void {
    const { random } = this;
    const { text } = this.#state;
    if (random.chance(this.#scoring ? 0.02 : 0.1)) {
      this.#scoring = { is: this.#scored.begin(text, by()), snapshot: text, at: 0 };
    } else if (this.#scoring && random.chance(0.2)) {
      const { is, snapshot, at } = this.#scoring;
      const to = Math.min(snapshot.length, at + 1 + random.below(60));
      const whole = tokensOf(snapshot, at, snapshot.length).filter(({ end }) => end <= to);
      this.#scored.add(is, runOf(whole));
      this.#scoring.at = whole.at(-1)?.end ?? at;
    }
  }

  edit(): void {
    const back = this.random.chance(0.2) ? this.#undos.pop() : undefined;
    const change = back ?? this.#change();
    const { text } = this.#state;
    if (!back) {
      const { start, end } = change;
      this.#undos.push({ start, end: start + change.text.length, text: text.slice(start, end) });
    }
    const reason = back ? 'undo' : 'edit';
    this.#state = applyChanges(this.#state, [change], reason);
    this.#scored.follow([change], reason, this.#state.text);
  }

  look(when: string): void {
    const { text } = this.#state;
    const { attachments, tokensOf: of } = this.#scored;
    for (const shown of shownTokens(attachments, of, { start: 0, end: text.length })) {
      const { start, end } = shown.token;
      const own = this.#scored.text(shown.node)?.text.slice(start, end);
      assert.equal(text.slice(shown.start, shown.end), own, when);
      this.seen += 1;
    }
  }

  #change(): Change {
    const { random } = this;
    const { length } = this.#state.text;
    const start = random.below(length + 1);
    const end = Math.min(length, start + random.below(random.chance(0.05) ? 60 : 6));
    const grows = length <= 900 && random.chance(0.5);
    return { start, end, text: grows ? this.prose(random, random.below(4)) : '' };
  }
}
