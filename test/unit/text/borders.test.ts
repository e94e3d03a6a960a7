import assert from 'node:assert/strict';
import fc from 'fast-check';
import { paragraphBreakOf, type Border, type BorderSearch } from '../../../src/core/text/border';
import { paragraphEnd } from '../../../src/core/text/paragraph';
import { isSceneBreak, sceneEnd } from '../../../src/core/text/scene';
import { sentenceEnd } from '../../../src/core/text/sentence';
import { takeFrom } from '../../../src/core/text/takeFrom';

/** A bar marks where the first whole one ends; without one there is none. */
type Table = readonly string[];

function check(
  find: (text: string, search: BorderSearch) => Border,
  table: Table,
  breaks: BorderSearch['breaks'] = 'blank-line',
): void {
  for (const marked of table) {
    const at = marked.indexOf('|');
    const text = marked.replace('|', '');
    const border = find(text, { from: 0, complete: true, breaks });
    const shown = border.found ? `${text.slice(0, border.end)}|${text.slice(border.end)}` : text;
    assert.equal(shown, at === -1 ? text : marked);
  }
}

describe('the first whole sentence', () => {
  it('ends after its stop and what closes there', () => {
    check(sentenceEnd, [
      'He left.| She stayed.',
      ' he left.|',
      'Did he?| Yes.',
      'Stop!!| Now.',
      '(He left.)| She stayed.',
      'He said, “Go.”| She went.',
      '"I know.| But wait," he said.',
      '*He left.*| She stayed.',
      'He left',
      'It cost 3.14 in all.| Cheap.',
    ]);
  });
  it('has something to read', () => {
    check(sentenceEnd, ['...', '." And then he left.| So', '\n\n* * *\n\nHe left.| She']);
  });
  it('is a speech and its tag together', () => {
    check(sentenceEnd, [
      '"Go!" she said.| He went.',
      '“Where?” asked Mary.| No answer.',
      '“Go!” Mary said.| He went.',
      '“Go!” I said.| He went.',
      '“Go!” Old Tom Hardy shouted.| He went.',
      '“Go!”| Mary went.',
      '“Go!”| The door shut.',
      '“Go!”—he pointed—“now.”| So',
    ]);
  });
  it('is not cut by abbreviations and initials', () => {
    check(sentenceEnd, [
      'Mr. Hyde met Dr. Lanyon.| They',
      'J. R. Hartley wrote it.| Yes',
      'The U.S. Navy came.| It',
      'No. 5 was free.| He',
      'She said no.| He left.',
      'It was I.| He left.',
    ]);
  });
  it('goes on after an ellipsis that nothing new follows', () => {
    check(sentenceEnd, [
      'Well... maybe.| So',
      'Well… I don’t know.| So',
      'He waited…| Nothing came.',
      'He waited…| It rained.',
      'wait…what?| So',
    ]);
  });
  it('ends at Chinese and Japanese stops, with no space', () => {
    check(sentenceEnd, [
      '他走了。|她留下。',
      '“走！”她说。|他走了。',
      '「行け！」と彼は言った。|彼は',
      '雨が降った。|',
    ]);
  });
  it('ends with its paragraph', () => {
    check(sentenceEnd, ['“I thought—|\n\n“Never mind.”', 'a wrapped\nline goes on.| Yes']);
    check(sentenceEnd, ['“I thought—|\n“Never mind.”'], 'line');
  });
});

describe('the first whole paragraph', () => {
  it('ends at a blank line', () => {
    check(paragraphEnd, [
      'One.\nTwo.|\n\nThree.',
      '\n\nOne.|\n \nTwo.',
      'One.\n',
      '.”\n\nOne.|\n\nTwo',
    ]);
  });
  it('ends at a line end where lines are paragraphs', () => {
    check(paragraphEnd, ['One. Two.|\nThree.', '\nOne.|\n\nTwo.'], 'line');
  });
  it('is told by the draft', () => {
    const long = 'word '.repeat(40);
    assert.equal(paragraphBreakOf('One.\n\nTwo.'), 'blank-line');
    assert.equal(paragraphBreakOf(`${long}\n${long}\n“Yes.”`), 'line');
    assert.equal(paragraphBreakOf('wrapped here\nand here\nand here\nand'), 'blank-line');
    assert.equal(paragraphBreakOf('One.'), 'line');
  });
});

describe('the first whole scene', () => {
  it('ends before a break', () => {
    check(sceneEnd, [
      'He left.\n\nShe stayed.|\n\n***\n\nMorning.',
      'He left.|\n\n* * *\n',
      'He left.|\n\n# Chapter 2',
      'He left.|\n\nChapter Two: The Man Who Came\n',
      'He left.|\n\nTHE END',
      'He left.|\n\nCHAPTER XXIX - THE VALLEY OF THE THREE BEARS\n',
      'He left.|\n\n⁂\n',
      '\n\n***\n\nHe left.|\n\n***',
      'He left.\n\nPart of him wanted to stay.\n\nAct now, she thought.',
    ]);
  });
  it('knows breaks from short lines', () => {
    for (const line of ['---', '#', '## Two', 'Epilogue', 'PART IV', 'The End.']) {
      assert.ok(isSceneBreak(line), line);
    }
    for (const line of ['“No.”', 'Part of it', 'Book a room.', '— Yes.', '']) {
      assert.ok(!isSceneBreak(line), line);
    }
  });
});

describe('borders in a growing text', () => {
  const piece = fc.constantFrom(
    ...[
      'He',
      ' said',
      '.',
      '!',
      '…',
      '...',
      '”',
      '"',
      ' ',
      '\n',
      '\n\n',
      'I',
      ' I',
      "'m",
      ' Mary',
      'Mr',
    ],
    ...[
      '。',
      '」',
      '」と',
      '走',
      ' Chapter',
      ' 2',
      '***',
      '#',
      ' no',
      ' a',
      ' the',
      ',',
      '—',
      '1',
      'The End',
    ],
  );
  const finders = { sentenceEnd, paragraphEnd, sceneEnd };
  for (const [name, find] of Object.entries(finders)) {
    it(`${name} finds the same wherever the text was cut, and never a place it had passed`, () => {
      fc.assert(
        fc.property(
          fc.array(piece, { maxLength: 30 }),
          fc.constantFrom('line' as const, 'blank-line' as const),
          (pieces, breaks) => {
            const text = pieces.join('');
            const whole = find(text, { from: 0, complete: true, breaks });
            let grown = '';
            let from = 0;
            let safe = 0;
            let border: Border = { found: false, safe: 0, resume: 0 };
            for (const next of [...pieces, undefined]) {
              grown += next ?? '';
              border = find(grown, { from, complete: next === undefined, breaks });
              if (border.found) {
                break;
              }
              safe = Math.max(safe, border.safe);
              from = border.resume;
            }
            assert.equal(border.found, whole.found);
            if (border.found && whole.found) {
              assert.equal(border.end, whole.end);
              assert.ok(border.end >= safe);
            }
          },
        ),
        { numRuns: 2000 },
      );
    });
  }
});

describe('taking from a branch', () => {
  const taken = (text: string, take: 'word' | 'sentence' | 'paragraph' | 'all') =>
    text.slice(0, takeFrom(text, take));

  it('takes a word with the space before and the punctuation after it', () => {
    assert.equal(taken(' a suitcase', 'word'), ' a');
    assert.equal(taken('\n\n“Go!” she', 'word'), '\n\n“Go!”');
    assert.equal(taken(' well-known, yes', 'word'), ' well-known,');
    assert.equal(taken(' door—and', 'word'), ' door—');
    assert.equal(taken(", don't", 'word'), ", don't");
    assert.equal(taken('…', 'word'), '…');
    assert.equal(taken('雨が降る', 'word'), '雨');
  });
  it('takes a sentence or a paragraph, or all where there is none', () => {
    assert.equal(taken(' he left. She stayed.', 'sentence'), ' he left.');
    assert.equal(taken(' he left', 'sentence'), ' he left');
    assert.equal(taken(' he left.\n\nShe stayed.', 'paragraph'), ' he left.');
    assert.equal(taken('one. two', 'all'), 'one. two');
    assert.equal(takeFrom('', 'sentence'), 0);
  });
  it('takes it all in the end', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom('word', 'sentence', 'paragraph'), (text, take) => {
        for (let rest = text; rest !== '';) {
          const length = takeFrom(rest, take);
          assert.ok(length > 0);
          rest = rest.slice(length);
        }
      }),
    );
  });
});
