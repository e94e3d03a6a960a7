import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_OPTIONS } from '../../src/core/model/options';
import type { Clock } from '../../src/core/platform';
import { DocumentJournal } from '../../src/core/tree/documentJournal';
import type { Request } from '../../src/host/batch';
import { DeltaBuffer } from '../../src/host/deltaBuffer';
import { generate } from '../../src/host/generate';
import { createOpenAiModel } from '../../src/parts/openai';
import { DiskStore } from '../fixtures/diskStore';
import { median, type Measure } from '../../scripts/bench/measure';

const BRANCHES = 16;
const TOKENS = 1000;
const ROUNDS = 5;
const SLICE = 65_536;

/** Tokens with five alternatives each from a socket to the messages for the view, journal on disk included. */
export async function hostPathBench(): Promise<Measure[]> {
  const server = await serve();
  const folder = await mkdtemp(join(tmpdir(), 'variorum-host-path-'));
  try {
    const rates: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      rates.push(await tokensPerSecond(server, join(folder, String(round))));
    }
    const rate = median(rates);
    return [
      {
        what: `wire to tree to view message, ${BRANCHES} branches × ${TOKENS} tokens with 5 alternatives`,
        budget: '≥ 50,000 tokens/s',
        measured: `${Math.round(rate).toLocaleString('en')} tokens/s (${rates.map((each) => Math.round(each / 1000)).join(', ')} thousand)`,
        ok: rate >= 50_000,
      },
    ];
  } finally {
    server.close();
    server.closeAllConnections();
    await rm(folder, { recursive: true });
  }
}

async function tokensPerSecond(server: Server, folder: string): Promise<number> {
  const { port } = server.address() as AddressInfo;
  const journal = await DocumentJournal.open({
    store: new DiskStore(folder),
    root: '.variorum',
    document: 'draft.md',
    clock,
    random: Math.random,
    onError: fail,
  });
  const endpoint = {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    model: 'm',
    api: 'completions',
  } as const;
  const model = createOpenAiModel(endpoint, { fetch, clock, random: Math.random });
  const request: Request = {
    models: [model],
    passage: { before: 'It rained.', after: '' },
    options: { ...DEFAULT_OPTIONS, n: BRANCHES, maxTokens: TOKENS },
    spread: 'plain',
    parent: null,
    at: 10,
  };
  const source = { kind: 'model', model: model.id, strategy: 'raw', prompt: 'p' } as const;
  const drafts = Array.from({ length: BRANCHES }, () => ({ parent: null, at: 10, source }));
  const cards = journal.recordBatch(drafts).map(({ id, index }) => ({ index, node: id }));
  const view = new DeltaBuffer();
  let sent = 0;
  const post = () => (sent += JSON.stringify(view.take()).length);
  const ticking = setInterval(post, 16);
  let tokens = 0;
  const start = performance.now();
  await generate({
    request,
    cards,
    journal,
    signal: new AbortController().signal,
    onGrow: (delta) => {
      tokens += delta.tokens.length;
      view.add(delta);
    },
    onTokens: () => undefined,
    onWriteError: fail,
  });
  post();
  const seconds = (performance.now() - start) / 1000;
  clearInterval(ticking);
  await journal.close();
  if (tokens !== BRANCHES * TOKENS || sent === 0) {
    throw new Error(`${tokens} tokens came instead of ${BRANCHES * TOKENS}.`);
  }
  return tokens / seconds;
}

/**
 * A server that writes as fast as its client reads, in the shape of a llama.cpp completion. What it
 * writes is made beforehand: it shares this process.
 */
async function serve(): Promise<Server> {
  const answer = wholeAnswer();
  const server = createServer((request, response) => {
    request.resume();
    request.on('end', () => void stream(response, answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

async function stream(response: ServerResponse, answer: Buffer): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (let at = 0; at < answer.length; at += SLICE) {
    if (!response.write(answer.subarray(at, at + SLICE))) {
      await new Promise((resolve) => response.once('drain', resolve));
    }
  }
  response.end();
}

function wholeAnswer(): Buffer {
  const events: string[] = [];
  for (let at = 0; at <= TOKENS; at++) {
    const finish = at === TOKENS ? 'length' : null;
    for (let index = 0; index < BRANCHES; index++) {
      events.push(event(index, at, finish));
    }
  }
  return Buffer.from(`${events.join('')}data: [DONE]\n\n`);
}

function event(index: number, at: number, finish: string | null): string {
  const word = ` word${at % 97}`;
  const top = Array.from({ length: 5 }, (_, rank) => entry(rank === 0 ? word : ` w${rank}`, rank));
  const logprobs = { content: [{ ...entry(word, 0), top_logprobs: top }] };
  const choice = { index, finish_reason: finish };
  const body = finish === null ? { ...choice, text: word, logprobs } : { ...choice, text: '' };
  return `data: ${JSON.stringify({ id: 'x', object: 'text_completion', model: 'm', choices: [body] })}\n\n`;
}

function entry(token: string, rank: number) {
  return { id: rank, token, bytes: [...new TextEncoder().encode(token)], logprob: -0.5 - rank };
}

const clock: Clock = {
  now: () => Date.now(),
  sleep: (milliseconds, signal) =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      timer.unref();
      signal?.addEventListener('abort', () => resolve());
    }),
};

function fail(error: unknown): never {
  throw error;
}
