import assert from 'node:assert/strict';
import { Collector, type CollectedBranch } from '../../../src/core/model/collector';
import type { Strategy } from '../../../src/core/model/languageModel';
import { Answer } from '../../../src/core/model/openai/answer';
import { BranchReader } from '../../../src/core/model/openai/branchReader';
import { CleanBranch } from '../../../src/core/prompt/cleanReply';
import { HeadReader } from '../../../src/core/prompt/replyHead';
import { pieces } from './harness';

/** What a server sends at once for the one choice there is. */
export interface Sent {
  text: string;
  entries: Record<string, unknown>[];
}

export interface Asked {
  before: string;
  prefill: string;
  strategy: Strategy;
}

const RAW: Asked = { before: '', prefill: '', strategy: 'raw' };

/** A branch from events as a server might send them; its tokens tile its text, or this fails. */
export function read(events: readonly unknown[], asked = RAW): CollectedBranch {
  const collector = new Collector(1);
  const head = new HeadReader({ before: asked.before, after: '' }, asked.strategy);
  const answer = new Answer(
    [0],
    () => new BranchReader(true, asked.prefill, new CleanBranch(head)),
  );
  const deltas = events.flatMap((event) => answer.take(event));
  let covered = 0;
  for (const chunk of [...deltas, ...answer.end().chunks]) {
    if (chunk.kind === 'delta') {
      // The reader itself tiles; the collector would hide it if it did not.
      for (const token of chunk.tokens ?? []) {
        assert.equal(token.start, covered, 'tokens follow each other');
        covered = token.end;
      }
    }
    collector.add(chunk);
  }
  const [branch = assert.fail()] = collector.branches;
  assert.equal(pieces(branch).join(''), branch.text);
  assert.equal(covered, branch.text.length);
  return branch;
}

/** An event of the completions API. */
export function completion({ text, entries }: Sent, finish: string | null = null): unknown {
  return {
    choices: [{ index: 0, text, logprobs: { content: entries }, finish_reason: finish }],
  };
}

/** An entry of the chat shape. */
export function entry(
  token: string,
  logprob: unknown,
  top: unknown[] = [],
  bytes?: unknown,
): Record<string, unknown> {
  return { token, logprob, top_logprobs: top, ...(bytes === undefined ? {} : { bytes }) };
}

export function bytesOf(text: string): number[] {
  return [...Buffer.from(text)];
}
