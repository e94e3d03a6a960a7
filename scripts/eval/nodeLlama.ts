/**
 * Whether the probabilities that Variorum shows are those of the engine:
 * `tsx scripts/eval/nodeLlama.ts MODEL.gguf [FOLDER] [RECORDINGS]`, where FOLDER has node-llama-cpp installed.
 *
 * Twice, each time to 1e-3 of probability and through Variorum's whole stack over a real socket:
 * what the engine writes, against the same tokens scored by another way through the engine; and the recordings of
 * a llama-server that served the same model, against the engine. Exits with 1 where a figure is beyond that.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Token } from '../../src/core/model/token';
import { createOpenAiModel } from '../../src/parts/openai';
import { LlamaEngine, type Distribution } from './llamaEngine';

const WITHIN = 1e-3;
const LISTED = 20;
const LENGTH = 40;
const PROMPTS = [
  'Once upon a time, there was a',
  'The old man',
  'Lily said: "I',
  'It was a cold day. Tom',
];

const [modelPath, folder = '.', recordings = 'test/fixtures/transcripts'] = process.argv.slice(2);
if (modelPath === undefined) {
  console.error('usage: tsx scripts/eval/nodeLlama.ts MODEL.gguf [FOLDER] [RECORDINGS]');
  process.exit(2);
}

/** What was compared. */
interface Figure {
  texts: number;
  tokens: number;
  alternatives: number;
  /** Greatest difference of a probability, and in which text. */
  worst: number;
  where: string;
}

interface Recording {
  request: {
    path: string;
    body: { prompt?: unknown; grammar?: unknown; stop?: unknown; n?: number } | null;
  };
  response: {
    status: number;
    json?: { usage?: { prompt_tokens?: number } };
    raw_sse?: string;
  };
}

/** Serves what `answer` gives for a request, and shows what Variorum makes of it: tokens by branch. */
async function shown(
  answer: (body: Record<string, unknown>) => Promise<{ type: string; text: string }>,
  prompt: string,
  n: number,
): Promise<Map<number, Token[]>> {
  const server = createServer((request, response) => {
    void (async () => {
      const pieces: Buffer[] = [];
      for await (const piece of request) {
        pieces.push(piece as Buffer);
      }
      const body = JSON.parse(Buffer.concat(pieces).toString('utf8')) as Record<string, unknown>;
      const { type, text } = await answer(body);
      response.writeHead(200, { 'content-type': type });
      response.end(text);
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const clock = {
    now: () => Date.now(),
    sleep: (milliseconds: number, signal?: AbortSignal) =>
      sleep(milliseconds, undefined, { signal }).catch(() => undefined),
  };
  const endpoint = {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    model: 'it',
    api: 'completions',
  } as const;
  const model = createOpenAiModel(endpoint, { fetch, clock, random: Math.random });
  const options = { n, maxTokens: LENGTH, temperature: 0, topP: 1, minP: 0, alternatives: LISTED };
  const branches = new Map<number, Token[]>();
  const { signal } = new AbortController();
  for await (const chunk of model.continue({ before: prompt, after: '' }, options, signal)) {
    if (chunk.kind === 'delta') {
      branches.set(chunk.branch, [...(branches.get(chunk.branch) ?? []), ...(chunk.tokens ?? [])]);
    }
  }
  await new Promise((resolve) => server.close(resolve));
  return branches;
}

/** Compares the tokens of one branch with what the engine expects at their places. */
async function compare(
  engine: LlamaEngine,
  prompt: readonly number[],
  tokens: readonly Token[],
  name: string,
  figure: Figure,
): Promise<void> {
  const end = tokens.findIndex(({ id }) => id === undefined);
  const known = end < 0 ? tokens : tokens.slice(0, end);
  const ids = known.map(({ id }) => id ?? -1);
  if (ids.length === 0) {
    return;
  }
  const expected = await engine.after(prompt, ids.slice(0, -1));
  figure.texts += 1;
  known.forEach(({ id = -1, logprob, alternatives }, i) => {
    const own: Distribution = expected[i] ?? new Map<number, number>();
    const differ = (of: number, value: number) => {
      const difference = Math.abs(Math.exp(value) - (own.get(of) ?? 2));
      if (difference > figure.worst) {
        figure.worst = difference;
        figure.where = `${name}, token ${i}`;
      }
    };
    if (logprob !== null) {
      figure.tokens += 1;
      differ(id, logprob);
    }
    for (const alternative of alternatives) {
      figure.alternatives += 1;
      differ(alternative.id ?? -1, alternative.logprob);
    }
  });
}

async function live(engine: LlamaEngine): Promise<Figure> {
  const figure = { texts: 0, tokens: 0, alternatives: 0, worst: 0, where: '' };
  for (const text of PROMPTS) {
    const prompt = engine.tokenize(text);
    const branches = await shown(() => served(engine, prompt), text, 1);
    await compare(engine, prompt, branches.get(0) ?? [], text, figure);
  }
  return figure;
}

/** What the engine writes, as a llama-server would send it. */
async function served(engine: LlamaEngine, prompt: readonly number[]) {
  const events: string[] = [];
  const written: number[] = [...prompt];
  for await (const { id, probabilities } of engine.write(prompt, LENGTH)) {
    const after = [...written];
    const entry = (of: number, p: number) => {
      const token = engine.textOf(of, after);
      return { id: of, token, bytes: [...Buffer.from(token)], logprob: Math.log(p) };
    };
    const list = [...probabilities].sort(([, a], [, b]) => b - a).slice(0, LISTED);
    const content = [
      {
        ...entry(id, probabilities.get(id) ?? 0),
        top_logprobs: list.map(([of, p]) => entry(of, p)),
      },
    ];
    const choice = { index: 0, text: engine.textOf(id, after), logprobs: { content } };
    events.push(JSON.stringify({ choices: [{ ...choice, finish_reason: null }] }));
    written.push(id);
  }
  events.push(
    JSON.stringify({ choices: [{ index: 0, text: '', finish_reason: 'length' }] }),
    '[DONE]',
  );
  return { type: 'text/event-stream', text: events.map((event) => `data: ${event}\n\n`).join('') };
}

async function recorded(engine: LlamaEngine): Promise<Figure> {
  const figure = { texts: 0, tokens: 0, alternatives: 0, worst: 0, where: '' };
  for (const name of readdirSync(recordings).filter((each) => each.endsWith('.json'))) {
    const recording = JSON.parse(readFileSync(join(recordings, name), 'utf8')) as Recording;
    const { path, body } = recording.request;
    const { status, json, raw_sse: sse } = recording.response;
    const { prompt, grammar, stop, n = 1 } = body ?? {};
    // What a grammar calls up comes as characters of several tokens, of which only the last has its id.
    // A stop string takes tokens with it, so what follows is no longer after the tokens that are left.
    const isWhole = grammar === undefined && stop === undefined;
    const fits = path === '/v1/completions' && typeof prompt === 'string' && isWhole;
    if (!fits || status !== 200) {
      continue;
    }
    const ids = engine.tokenize(prompt);
    const isSame =
      json?.usage?.prompt_tokens === undefined || json.usage.prompt_tokens === ids.length;
    const answer =
      sse === undefined
        ? { type: 'application/json', text: JSON.stringify(json) }
        : { type: 'text/event-stream', text: sse };
    if (isSame) {
      const branches = await shown(() => Promise.resolve(answer), prompt, n);
      for (const tokens of branches.values()) {
        await compare(engine, ids, tokens, name, figure);
      }
    }
  }
  return figure;
}

function print(name: string, { texts, tokens, alternatives, worst, where }: Figure): boolean {
  const isWithin = tokens > 0 && worst <= WITHIN;
  console.log(
    `${name}: ${texts} texts, ${tokens} tokens, ${alternatives} alternatives; ` +
      `greatest difference of a probability ${worst.toExponential(2)} (${where}; at most ${WITHIN}) ${isWithin ? 'ok' : 'BEYOND'}`,
  );
  return isWithin;
}

try {
  const engine = await LlamaEngine.open(modelPath, folder);
  const isLive = print('what the engine writes', await live(engine));
  const name = basename(modelPath).replace(/\.gguf$/u, '');
  const served = readFileSync(join(recordings, '01-models.json'), 'utf8');
  const isRecorded = served.includes(`"${name}"`)
    ? print('recordings of a server with this model', await recorded(engine))
    : true;
  process.exit(isLive && isRecorded ? 0 : 1);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(2);
}
