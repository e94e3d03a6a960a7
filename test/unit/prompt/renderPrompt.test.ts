import assert from 'node:assert/strict';
import type { Passage, PromptPart, Strategy } from '../../../src/core/model/languageModel';
import {
  estimateTokens,
  fitPassage,
  fitToModel,
  roomFor,
} from '../../../src/core/prompt/fitPassage';
import { hearsInstruction } from '../../../src/core/prompt/hearsInstruction';
import { renderPrompt, strategyFor } from '../../../src/core/prompt/renderPrompt';

const OPTIONS = { maxTokens: 120 };
const PARAGRAPHS = Array.from(
  { length: 12 },
  (_, i) => `Paragraph ${i} begins here. ${'It has a few words more. '.repeat(5)}It ends.`,
);
const LONG = PARAGRAPHS.join('\n\n');
const FULL: Passage = {
  before: 'She waited on the quay with',
  after: '\n\nIn the morning the ferry came.',
  instruction: 'a stranger speaks to her',
  notes: 'Mara is thirty.',
  earlier: 'The last chapter ended so.\n',
};

function render(passage: Partial<Passage>, strategy: Strategy, options = OPTIONS): PromptPart[] {
  return renderPrompt({ before: '', after: '', ...passage }, strategy, options);
}
const roles = (parts: readonly PromptPart[]) => parts.map(({ role }) => role);
const textOf = (parts: readonly PromptPart[], role: PromptPart['role']) =>
  parts.find((part) => part.role === role)?.text ?? '';

describe('prompts for base models', () => {
  it('are the text alone where there is nothing else', () => {
    assert.deepEqual(render({ before: 'She', after: 'x' }, 'raw'), [{ role: 'text', text: 'She' }]);
    assert.deepEqual(render({ before: 'She', after: 'x' }, 'infill'), [
      { role: 'text', text: 'She' },
      { role: 'suffix', text: 'x' },
    ]);
  });
  it('have notes and wish as front matter, then the chapter before, then the text', () => {
    assert.equal(
      textOf(render(FULL, 'raw'), 'text'),
      "[Author's notes: Mara is thirty.\n\nWhat happens next: a stranger speaks to her]\n\n" +
        'The last chapter ended so.\n\nShe waited on the quay with',
    );
  });
  it('leave out a space at the end, which a token brings itself, but no line end', () => {
    assert.equal(textOf(render({ before: 'She ' }, 'raw'), 'text'), 'She');
    assert.equal(textOf(render({ before: 'She.\n\n' }, 'raw'), 'text'), 'She.\n\n');
    assert.equal(textOf(render({ before: 'She.\n    ' }, 'raw'), 'text'), 'She.\n    ');
  });
});

describe('prompts for chat models', () => {
  it('give the rules and what is no manuscript in one message, the manuscript in the other', () => {
    const parts = render(FULL, 'instruction');
    assert.deepEqual(roles(parts), ['system', 'user']);
    const system = textOf(parts, 'system');
    assert.match(system, /<notes>\nMara is thirty\.\n<\/notes>/);
    assert.match(system, /<later>\nIn the morning the ferry came\.\n<\/later>/);
    assert.match(system, /<wish>\na stranger speaks to her\n<\/wish>/);
    assert.equal(
      textOf(parts, 'user'),
      'The last chapter ended so.\n\nShe waited on the quay with',
    );
  });
  it('have no empty sections', () => {
    const system = textOf(render({ before: 'She', after: ' \n' }, 'instruction'), 'system');
    assert.doesNotMatch(system, /<\w+>/);
  });
  it('name beginnings that are taken', () => {
    const system = textOf(
      render({ before: 'She', taken: [' left.\n\nThen', 'stayed'] }, 'few-shot'),
      'system',
    );
    assert.match(system, /<taken>\n- left\. Then …\n- stayed …\n<\/taken>/);
  });
  it('say how far to go', () => {
    const said = (options: Parameters<typeof renderPrompt>[2]) =>
      textOf(renderPrompt({ before: 'She', after: '' }, 'instruction', options), 'system');
    assert.match(said({ maxTokens: 120, reach: 'sentence' }), /one sentence/);
    assert.match(said({ maxTokens: 120, reach: 'paragraph' }), /one paragraph/);
    assert.match(said({ maxTokens: 120, reach: 'scene' }), /scene/);
    assert.match(said({ maxTokens: 120 }), /about 90 words/);
    assert.match(said({ maxTokens: 5 }), /about 10 words/);
  });
  it('ask for nothing that collapses', () => {
    for (const strategy of ['prefill', 'few-shot', 'instruction'] as const) {
      const system = textOf(render({ before: LONG }, strategy), 'system');
      const bait =
        /vivid|engaging|compelling|creative|beautiful|poetic|meaningful|captivating|satisfying|rich|show, don't tell|conclusion/i;
      assert.doesNotMatch(system, bait);
    }
  });
  it('never have an empty message', () => {
    for (const strategy of ['prefill', 'few-shot', 'instruction'] as const) {
      for (const before of ['', ' ', '\n\n', 'She', `${LONG}\n\n`]) {
        const parts = render({ before }, strategy);
        assert.ok(parts.every(({ text }) => text.trim() !== ''));
      }
    }
  });
  it('by prefill end with the last paragraphs as the reply, nothing twice', () => {
    const parts = render({ before: LONG }, 'prefill');
    assert.deepEqual(roles(parts), ['system', 'user', 'assistant']);
    const reply = textOf(parts, 'assistant');
    assert.ok(reply.startsWith('Paragraph') && reply.length >= 600 && reply.length < 900);
    assert.equal(`${textOf(parts, 'user')}\n\n${reply}`, LONG);
    assert.deepEqual(roles(render({ before: 'She ' }, 'prefill')), ['system', 'user', 'assistant']);
    assert.equal(textOf(render({ before: 'She ' }, 'prefill'), 'assistant'), 'She');
  });
});

describe('an instruction', () => {
  it('is in every prompt that is rendered, and missed where it is not', () => {
    for (const strategy of ['raw', 'infill', 'prefill', 'few-shot', 'instruction'] as const) {
      const prompt = { strategy, parts: render(FULL, strategy), parameters: {} };
      assert.ok(hearsInstruction(prompt, FULL), strategy);
    }
    const parts = [{ role: 'text' as const, text: FULL.before }];
    assert.ok(!hearsInstruction({ strategy: 'raw', parts, parameters: {} }, FULL));
    assert.ok(
      hearsInstruction({ strategy: 'raw', parts, parameters: {} }, { before: '', after: '' }),
    );
  });
});

describe('prompts from the draft itself', () => {
  const messages = (before: string, options = OPTIONS) =>
    render({ before }, 'few-shot', options).slice(1);

  it('show all of it, in order, as turns that end with the place', () => {
    const parts = messages(`${LONG}\n\n`);
    assert.ok(parts.length >= 3 && parts.length % 2 === 1);
    assert.deepEqual(
      roles(parts),
      parts.map((_, i) => (i % 2 === 0 ? 'user' : 'assistant')),
    );
    const plain = (text: string) => text.replace(/\s+/gu, ' ').trim();
    assert.equal(plain(parts.map(({ text }) => text).join(' ')), plain(LONG));
    for (const { role, text } of parts) {
      assert.ok(role === 'assistant' || text.length >= 300);
      assert.ok(role === 'user' || text.startsWith('Paragraph'), text);
    }
  });
  it('begin continuations as the one that is wanted begins', () => {
    const inSentence = messages(`${LONG}\n\nShe waited on the quay with`);
    assert.match(inSentence[1]?.text ?? '', /^(?:here|begins|\d+)\b/);
    const afterSentence = messages(LONG);
    assert.match(afterSentence[1]?.text ?? '', /^It has a few words more\./);
  });
  it('are long where long ones are wanted', () => {
    const short = renderPrompt({ before: LONG, after: '' }, 'few-shot', {
      maxTokens: 300,
      reach: 'paragraph',
    });
    const long = renderPrompt({ before: LONG, after: '' }, 'few-shot', { maxTokens: 300 });
    assert.ok((short[2]?.text.length ?? 0) < 200);
    assert.ok((long[2]?.text.length ?? 0) >= 900);
  });
  it('fall back to the instruction where there is too little of it', () => {
    const passage = { before: 'She waited.', after: '' };
    assert.deepEqual(
      renderPrompt(passage, 'few-shot', OPTIONS),
      renderPrompt(passage, 'instruction', OPTIONS),
    );
    assert.equal(strategyFor(passage, 'few-shot', OPTIONS), 'instruction');
    assert.equal(strategyFor({ ...passage, before: LONG }, 'few-shot', OPTIONS), 'few-shot');
    assert.equal(strategyFor(passage, 'raw', OPTIONS), 'raw');
  });
});

describe('a passage that is too long for a model', () => {
  const passage: Passage = { before: LONG, after: 'word '.repeat(400), earlier: LONG };

  it('is left alone where it fits', () => {
    const { passage: same, cut } = fitPassage(passage, 100_000);
    assert.equal(same, passage);
    assert.deepEqual(cut, { earlier: 0, before: 0, after: 0 });
  });
  it('loses the chapter before first, from its beginning', () => {
    const { passage: fitted, cut } = fitPassage(passage, 1100);
    assert.equal(fitted.before, LONG);
    assert.ok(LONG.endsWith(fitted.earlier ?? '?') && cut.earlier > 0);
    assert.equal(cut.after, 0);
  });
  it('then text before the place, from a paragraph on, and says how much', () => {
    const { passage: fitted, cut } = fitPassage(passage, 300);
    assert.ok(LONG.endsWith(`\n\n${fitted.before}`) && fitted.before.startsWith('Paragraph'));
    assert.equal(cut.before, LONG.length - fitted.before.length);
    assert.equal(cut.after, passage.after.length - fitted.after.length);
    assert.equal(fitted.earlier, undefined);
  });
  it('keeps within every budget, notes and wish whole', () => {
    const full = { ...passage, notes: 'Mara is thirty.', instruction: 'rain' };
    for (let budget = 10; budget < 2500; budget += 37) {
      const {
        before,
        after,
        earlier = '',
        notes = '',
        instruction = '',
      } = fitPassage(full, budget).passage;
      assert.equal(notes + instruction, 'Mara is thirty.rain');
      const tokens = [before, after, earlier, notes, instruction].map(estimateTokens);
      assert.ok(tokens.reduce((sum, n) => sum + n, 0) <= budget + 1, `${budget}`);
    }
  });
  it('keeps of the model’s own tokens those that stand whole in what is kept', () => {
    const emitted = Array.from({ length: 200 }, (_, id) => ({ text: ` word${id % 10}`, id }));
    const own = emitted.map(({ text }) => text).join('');
    const passage = { before: `${LONG}${own}`, after: '', emitted };
    const roomy = fitPassage(passage, 600).passage;
    assert.ok(roomy.before.length < passage.before.length && roomy.before.endsWith(own));
    assert.deepEqual(roomy.emitted, emitted);
    const tight = fitPassage(passage, 50).passage;
    const kept = tight.emitted ?? [];
    const text = kept.map((token) => token.text).join('');
    assert.ok(kept.length > 10 && kept.length < 200, `${kept.length}`);
    assert.deepEqual(kept, emitted.slice(-kept.length));
    // The word at which it is cut has lost its space, and with it is no longer the token that it was.
    assert.equal(tight.before, `word${((kept[0]?.id ?? 0) + 9) % 10}${text}`);
    assert.equal(
      'emitted' in fitPassage({ ...passage, before: LONG, emitted: [] }, 50).passage,
      false,
    );
  });

  it('is cut where there are neither paragraphs nor spaces', () => {
    const { passage: fitted } = fitPassage({ before: '雨'.repeat(900), after: '' }, 100);
    assert.equal(fitted.before, '雨'.repeat(100));
  });
  it('counts a quarter of a token a letter, and ideographs whole', () => {
    assert.equal(estimateTokens('abcdefgh'), 2);
    assert.equal(estimateTokens('雨が降る'), 4);
  });
  it('leaves room for the reply and for what a chat is wrapped in, but never none for the draft', () => {
    assert.equal(roomFor(4096, 120, 'raw'), 4096 - 120 - 8);
    assert.ok(roomFor(4096, 120, 'few-shot') < roomFor(4096, 120, 'raw'));
    assert.equal(roomFor(100, 120, 'raw'), 25);
    assert.equal(roomFor(Infinity, 120, 'raw'), Infinity);
  });
  it('begins at a paragraph or a word, wherever a long text is cut', () => {
    const before = `${'word '.repeat(40)}end\n\n`.repeat(60);
    for (let budget = 30; budget < 400; budget += 7) {
      const kept = fitPassage({ before, after: '' }, budget).passage.before;
      assert.ok(
        kept === '' || kept.startsWith('word ') || kept.startsWith('end'),
        kept.slice(0, 9),
      );
      assert.ok(estimateTokens(kept) > budget - 60, `${budget}`);
    }
    const emoji = '👩‍👩‍👧'.repeat(200);
    const kept = fitPassage({ before: emoji, after: '' }, 60).passage.before;
    assert.doesNotMatch(kept, /\p{Cs}/u);
  });
  it('is cut to the writer’s budget or to the model’s, and says which', () => {
    const options = { maxTokens: 100, context: 500 };
    const { cut, passage: sent } = fitToModel(passage, 'few-shot', options);
    assert.ok(cut && cut.earlier > 0 && cut.limit === undefined);
    assert.ok(sent.before.length < LONG.length + 1);
    assert.equal(fitToModel(passage, 'few-shot', options, 800).cut?.limit, 800);
    assert.equal(fitToModel(passage, 'few-shot', { maxTokens: 100 }).cut, undefined);
    // Raw text takes nothing from after the place, so nothing of it is missed.
    const raw = fitToModel({ before: 'It rained.', after: LONG }, 'raw', options);
    assert.equal(raw.cut, undefined);
    assert.equal(raw.passage.after, LONG);
  });
});
