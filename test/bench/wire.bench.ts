import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { clock } from '../../src/cli/platform';
import { Collector } from '../../src/core/model/collector';
import type { LanguageModel, Options } from '../../src/core/model/languageModel';
import { createOpenAiModel } from '../../src/parts/openai';
import { median, quantile, type Measure } from '../../scripts/bench/measure';

const ROUNDS = 200;
const STOPS = 40;
const BRANCHES = 8;
/** Branches that stream beside what is measured, of which each gets this many tokens a second. */
const MANY = 32;
const PACE = 50;
const TOKENS = 100_000;
const OPTIONS: Options = {
  n: BRANCHES,
  maxTokens: TOKENS,
  temperature: 1,
  topP: 1,
  minP: 0,
  alternatives: 5,
};
const PASSAGE = { before: 'The storm had taken the lighthouse door off its hinges and', after: '' };

/**
 * A server on a thread of its own. `/first` answers with one token, `/whole` with all of them as fast as
 * they are read, `/endless` with one a millisecond; it tells when a connection is closed. `/many` goes on with
 * many branches at a usual pace.
 */
const SERVER = `
const { createServer } = require('node:http');
const { parentPort, workerData: { branches, tokens, many, pace } } = require('node:worker_threads');
const event = (index, i, finish = null) => {
  const token = ' word' + (i % 997);
  const other = (k) => ({ id: k, token: ' other' + k, bytes: [...Buffer.from(' other' + k)], logprob: -2.5 - k });
  const own = { id: i, token, bytes: [...Buffer.from(token)], logprob: -0.3127485513687134 };
  const content = [{ ...own, top_logprobs: [own, other(1), other(2), other(3), other(4)] }];
  const choice = { index, text: token, logprobs: { content }, finish_reason: finish };
  return 'data: ' + JSON.stringify({ id: 'cmpl-1', object: 'text_completion', model: 'm', choices: [choice] }) + '\\n\\n';
};
let whole = '';
for (let i = 0; i < tokens; i++) whole += event(i % branches, i, i >= tokens - branches ? 'length' : null);
whole = Buffer.from(whole + 'data: [DONE]\\n\\n');
const first = event(0, 0, 'length') + 'data: [DONE]\\n\\n';
createServer((request, response) => {
  request.resume();
  request.on('end', () => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    if (request.url.startsWith('/first')) return response.end(first);
    if (request.url.startsWith('/whole')) return response.end(whole);
    if (request.url.startsWith('/many')) {
      const tick = setInterval(() => {
        for (let index = 0; index < many; index++) response.write(event(index, 1));
      }, 1000 / pace);
      return response.on('close', () => clearInterval(tick));
    }
    const timer = setInterval(() => response.write(event(0, 1)), 1);
    response.on('close', () => { clearInterval(timer); parentPort.postMessage('closed'); });
  });
}).listen(0, '127.0.0.1', function () { parentPort.postMessage(this.address().port); });
`;

/** What our own code costs between the network and the first and every later token, and after a stop. */
export async function wireBench(): Promise<Measure[]> {
  const worker = new Worker(SERVER, {
    eval: true,
    workerData: { branches: BRANCHES, tokens: TOKENS, many: MANY, pace: PACE },
  });
  try {
    const [port] = (await once(worker, 'message')) as [number];
    const origin = `http://127.0.0.1:${port}`;
    return [
      await firstToken(`${origin}/first`),
      await whileManyStream(`${origin}/many`, () => firstToken(`${origin}/first`)),
      await throughput(`${origin}/whole`),
      await stopping(`${origin}/endless`, worker),
    ];
  } finally {
    await worker.terminate();
  }
}

function open(baseUrl: string): LanguageModel {
  return createOpenAiModel(
    { baseUrl, model: 'm', api: 'completions' },
    { fetch, clock, random: () => 0.5 },
  );
}

/** Both ask the same server in turn, so that whatever slows the machine slows both. */
async function firstToken(baseUrl: string): Promise<Measure> {
  const model = open(baseUrl);
  const bare: number[] = [];
  const ours: number[] = [];
  for (let round = -20; round < ROUNDS; round++) {
    const start = performance.now();
    const response = await fetch(`${baseUrl}/completions`, { method: 'POST', body: '{}' });
    await response.body?.getReader().read();
    const between = performance.now();
    let first = 0;
    for await (const chunk of model.continue(
      PASSAGE,
      { ...OPTIONS, n: 1 },
      new AbortController().signal,
    )) {
      first ||= chunk.kind === 'delta' ? performance.now() - between : 0;
    }
    if (round >= 0) {
      bare.push(between - start);
      ours.push(first);
    }
  }
  const added = median(ours) - median(bare);
  return {
    what: `added to the first token, median of ${ROUNDS} beside a bare fetch`,
    budget: '≤ 5 ms',
    measured: `${added.toFixed(2)} ms (${median(ours).toFixed(2)} beside ${median(bare).toFixed(2)})`,
    ok: added <= 5,
  };
}

/** The same while so many branches of another model stream in the same thread. */
async function whileManyStream(baseUrl: string, measure: () => Promise<Measure>): Promise<Measure> {
  const stop = new AbortController();
  const started = performance.now();
  let tokens = 0;
  const streaming = (async () => {
    const model = open(baseUrl);
    for await (const chunk of model.continue(PASSAGE, { ...OPTIONS, n: MANY }, stop.signal)) {
      tokens += chunk.kind === 'delta' ? (chunk.tokens?.length ?? 0) : 0;
    }
  })();
  const found = await measure();
  const rate = (1000 * tokens) / (performance.now() - started);
  stop.abort();
  await streaming;
  const beside = `${MANY} branches stream ${Math.round(rate).toLocaleString('en')} tokens/s beside it`;
  return { ...found, what: `the same while ${beside}` };
}

async function throughput(baseUrl: string): Promise<Measure> {
  const rates: number[] = [];
  for (let round = 0; round < 4; round++) {
    const collector = new Collector(BRANCHES);
    let start = 0;
    for await (const chunk of open(baseUrl).continue(
      PASSAGE,
      OPTIONS,
      new AbortController().signal,
    )) {
      start ||= performance.now();
      collector.add(chunk);
    }
    const tokens = collector.branches.reduce((sum, branch) => sum + branch.tokens.length, 0);
    if (tokens !== TOKENS) {
      throw new Error(`${tokens} tokens came of ${TOKENS}.`);
    }
    rates.push((1000 * tokens) / (performance.now() - start));
  }
  const rate = median(rates);
  return {
    what: `wire to collector, ${BRANCHES} branches, 5 alternatives a token`,
    budget: '≥ 50,000 tokens/s',
    measured: `${Math.round(rate).toLocaleString('en')} tokens/s`,
    ok: rate >= 50_000,
  };
}

/** From the stop to the last chunk, and to the server's end of the connection. */
async function stopping(baseUrl: string, worker: Worker): Promise<Measure> {
  const silent: number[] = [];
  const closed: number[] = [];
  for (let round = 0; round < STOPS; round++) {
    const controller = new AbortController();
    let stopped = 0;
    let seen = 0;
    const over = once(worker, 'message');
    for await (const chunk of open(baseUrl).continue(
      PASSAGE,
      { ...OPTIONS, n: 1 },
      controller.signal,
    )) {
      seen += chunk.kind === 'delta' ? 1 : 0;
      if (seen === 10 && stopped === 0) {
        stopped = performance.now();
        setImmediate(() => controller.abort());
      }
    }
    silent.push(performance.now() - stopped);
    await over;
    closed.push(performance.now() - stopped);
  }
  const worst = quantile(silent, 1);
  return {
    what: `stop to silence, worst of ${STOPS}`,
    budget: '≤ 50 ms',
    measured: `${worst.toFixed(1)} ms (connection closed after ${quantile(closed, 1).toFixed(1)})`,
    ok: worst <= 50,
  };
}
