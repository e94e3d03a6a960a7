import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Collector } from '../../../src/core/model/collector';
import type { Chunk, Reach } from '../../../src/core/model/languageModel';
import { limitReach } from '../../../src/core/model/reach';
import { tokensOf, type Part } from '../../fixtures/scriptedModel';

const end = (branch: number, finish: 'stop' | 'length' | 'cancelled' = 'length'): Chunk => ({
  branch,
  kind: 'end',
  finish,
});

function deltasOf(branch: number, parts: readonly Part[]): Chunk[] {
  const tokens = tokensOf(parts);
  return parts.map(([text], i) => ({
    branch,
    kind: 'delta',
    text,
    tokens: tokens.slice(i, i + 1),
  }));
}

/** What comes of chunks, and how many of them were asked for. */
async function limited(chunks: readonly Chunk[], reach: Reach | undefined, n = 1) {
  const seen = { asked: 0, returned: false };
  async function* source(): AsyncGenerator<Chunk> {
    try {
      for (const chunk of chunks) {
        await Promise.resolve();
        seen.asked++;
        yield chunk;
      }
    } finally {
      seen.returned = true;
    }
  }
  const collector = new Collector(n);
  const passed: Chunk[] = [];
  for await (const chunk of limitReach(source(), reach, { n })) {
    passed.push(chunk);
    collector.add(chunk);
  }
  return { ...seen, passed, branches: collector.branches };
}

describe('how far a branch goes', () => {
  it('ends after its first sentence, and the source is told to stop', async () => {
    const parts: Part[] = [
      [' He', 0.5],
      [' left', 0.9],
      ['.', 0.4],
      [' She', 0.3],
      [' stayed', 0.2],
    ];
    const { branches, asked, returned } = await limited(
      [...deltasOf(0, parts), end(0)],
      'sentence',
    );
    assert.equal(branches[0]?.text, ' He left.');
    assert.equal(branches[0].finish, 'stop');
    assert.deepEqual(branches[0].tokens, tokensOf(parts.slice(0, 3)));
    assert.equal(asked, 4);
    assert.ok(returned);
  });

  it('lets text go at once while it is inside for certain', async () => {
    const parts: Part[] = [
      [' He', 0.5],
      [' left', 0.9],
      [' early', 0.4],
    ];
    const { passed } = await limited(deltasOf(0, parts), 'sentence');
    assert.deepEqual(
      passed.map((chunk) => (chunk.kind === 'delta' ? chunk.text : '')),
      [' He', ' left', ' early'],
    );
  });

  it('cuts a token that lies across the border, which then has no probability', async () => {
    const { branches } = await limited(
      deltasOf(0, [
        [' Gone', 0.5],
        ['.\n\n', 0.9],
        ['She', 0.3],
      ]),
      'paragraph',
    );
    assert.equal(branches[0]?.text, ' Gone.');
    const [whole, cut, ...more] = branches[0].tokens;
    assert.equal(whole?.logprob, Math.log(0.5));
    assert.deepEqual(cut, {
      start: 5,
      end: 6,
      logprob: null,
      missing: 'gap',
      alternatives: [],
      tail: null,
    });
    assert.deepEqual(more, []);
  });

  it('cuts a text without tokens, too', async () => {
    const chunks: Chunk[] = [{ branch: 0, kind: 'delta', text: 'He left. She' }, end(0, 'stop')];
    const { branches } = await limited(chunks, 'sentence');
    assert.equal(branches[0]?.text, 'He left.');
    assert.equal(branches[0].tokens[0]?.missing, 'unsupported');
  });

  it('ends each of several branches for itself and waits for the last', async () => {
    const [a1, a2, a3] = deltasOf(0, [
      ['One.', 0.5],
      [' Two', 0.5],
      [' more', 0.5],
    ]);
    const [b1, b2] = deltasOf(1, [
      ['And', 0.5],
      [' so on', 0.5],
    ]);
    assert.ok(a1 && a2 && a3 && b1 && b2);
    const { branches, passed, asked } = await limited(
      [a1, b1, a2, a3, end(0), b2, end(1)],
      'sentence',
      2,
    );
    assert.deepEqual(
      branches.map(({ text, finish }) => [text, finish]),
      [
        ['One.', 'stop'],
        ['And so on', 'length'],
      ],
    );
    assert.equal(passed.filter(({ kind }) => kind === 'end').length, 2);
    assert.equal(asked, 7);
  });

  it('keeps a whole sentence at the end of what came, and says that it is one', async () => {
    const { branches } = await limited([...deltasOf(0, [['He left.', 0.5]]), end(0)], 'sentence');
    assert.deepEqual([branches[0]?.text, branches[0]?.finish], ['He left.', 'stop']);
  });

  it('keeps what came of a branch that was stopped or failed', async () => {
    const error = { code: 'stream', message: '', action: '', retryable: true } as const;
    for (const last of [end(0, 'cancelled'), { branch: 0, kind: 'error', error } as const]) {
      const { branches } = await limited(
        [
          ...deltasOf(0, [
            ['Mr.', 0.5],
            [' ', 0.5],
          ]),
          last,
        ],
        'sentence',
      );
      assert.equal(branches[0]?.text, 'Mr. ');
      assert.equal(branches[0].status, last.kind === 'error' ? 'failed' : 'stopped');
    }
  });

  it('ends a scene at a break and leaves everything alone without a reach', async () => {
    const parts: Part[] = [
      ['He left.\n', 0.5],
      ['\n***', 0.5],
      ['\n\nDawn', 0.5],
    ];
    const scene = await limited(deltasOf(0, parts), 'scene');
    assert.equal(scene.branches[0]?.text, 'He left.');
    const chunks = [...deltasOf(0, parts), end(0)];
    assert.deepEqual((await limited(chunks, undefined)).passed, chunks);
  });

  it('gives the same however the text was cut into tokens, and tokens tile it', async () => {
    const text = 'He said “Go!” Mary left… I think. It rained.\n\nShe 👩‍👧 stayed.\n\n***\n\nDawn.';
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: text.length }), { maxLength: 20 }),
        fc.constantFrom<Reach>('sentence', 'paragraph', 'scene'),
        async (cuts, reach) => {
          const at = [0, ...cuts.sort((a, b) => a - b), text.length];
          const parts = at.slice(1).map((to, i): Part => [text.slice(at[i], to), 0.5]);
          const { branches } = await limited([...deltasOf(0, parts), end(0)], reach);
          const whole = await limited([...deltasOf(0, [[text, 0.5]]), end(0)], reach);
          assert.equal(branches[0]?.text, whole.branches[0]?.text);
          assert.equal(
            branches[0]?.tokens.map(({ start, end: to }) => text.slice(start, to)).join(''),
            branches[0]?.text,
          );
        },
      ),
    );
  });
});
