import type { Endpoint } from '../../../src/parts/openai';
import { sendJson, sendStream, TestServer, type Received } from '../../fixtures/testServer';

export type Body = Record<string, unknown>;
/** What a server objects to, and how it says so; null when it answers. */
export type Objection = (body: Body, path: string) => [status: number, error: object] | null;

export const LOGPROBS = { content: [{ token: 'Yes', logprob: -0.1, top_logprobs: [] }] };
export const CHAT: Partial<Endpoint> = { api: 'chat', strategy: 'instruction' };

/** A server that objects, and else writes `choices(body)` branches of one word. */
export function serveUnless(
  objection: Objection,
  choices: (body: Body) => number = ({ n }) => Number(n ?? 1),
): Promise<TestServer> {
  return TestServer.start((request, response) => {
    const body = request.body as Body;
    const refused = objection(body, request.path);
    if (refused) {
      sendJson(response, refused[0], refused[1]);
      return;
    }
    const said = request.path.includes('chat') ? { delta: { content: 'Yes' } } : { text: 'Yes' };
    const logprobs = body['logprobs'] === undefined ? null : LOGPROBS;
    const events = Array.from({ length: choices(body) }, (_, index) => ({
      choices: [{ index, ...said, logprobs, finish_reason: 'stop' }],
    }));
    sendStream(response, events);
  });
}

export const bodies = (server: TestServer): Body[] =>
  server.received.map(({ body }) => body as Body);

export const paths = (server: TestServer): string[] =>
  server.received.map(({ path }: Received) => path.replace('/v1', ''));
