import assert from 'node:assert/strict';
import { isRefusal, metaTalk, rewriteIn } from '../../../src/core/rewrite/answerText';

const SOURCE = 'Rain fell on the slip. “Go in,” said Ines.';
const TEXT = 'It had rained since four. Ines told them to go in.';
const read = (answer: string, source = SOURCE) => {
  const { start, end } = rewriteIn(answer, source);
  return answer.slice(start, end);
};

describe('the rewrite in an answer', () => {
  const wrapped: [what: string, answer: string][] = [
    ['nothing around it', TEXT],
    ['space', `\n\n  ${TEXT}\n`],
    ['a sentence before it', `Here is a rewrite of the passage:\n\n${TEXT}`],
    ['one with courtesy', `Sure! Here's another version:\n${TEXT}`],
    ['the same on its line', `Here’s a rewritten version: ${TEXT}`],
    ['a courtesy alone', `Certainly!\n\n${TEXT}`],
    ['a title', `**Rewritten passage**\n\n${TEXT}`],
    ['a heading with a number', `### Version 3\n${TEXT}`],
    ['a label', `Rewrite:\n${TEXT}`],
    ['a fence', `\`\`\`markdown\n${TEXT}\n\`\`\``],
    ['a fence after talk', `Here is the revised text:\n\n\`\`\`\n${TEXT}\n\`\`\``],
    ['straight quotes', `"${TEXT}"`],
    ['curly quotes', `“${TEXT}”`],
    ['tags', `<rewrite>\n${TEXT}\n</rewrite>`],
    ['thinking aloud', `<think>Hm: shorter.</think>\n\n${TEXT}`],
    ['a remark after it', `${TEXT}\n\nLet me know if you would like another tone.`],
    [
      'a rule and a remark',
      `${TEXT}\n\n---\n\n*This version keeps the rain but changes the order.*`,
    ],
    ['all of it', `Sure, here is a version:\n\n"${TEXT}"\n\nI hope this helps!`],
  ];
  for (const [what, answer] of wrapped) {
    it(`with ${what}`, () => assert.equal(read(answer), TEXT));
  }

  const kept: [what: string, answer: string, source?: string][] = [
    ['a speech with its tag', '“Go in,” Ines said. It rained.'],
    ['two speeches that begin and end it', '“Go in,” said Ines. “It rains.”'],
    ['a line of story with a colon', 'Here is what she saw: rain.\nNothing else.'],
    ['a first line of its own', 'Version two of the story was worse.\n\nNobody told it.'],
    ['what the source has too', '"All of it."', '"Everything."'],
    ['a fence that the source has', '```\ncode\n```', '```\nold\n```'],
    ['a last paragraph like the source’s', 'A.\n\nNote: bring bread.', 'B.\n\nNote: buy milk.'],
    ['a last paragraph of the story', 'She waited.\n\nI kept the letter.\n\nIt rained.'],
    ['a heading that is the text’s', '# Rain\n\nIt fell.', '# Regen\n\nEs fiel.'],
  ];
  for (const [what, answer, source] of kept) {
    it(`${what} stays`, () => assert.equal(read(answer, source), answer));
  }

  it('an answer of nothing but wrappers is empty', () => {
    assert.equal(read('```\n\n```'), '');
    assert.equal(read('  \n'), '');
  });
});

describe('talk about the rewrite', () => {
  for (const text of [
    'As an AI, I find rain difficult. It fell.',
    'It fell. The original passage had more rain.',
    'Option 1\nIt fell.\n\nOption 2\nIt poured.',
    'It fell.\n\nI’ve rewritten it to be colder.',
  ]) {
    it(`is seen in ${JSON.stringify(text.slice(0, 30))}`, () => assert.ok(metaTalk(text, SOURCE)));
  }

  it('is none where the source talks so, or where nobody does', () => {
    assert.equal(metaTalk('As an AI I wrote poems.', 'As an AI I have no hands.'), undefined);
    assert.equal(
      metaTalk('Her version of it was different, an option nobody had.', SOURCE),
      undefined,
    );
  });
});

describe('a refusal', () => {
  it('is seen where the model speaks for itself', () => {
    assert.ok(isRefusal('I’m sorry, but I can’t help with that.', SOURCE));
    assert.ok(isRefusal('I cannot rewrite this passage, as it is violent.', SOURCE));
    assert.ok(isRefusal('Sorry, I am unable to assist with that request.', SOURCE));
  });

  it('is none where somebody in the story does', () => {
    assert.ok(!isRefusal('I can’t help it, she said. It rains.', SOURCE));
    assert.ok(!isRefusal('Sorry, he said, and took the oar.', SOURCE));
    assert.ok(!isRefusal('I cannot remember the rain.', SOURCE));
  });
});
