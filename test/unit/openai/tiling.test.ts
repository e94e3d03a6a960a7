import assert from 'node:assert/strict';
import fc from 'fast-check';
import { pieces } from './harness';
import { bytesOf, completion, entry, read, type Sent } from './reader';

describe('tokens and text that come apart', () => {
  const word = fc.constantFrom(' she', ' was', ' 🎉', 'é', '\n', ' the', 'x', '雪', '.', ' ');
  const words = fc.array(word, { minLength: 1, maxLength: 30 });

  it('however text and entries are spread over events, every token keeps its number', () => {
    fc.assert(
      fc.property(words, fc.infiniteStream(fc.nat(4)), (tokens, random) => {
        const next = (): number => Number(random.next().value);
        const entries = tokens.map((token, i) => entry(token, -0.01 * (i + 1), [], bytesOf(token)));
        // Entries come with their text or some events before it.
        const parts: Sent[] = tokens.map(() => ({ text: '', entries: [] }));
        let due = 0;
        tokens.forEach((token, i) => {
          due = Math.max(due, i, Math.min(tokens.length - 1, i + next()));
          parts[i]?.entries.push(entries[i] ?? {});
          const part = parts[due];
          if (part) {
            part.text += token;
          }
        });
        const branch = read(parts.map((part) => completion(part)));
        assert.equal(branch.text, tokens.join(''));
        assert.deepEqual(pieces(branch), tokens);
        assert.deepEqual(
          branch.tokens.map(({ logprob }) => logprob),
          entries.map((sent) => sent['logprob']),
        );
      }),
    );
  });

  it('bytes of a text cut anywhere into tokens give the text back', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', minLength: 1 }),
        fc.array(fc.nat(9)),
        (raw, cuts) => {
          const text = raw.replace(/\r/g, '');
          const bytes = bytesOf(text);
          const entries: Sent['entries'] = [];
          for (let at = 0, i = 0; at < bytes.length; i++) {
            const piece = bytes.slice(at, at + 1 + (cuts[i] ?? 0));
            entries.push(entry(Buffer.from(piece).toString(), -1, [], piece));
            at += piece.length;
          }
          const branch = read([completion({ text, entries }, 'stop')]);
          assert.equal(branch.text, text);
          assert.equal(branch.tokens.length, entries.length);
          assert.ok(branch.tokens.every(({ logprob }) => logprob === -1));
        },
      ),
    );
  });

  it('with any text beside any entries the tokens tile the text', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ text: fc.string(), entries: fc.array(word) }), { maxLength: 8 }),
        (parts) => {
          const branch = read(
            parts.map(({ text, entries }) =>
              completion({ text, entries: entries.map((token) => entry(token, -1)) }),
            ),
          );
          assert.equal(branch.text.length, branch.tokens.at(-1)?.end ?? 0);
        },
      ),
    );
  });

  it('no JSON whatever makes it throw', () => {
    const names = fc.constantFrom(
      ...[
        'choices',
        'delta',
        'content',
        'text',
        'logprobs',
        'tokens',
        'token',
        'top_logprobs',
        'index',
      ],
      ...[
        'token_logprobs',
        'bytes',
        'logprob',
        'finish_reason',
        'usage',
        'message',
        'id',
        'prompt_tokens',
      ],
    );
    const { json } = fc.letrec<{ json: unknown }>((tie) => ({
      json: fc.oneof(
        { maxDepth: 7, withCrossShrink: true },
        fc.constantFrom(null, true, -1, 0, 1, 2.5, 1e300, '', 'x', '\uD800', 'stop'),
        fc.array(tie('json'), { maxLength: 4 }),
        fc.dictionary(names, tie('json'), { maxKeys: 6 }),
      ),
    }));
    fc.assert(
      fc.property(fc.array(json, { maxLength: 6 }), (parts) => {
        read(parts);
        read(parts.map((part) => ({ choices: [part] })));
        read(parts.map((part) => ({ choices: [{ index: 0, text: 'some text', logprobs: part }] })));
      }),
      { numRuns: 500 },
    );
  });

  it('choices that nobody asked for are ignored', () => {
    const branch = read([
      {
        choices: [
          { index: 0, text: 'a' },
          { index: 7, text: 'b' },
        ],
      },
    ]);
    assert.equal(branch.text, 'a');
  });
});
