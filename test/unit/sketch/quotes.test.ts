import assert from 'node:assert/strict';
import { QuoteState } from '../../../src/core/model/sketch/quotes';
import { glues, traitsOf } from '../../../src/core/model/sketch/traits';

describe('Sketch: what may stand where', () => {
  it('opens and closes quotes and brackets in turn, curly or straight', () => {
    const cases: [string, { yes: string[]; no: string[] }][] = [
      ['He said,', { yes: [' “', ' "', ' and', '\n\n'], no: ['”', '"', ')'] }],
      ['He said, “No', { yes: ['”', ' one', ' ('], no: [' “', '\n\n', ')'] }],
      ['He said, “No (or', { yes: [')', ' yes', ' ['], no: ['”', ' (', '\n\n'] }],
      ['He said, "No (or yes)', { yes: ['"', ' or'], no: [')', '\n\n'] }],
      ['"No"', { yes: [' he', '--'], no: ['he', '5'] }],
      ['The [', { yes: ['next'], no: [' next', ']'] }],
      ['He said, "No', { yes: ['"', ' one'], no: [' "', '\n'] }],
      ['He said, “', { yes: ['No'], no: [' no', '”', '\n\n'] }],
      ['He left.\n\n', { yes: ['“', '"', 'Then'], no: [' then', '”'] }],
      ['“One.\n\nHe', { yes: [' “', '\n'], no: ['”'] }],
      ['"Yes," she said, "no', { yes: ['"'], no: [' "'] }],
      ['', { yes: ['The', '“'], no: ['”', ' the', "'"] }],
      ["'No,' he said. 'Yes", { yes: ["'", ' one'], no: ['"', ' "', " '", '\n'] }],
      ["'No,' he said,", { yes: [" '", ' one'], no: ['"', ' "', "'"] }],
      ["'Tis so. The boys'", { yes: ['\n\n'], no: [] }],
    ];
    for (const [text, { yes, no }] of cases) {
      const state = QuoteState.after(text);
      yes.forEach((token) => assert.equal(state.allows(token), true, `${text} + ${token}`));
      no.forEach((token) => assert.equal(state.allows(token), false, `${text} + ${token}`));
    }
  });

  it('is copied, not shared', () => {
    const state = QuoteState.after('He said, ');
    state.copy().pass('“');
    assert.equal(state.allows('”'), false);
  });

  it('sees what would read as one', () => {
    const cases: [string, string, boolean][] = [
      [' the', 'cat', true],
      [' the', ' cat', false],
      [' 5', 'th', true],
      [' the', ',', false],
      ['\n', '\n', true],
      [' ', 'cat', true],
      ['.', '.', true],
      ['“', 'The', false],
      ['漢', '字', false],
      ['-', 'kept', false],
    ];
    for (const [left, right, expected] of cases) {
      assert.equal(
        glues(left, traitsOf(left), right, traitsOf(right)),
        expected,
        `${left}|${right}`,
      );
    }
  });
});
