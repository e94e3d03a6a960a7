import assert from 'node:assert/strict';
import { probability, type Token } from '../../../src/core/model/token';
import { allRecordings } from '../../fixtures/recordedServer';
import type { Recording } from '../../fixtures/replayServer';
import { startReplayServer } from '../../fixtures/replayServer';
import { collect, openModel } from './harness';

/** What a recording says of one token; nothing of what Variorum reads is used to read it. */
interface Recorded {
  id: number;
  token: string;
  logprob?: number;
  top_logprobs?: { id: number; logprob: number }[];
}

interface RecordedChoice {
  index: number;
  logprobs?: { content: Recorded[] } | null;
}

function entriesOf({ response: { json, raw_sse: sse } }: Recording): Map<number, Recorded[]> {
  const events =
    sse === undefined
      ? [json]
      : Array.from(
          sse.matchAll(/^data: (\{.*\})$/gmu),
          ([, data]) => JSON.parse(data ?? '') as unknown,
        );
  const entries = new Map<number, Recorded[]>();
  for (const event of events) {
    for (const { index, logprobs } of (event as { choices?: RecordedChoice[] }).choices ?? []) {
      entries.set(index, [...(entries.get(index) ?? []), ...(logprobs?.content ?? [])]);
    }
  }
  return entries;
}

const hasLogprobs = (recording: Recording): boolean =>
  recording.response.status === 200 &&
  recording.request.path.endsWith('completions') &&
  [...entriesOf(recording).values()].flat().some(({ logprob }) => logprob !== undefined);

/** Tokens: a branch that goes far beyond what was asked for is ended. */
const MORE_THAN_RECORDED = 600;
/** What may differ: the numbers are read, not computed. */
const EXACTLY = 1e-6;

describe('every probability of every recording', () => {
  const recordings = allRecordings().filter(hasLogprobs);

  it('there are recordings by both APIs, streamed and whole', () => {
    const kinds = recordings.map(
      ({ request: { path }, response }) => `${path} ${response.raw_sse === undefined}`,
    );
    assert.equal(new Set(kinds).size, 4);
    assert.ok(recordings.length >= 40, `${recordings.length}`);
  });

  for (const recording of recordings) {
    it(`${recording.name}: is shown as recorded`, async () => {
      const entries = entriesOf(recording);
      const server = await startReplayServer([recording]);
      try {
        const api = recording.request.path.includes('chat') ? 'chat' : 'completions';
        const messages = recording.request.body?.['messages'] as { role: string }[] | undefined;
        const isBegun = messages?.at(-1)?.role === 'assistant';
        const strategy = api === 'completions' ? 'raw' : isBegun ? 'prefill' : 'instruction';
        const model = openModel(server.baseUrl, { api, strategy });
        const n = Math.max(...entries.keys()) + 1;
        const { branches } = await collect(model, { n, maxTokens: MORE_THAN_RECORDED });
        for (const [index, recorded] of entries) {
          const shown = branches[index]?.tokens.filter(({ logprob }) => logprob !== null) ?? [];
          compare(shown, recorded, recording.name);
        }
      } finally {
        await server.close();
      }
    });
  }
});

/** Tokens that are shown are entries in their order; an entry may go with text that was taken away. */
function compare(shown: readonly Token[], recorded: readonly Recorded[], name: string): void {
  let at = 0;
  for (const token of shown) {
    while (recorded[at] && recorded[at]?.id !== token.id) {
      at += 1;
    }
    const entry = recorded[at];
    assert.ok(entry?.logprob !== undefined, `${name}: a number that was not recorded`);
    assert.ok(Math.abs((token.logprob ?? 1) - Math.min(0, entry.logprob)) <= EXACTLY);
    assert.ok(Math.abs((probability(token) ?? -1) - Math.exp(entry.logprob)) <= EXACTLY);
    const given = new Map(entry.top_logprobs?.map(({ id, logprob }) => [id, logprob]));
    assert.equal(token.alternatives.length, given.size);
    for (const { id, logprob } of token.alternatives) {
      assert.ok(Math.abs(logprob - (given.get(id ?? -1) ?? 1)) <= EXACTLY, `${name}: ${id}`);
    }
    at += 1;
  }
  const lost = recorded.length - shown.length;
  assert.ok(shown.length > 0 && lost <= 6, `${name}: ${lost} of ${recorded.length} are not shown`);
}
