import { createParser } from 'eventsource-parser';
import { WireError } from '../core/model/openai/wire';
import { parseJson } from './json';
import type { WirePlatform } from './platform';
import { WatchedBody } from './watchedBody';

/** Only so much of an answer that is no stream is shown. */
const SHOWN = 2000;
/** A field of an event stream, or a comment in one, as every such stream begins. */
const FIELD = /^(data|event|id|retry)?:/;
/** What a whole completion, a whole response or a line of Ollama's API has. */
const OWN = ['choices', 'output', 'response'];
const JSON_LINES = /\bx-ndjson\b/;
/** The beginning of a field whose rest has not come. */
const LONGEST_FIELD = 'event:'.length;
const DONE = '[DONE]';

/**
 * The JSON of each event of a successful answer, as it comes. Servers that do not stream answer with a whole
 * completion, which is an event of its own; anything else is a failure. Closes the connection however it is left.
 * @throws WireError
 */
export async function* eventsOf(
  response: Response,
  platform: WirePlatform,
): AsyncGenerator<unknown, void, undefined> {
  if (response.body === null) {
    throw notAStream(response, '');
  }
  const body = new WatchedBody(response.body, platform);
  try {
    if (JSON_LINES.test(response.headers.get('content-type') ?? '')) {
      yield* linesOf(body);
      return;
    }
    const decoder = new TextDecoder();
    let beginning = '';
    while (beginning.trimStart().length < LONGEST_FIELD) {
      const piece = await body.read();
      if (piece === undefined) {
        break;
      }
      beginning += decoder.decode(piece, { stream: true });
    }
    if (FIELD.test(beginning.trimStart())) {
      yield* streamed(beginning, body, decoder);
      return;
    }
    const text = beginning + (await body.text(decoder));
    if (text.trim() !== '') {
      yield completion(response, text);
    }
  } finally {
    body.cancel();
  }
}

/** An answer that is not to be streamed, read whole. */
export async function wholeAnswer(response: Response, platform: WirePlatform): Promise<Response> {
  const { body, status, headers } = response;
  const text = body === null ? null : await new WatchedBody(body, platform).text();
  return new Response(text, { status, headers });
}

async function* streamed(
  beginning: string,
  body: WatchedBody,
  decoder: TextDecoder,
): AsyncGenerator<unknown, void, undefined> {
  const events = new EventReader();
  events.feed(beginning.trimStart());
  while (!events.isOver) {
    const come = events.take();
    if (come.length > 0) {
      body.progress();
    }
    yield* come;
    events.check();
    const piece = await body.read();
    if (piece === undefined) {
      events.end(decoder.decode());
      break;
    }
    events.feed(decoder.decode(piece, { stream: true }));
  }
  yield* events.take();
  events.check();
}

/** Lines of JSON, each an event; a last one that was cut is none. */
async function* linesOf(body: WatchedBody): AsyncGenerator<unknown, void, undefined> {
  const decoder = new TextDecoder();
  let rest = '';
  for (let piece = await body.read(); piece !== undefined; piece = await body.read()) {
    const lines = (rest + decoder.decode(piece, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines.filter((one) => one.trim() !== '')) {
      yield lineEvent(parseJson(line));
      body.progress();
    }
  }
  const last = parseJson(rest + decoder.decode());
  if (last !== undefined) {
    yield lineEvent(last);
  }
}

function lineEvent(json: unknown): unknown {
  if (json === undefined) {
    throw new WireError({ kind: 'malformed' });
  }
  const error = errorIn(json);
  if (error !== undefined) {
    throw new WireError({ kind: 'in-stream', body: error });
  }
  return json;
}

/** Text in pieces of any size to the JSON of events. A failure is kept until what came before it was taken. */
class EventReader {
  #events: unknown[] = [];
  #failure: WireError | undefined;
  #isOver = false;
  readonly #parser = createParser({
    onEvent: ({ event, data }) => {
      if (!this.#isOver) {
        this.#read(event, data);
      }
    },
  });

  /** Whether nothing more is to be read. */
  get isOver(): boolean {
    return this.#isOver;
  }

  feed(text: string): void {
    this.#parser.feed(text);
  }

  /** Some servers leave out the empty line after the last event; an event that was cut is none. */
  end(rest: string): void {
    this.feed(rest);
    const failed = this.#failure;
    this.feed('\n\n');
    this.#failure = failed;
  }

  take(): readonly unknown[] {
    const events = this.#events;
    this.#events = [];
    return events;
  }

  /** @throws WireError when there was something that is no event of an answer */
  check(): void {
    if (this.#failure !== undefined) {
      throw this.#failure;
    }
  }

  #read(name: string | undefined, data: string): void {
    const text = data.trim();
    if (text === '') {
      return;
    }
    const json = text === DONE ? undefined : parseJson(text);
    if (json === undefined) {
      this.#isOver = true;
      this.#failure = text === DONE ? undefined : new WireError({ kind: 'malformed' });
      return;
    }
    const error = errorIn(json) ?? (name === 'error' ? json : undefined);
    if (error === undefined) {
      this.#events.push(json);
    } else {
      this.#isOver = true;
      this.#failure = new WireError({ kind: 'in-stream', body: error });
    }
  }
}

/** What an event or a whole answer says went wrong; undefined when nothing did. */
function errorIn(json: unknown): unknown {
  if (typeof json !== 'object' || json === null) {
    return undefined;
  }
  if ('type' in json && json.type === 'error' && !('error' in json)) {
    return json;
  }
  // The Responses API tells a failure as an event like any other.
  const failed = 'type' in json && json.type === 'response.failed' && 'response' in json;
  return errorField(failed ? json.response : json);
}

function errorField(json: unknown): unknown {
  const has = typeof json === 'object' && json !== null && 'error' in json;
  return has && json.error !== null && json.error !== false && json.error !== ''
    ? json.error
    : undefined;
}

/** A whole answer. */
function completion(response: Response, text: string): unknown {
  const json = parseJson(text);
  if (typeof json === 'object' && json !== null) {
    const error = errorIn(json);
    if (error !== undefined) {
      throw new WireError({ kind: 'in-stream', body: error });
    }
    if (OWN.some((name) => name in json)) {
      return json;
    }
  }
  throw notAStream(response, text);
}

function notAStream(response: Response, text: string): WireError {
  const [contentType = ''] = (response.headers.get('content-type') ?? '').split(';');
  return new WireError({ kind: 'not-a-stream', contentType, beginning: text.slice(0, SHOWN) });
}
