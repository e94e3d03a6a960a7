import { WireError } from '../core/model/openai/wire';
import type { WirePlatform } from './platform';
import { WatchedBody } from './watchedBody';

/** Only so much of an answer that is no stream is shown. */
const SHOWN = 2000;
/** A field of an event stream, or a comment in one, as every such stream begins. */
const FIELD = /^(data|event|id|retry)?:/;
/** What a whole completion, a whole response, a line of Ollama's API or an error has. */
const OWN = ['choices', 'error', 'output', 'response'];
/** The beginning of a field whose rest has not come. */
const LONGEST_FIELD = 'event:'.length;

/**
 * A successful answer as an event stream. Servers that do not stream answer with a whole completion,
 * which becomes a stream of one event; anything else is a failure.
 * @throws WireError
 */
export async function asEventStream(response: Response, platform: WirePlatform): Promise<Response> {
  if (response.body === null) {
    throw notAStream(response, '');
  }
  const body = new WatchedBody(response.body, platform);
  if (/\bx-ndjson\b/.test(response.headers.get('content-type') ?? '')) {
    const { status, headers } = response;
    return new Response(linesAsEvents(body), { status, headers });
  }
  const read: Uint8Array[] = [];
  let beginning = '';
  const decoder = new TextDecoder();
  while (beginning.length < LONGEST_FIELD) {
    const piece = await body.read();
    if (piece === undefined) {
      break;
    }
    read.push(piece);
    beginning = (beginning + decoder.decode(piece, { stream: true })).trimStart();
  }
  const { status, headers } = response;
  if (FIELD.test(beginning)) {
    return new Response(rest(read, body), { status, headers });
  }
  const text = await body.text(read);
  const events =
    text.trim() === '' ? '' : `data: ${completion(response, text)}\n\ndata: [DONE]\n\n`;
  return new Response(events, { status, headers });
}

/** An answer that is not to be streamed, read whole. */
export async function wholeAnswer(response: Response, platform: WirePlatform): Promise<Response> {
  const { body, status, headers } = response;
  const text = body === null ? null : await new WatchedBody(body, platform).text([]);
  return new Response(text, { status, headers });
}

/** A whole JSON answer, on one line. */
function completion(response: Response, text: string): string {
  try {
    const json: unknown = JSON.parse(text);
    if (typeof json === 'object' && json !== null && OWN.some((name) => name in json)) {
      return JSON.stringify(json);
    }
  } catch {
    // It is no JSON: a page, perhaps.
  }
  throw notAStream(response, text);
}

/** Lines of JSON, each as an event. */
function linesAsEvents(body: WatchedBody): ReadableStream<Uint8Array> {
  const decoder = new TextDecoder();
  const encoder = new TextEncoder();
  let line = '';
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      for (;;) {
        const piece = await body.read();
        line += piece === undefined ? decoder.decode() : decoder.decode(piece, { stream: true });
        const lines = line.split('\n');
        line = piece === undefined ? '' : (lines.pop() ?? '');
        const events = lines.filter((one) => one.trim() !== '').map((one) => `data: ${one}\n\n`);
        if (events.length > 0) {
          controller.enqueue(encoder.encode(events.join('')));
        }
        if (piece === undefined) {
          controller.close();
        }
        if (piece === undefined || events.length > 0) {
          return;
        }
      }
    },
    cancel: () => body.cancel(),
  });
}

function notAStream(response: Response, text: string): WireError {
  const [contentType = ''] = (response.headers.get('content-type') ?? '').split(';');
  return new WireError({ kind: 'not-a-stream', contentType, beginning: text.slice(0, SHOWN) });
}

function rest(read: readonly Uint8Array[], body: WatchedBody): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>({
    start: (controller) => read.forEach((piece) => controller.enqueue(piece)),
    async pull(controller) {
      const piece = await body.read();
      if (piece === undefined) {
        controller.close();
      } else {
        controller.enqueue(piece);
      }
    },
    cancel: () => body.cancel(),
  });
}
