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
    const decoder = new TextDecoder();
    if (/\bx-ndjson\b/.test(response.headers.get('content-type') ?? '')) {
      yield* streamed('', body, decoder, new LineReader());
      return;
    }
    let beginning = '';
    while (beginning.trimStart().length < LONGEST_FIELD) {
      const piece = await body.read();
      if (piece === undefined) {
        break;
      }
      beginning += decoder.decode(piece, { stream: true });
    }
    if (FIELD.test(beginning.trimStart())) {
      yield* streamed(beginning.trimStart(), body, decoder, new EventReader());
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
  events: JsonReader,
): AsyncGenerator<unknown, void, undefined> {
  events.feed(beginning);
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

/** Text in pieces of any size to JSON. A failure is kept until what came before it was taken. */
abstract class JsonReader {
  #events: unknown[] = [];
  #failure: WireError | undefined;
  #isOver = false;

  /** Whether nothing more is to be read. */
  get isOver(): boolean {
    return this.#isOver;
  }

  abstract feed(text: string): void;

  /** Some servers leave out the line end after the last event; an event that was cut is none. */
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

  protected read(data: string, isError: boolean): void {
    const text = data.trim();
    if (text === '' || this.#isOver) {
      return;
    }
    const json = text === DONE ? undefined : parseJson(text);
    if (json === undefined) {
      this.#isOver = true;
      this.#failure = text === DONE ? undefined : new WireError({ kind: 'malformed' });
      return;
    }
    const error = errorIn(json) ?? (isError ? json : undefined);
    if (error === undefined) {
      this.#events.push(json);
    } else {
      this.#isOver = true;
      this.#failure = new WireError({ kind: 'in-stream', body: error });
    }
  }
}

/** Of an event stream. */
class EventReader extends JsonReader {
  readonly #parser = createParser({
    onEvent: ({ event, data }) => this.read(data, event === 'error'),
  });

  override feed(text: string): void {
    this.#parser.feed(text);
  }
}

/** Of lines of JSON. */
class LineReader extends JsonReader {
  #line: string[] = [];

  override feed(text: string): void {
    const [first = '', ...others] = text.split('\n');
    this.#line.push(first);
    for (const line of others) {
      this.read(this.#line.join(''), false);
      this.#line = [line];
    }
  }
}

/** What an event or a whole answer says went wrong; undefined when nothing did. */
function errorIn(json: unknown): unknown {
  if (!isObject(json)) {
    return undefined;
  }
  const { error, type, response } = json;
  if (error !== undefined && error !== null && error !== false && error !== '') {
    return error;
  }
  // The Responses API says so in an event like any other.
  if (type === 'error') {
    return json;
  }
  return type === 'response.failed' && isObject(response) ? response['error'] : undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** A whole answer. */
function completion(response: Response, text: string): unknown {
  const json = parseJson(text);
  if (isObject(json)) {
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
