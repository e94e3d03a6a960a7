import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Collector } from '../../../src/core/model/collector';
import type { Chunk, Strategy } from '../../../src/core/model/languageModel';
import type { Token } from '../../../src/core/model/token';
import { cleanReply } from '../../../src/core/prompt/cleanReply';
import { tokensOf } from '../../fixtures/scriptedModel';

/** The reply as a model would write it: words with the space before them, marks alone. */
function tokensIn(reply: string): Token[] {
  const parts = reply.match(/[ ]?[\p{L}\p{N}]+|\s+|[^\s]/gu) ?? [];
  return tokensOf(parts.map((part) => [part, 0.5]));
}

function* inChunks(reply: string, tokens: readonly Token[], sizes: readonly number[]) {
  let next = 0;
  for (let i = 0; next < tokens.length; i++) {
    const some = tokens.slice(next, next + Math.max(1, sizes[i % sizes.length] ?? 1));
    next += some.length;
    const text = reply.slice(some[0]?.start, some.at(-1)?.end);
    yield { branch: 0, kind: 'delta', text, tokens: some } as const;
  }
  yield { branch: 0, kind: 'end', finish: 'stop' } as const;
}

async function* asStream(chunks: Iterable<Chunk>): AsyncGenerator<Chunk> {
  for (const chunk of chunks) {
    await Promise.resolve();
    yield chunk;
  }
}

interface Chat {
  strategy?: Strategy;
  sizes?: readonly number[];
  tokens?: readonly Token[];
}

async function cleaned(
  before: string,
  reply: string,
  { strategy = 'instruction', sizes = [1], tokens = tokensIn(reply) }: Chat = {},
) {
  const collector = new Collector(1);
  const chunks = asStream(inChunks(reply, tokens, sizes));
  for await (const chunk of cleanReply(chunks, { before, after: '' }, strategy)) {
    collector.add(chunk);
  }
  const [branch] = collector.branches;
  assert.ok(branch);
  assert.equal(branch.status, 'done');
  let at = 0;
  for (const { start, end } of branch.tokens) {
    assert.equal(start, at);
    at = end;
  }
  assert.equal(at, branch.text.length);
  return branch;
}

const BEFORE = 'The ferry was late. She waited on the quay with';
const DONE = 'The ferry was late. She waited on the quay.';

/** What stands before, the reply, and what becomes of it. */
const TABLE: readonly [what: string, before: string, reply: string, text: string][] = [
  ['gives a word its space', BEFORE, 'a suitcase.', ' a suitcase.'],
  ['keeps a space that is there', BEFORE, ' a suitcase.', ' a suitcase.'],
  ['gives a mark none', BEFORE, ', she said', ', she said'],
  ['gives none after a quote that opens', 'She said, "', 'Go."', 'Go."'],
  ['gives one after a quote that closes', 'She said, "Go."', 'He went.', ' He went.'],
  ['gives none after a line end', `${DONE}\n\n`, '\n\nNobody came.', 'Nobody came.'],
  ['keeps a new paragraph', DONE, '\n\nNobody came.', '\n\nNobody came.'],
  ['gives none in Chinese', '他走了。', '她留下。', '她留下。'],
  ['drops the last words again', BEFORE, 'She waited on the quay with a suitcase.', ' a suitcase.'],
  ['drops the last few words again', BEFORE, 'on the quay with a suitcase.', ' a suitcase.'],
  ['drops them in other quotes', 'He said, “Go on!” She', 'He said, "Go on!" She went.', ' went.'],
  ['drops all of the passage again', BEFORE, `${BEFORE} a suitcase.`, ' a suitcase.'],
  ['keeps one word again', BEFORE, 'with her', ' with her'],
  ['keeps a refrain that goes another way', DONE, 'She waited on.', ' She waited on.'],
  ['drops a preamble', BEFORE, "Sure! Here's the continuation:\n\na suitcase.", ' a suitcase.'],
  ['drops a label', BEFORE, '**Continuation:**\n\na suitcase.', ' a suitcase.'],
  ['drops a preamble on the same line', DONE, 'Continuing the story: He came.', ' He came.'],
  [
    'keeps a sentence of the story',
    DONE,
    'Here is the thing: he lied.',
    ' Here is the thing: he lied.',
  ],
  ['keeps a speech without quotes', DONE, 'Sure, he said. Here.', ' Sure, he said. Here.'],
  ['keeps a walk', DONE, 'Continuing east, he saw: a bike.', ' Continuing east, he saw: a bike.'],
  ['drops a code fence', DONE, '```text\nHe came.\n```', ' He came.'],
  ['drops what follows the fence', DONE, '```\nHe came.\n```\nShall I go on?', ' He came.'],
  ['drops quotes around it all', BEFORE, '"a suitcase."', ' a suitcase.'],
  ['drops quotes around a repetition', BEFORE, '"on the quay with a suitcase."', ' a suitcase.'],
  ['keeps a speech', DONE, '"Go!" she said. "Now."', ' "Go!" she said. "Now."'],
  ['drops thinking', DONE, '<think>He should come.</think>\n\nHe came.', ' He came.'],
  [
    'drops a preamble before a fence',
    DONE,
    'Here is the next part:\n```\nHe came.\n```',
    ' He came.',
  ],
  [
    'drops a question to the writer after the text',
    DONE,
    'He came.\n\nWould you like me to continue the scene from here?',
    ' He came.',
  ],
  [
    'drops an offer below a rule',
    DONE,
    'He came.\n\n---\n\n*Let me know if you want a different tone or style!*',
    ' He came.',
  ],
  [
    'drops a note on the text',
    DONE,
    'He came.\n\n(Note: I kept the past tense of the passage.)',
    ' He came.',
  ],
  ['drops a count', DONE, 'He came.\n\n**Word count:** 120 words', ' He came.'],
  [
    'keeps a question that somebody asks',
    DONE,
    'He came.\n\n"Would you like me to continue?" he said.',
    ' He came.\n\n"Would you like me to continue?" he said.',
  ],
  [
    'keeps a paragraph that only begins like a remark',
    DONE,
    'He came.\n\nShall I tell her? he thought.',
    ' He came.\n\nShall I tell her? he thought.',
  ],
  [
    'keeps a remark that the story goes on after',
    DONE,
    'He came.\n\nLet me know, said the story.\n\nShe did not.',
    ' He came.\n\nLet me know, said the story.\n\nShe did not.',
  ],
  [
    'keeps such a line within a paragraph',
    DONE,
    'He read:\nNote: the story of the quay.',
    ' He read:\nNote: the story of the quay.',
  ],
  [
    'restarts the sentence',
    BEFORE,
    'She waited on the quay with a suitcase and a cat.',
    ' a suitcase and a cat.',
  ],
  [
    'restarts it after a preamble, in quotes',
    BEFORE,
    'Certainly! Here\'s the continuation:\n\n"She waited on the quay with a suitcase."',
    ' a suitcase.',
  ],
  ['keeps nothing of nothing', DONE, '', ''],
];

describe('replies of chat models', () => {
  for (const [what, before, reply, text] of TABLE) {
    it(what, async () => {
      assert.equal((await cleaned(before, reply)).text, text);
    });
  }

  it('keep the probability of every token that is whole', async () => {
    const { tokens } = await cleaned(BEFORE, 'with a suitcase.');
    assert.deepEqual(
      tokens.map(({ start, end, missing }) => [start, end, missing]),
      [
        [0, 1, 'gap'],
        [1, 5, undefined],
        [5, 7, undefined],
        [7, 16, undefined],
        [16, 17, undefined],
      ],
    );
  });

  it('lose the probability of a token that was cut', async () => {
    const tokens = tokensOf([
      ['"a', 0.5],
      [' suitcase', 0.5],
      ['."', 0.5],
    ]);
    const branch = await cleaned(BEFORE, '"a suitcase."', { tokens });
    assert.deepEqual(
      branch.tokens.map(({ missing }) => missing),
      ['gap', 'gap', undefined, 'gap'],
    );
  });

  it('are the same however they were cut into chunks', async () => {
    const piece = fc.constantFrom(
      ...TABLE.flatMap(([, , reply]) => reply.split(/(?<=\s)/u)),
      ...['"', '```', '\n', ':', '<think>', '</think>', 'Here is', ' the', ' story', '“'],
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(BEFORE, DONE, `${BEFORE} `, 'He said “Go.” She', '走了。', ''),
        fc.array(piece, { maxLength: 12 }),
        fc.constantFrom<Strategy>('raw', 'infill', 'prefill', 'few-shot', 'instruction'),
        fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 6 }),
        async (before, pieces, strategy, sizes) => {
          const reply = pieces.join('');
          const one = await cleaned(before, reply, { strategy, sizes: [Infinity] });
          const other = await cleaned(before, reply, { strategy, sizes });
          assert.equal(other.text, one.text);
          assert.deepEqual(other.tokens, one.tokens);
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('are the same without tokens', async () => {
    for (const [, before, reply, text] of TABLE) {
      const collector = new Collector(1);
      const chunks = reply
        .split(/(?=\s)/u)
        .map((piece): Chunk => ({ branch: 0, kind: 'delta', text: piece }));
      const stream = asStream(chunks);
      for await (const chunk of cleanReply(stream, { before, after: '' }, 'instruction')) {
        collector.add(chunk);
      }
      assert.equal(collector.branches[0]?.text, text);
    }
  });

  it('come at once where nothing is in doubt, and keep branches apart', async () => {
    const reply: Chunk[] = [
      { branch: 0, kind: 'delta', text: 'Nobody' },
      { branch: 1, kind: 'delta', text: 'Sure' },
      { branch: 0, kind: 'delta', text: ' came' },
      { branch: 1, kind: 'delta', text: '!\n\nRain' },
    ];
    const texts: [number, string][] = [];
    for await (const chunk of cleanReply(
      asStream(reply),
      { before: DONE, after: '' },
      'few-shot',
    )) {
      texts.push([chunk.branch, chunk.kind === 'delta' ? chunk.text : '']);
    }
    assert.deepEqual(texts, [
      [0, ' '],
      [0, 'Nobody'],
      [0, ' came'],
      [1, ' '],
      [1, 'Rain'],
    ]);
  });
});

describe('replies of models that go on with the text', () => {
  const raw = (before: string, reply: string, strategy: Strategy = 'raw') =>
    cleaned(before, reply, { strategy });

  it('are left alone', async () => {
    for (const reply of [
      'a',
      ' a',
      '"quay"',
      'Here is the continuation:\n',
      '```\nx\n```',
      BEFORE,
    ]) {
      const { text, tokens } = await raw(BEFORE, reply);
      assert.equal(text, reply);
      assert.deepEqual(tokens, tokensIn(reply));
    }
  });

  it('lose a space that the draft has already, and the token keeps its probability', async () => {
    const { text, tokens } = await raw(`${BEFORE} `, ' a suitcase');
    assert.equal(text, 'a suitcase');
    assert.deepEqual(
      tokens.map(({ start, end, logprob }) => [start, end, logprob]),
      [
        [0, 1, Math.log(0.5)],
        [1, 10, Math.log(0.5)],
      ],
    );
  });

  it('lose a prefill that a server repeats', async () => {
    assert.equal((await raw(BEFORE, `${BEFORE} a suitcase`, 'prefill')).text, ' a suitcase');
    assert.equal((await raw(BEFORE, 'hold', 'prefill')).text, 'hold');
  });
});
