import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { VariorumApi } from '../../src/extension';
import { until } from './support';

/** A request as it went out. */
export interface Sent {
  url: string;
  origin: string;
  authorization: string | null;
  body: string;
}

type Answer = (sent: Sent) => Response | Promise<Response>;

/** Servers that answer in the place of the network, by origin; at any other nobody is there. */
export class FakeServers {
  readonly sent: Sent[] = [];

  constructor(private readonly answers: Readonly<Record<string, Answer>>) {}

  readonly fetch: typeof fetch = async (input, init) => {
    const request = new Request(input, init?.signal ? { ...init, signal: null } : init);
    const { origin } = new URL(request.url);
    const sent: Sent = {
      url: request.url,
      origin,
      authorization: request.headers.get('authorization'),
      body: await request.text(),
    };
    this.sent.push(sent);
    const answer = this.answers[origin];
    if (!answer) {
      throw new TypeError('fetch failed');
    }
    return answer(sent);
  };

  to(origin: string): Sent[] {
    return this.sent.filter((sent) => sent.origin === origin);
  }
}

export function json(value: unknown, status = 200): Response {
  return new Response(JSON.stringify(value), {
    status,
    headers: { 'content-type': 'application/json' },
  });
}

/** A list of models such as servers give. */
export function list(owner: string, ...ids: string[]): Response {
  return json({
    object: 'list',
    data: ids.map((id) => ({ id, object: 'model', owned_by: owner })),
  });
}

/** A server that lists one model, and lets it write one word. */
export function writer(owner: string, model: string): Answer {
  return ({ url, body }) => {
    if (url.endsWith('/models')) {
      return list(owner, model);
    }
    if (!url.endsWith('/completions')) {
      return json({ error: { message: 'nothing here' } }, 404);
    }
    const isChat = url.includes('/chat/');
    const asked = JSON.parse(body) as { n?: number };
    const choices = Array.from({ length: asked.n ?? 1 }, (_, index) => ({
      index,
      finish_reason: 'stop',
      ...(isChat ? { delta: { role: 'assistant', content: ' word' } } : { text: ' word' }),
    }));
    const events = [JSON.stringify({ id: 'x', object: 'chunk', model, choices }), '[DONE]'];
    const text = events.map((event) => `data: ${event}\n\n`).join('');
    return new Response(text, { headers: { 'content-type': 'text/event-stream' } });
  };
}

/** Sets the person's own setting; undefined takes it away. */
export async function setOwn(name: string, value: unknown): Promise<void> {
  await vscode.workspace.getConfiguration().update(name, value, vscode.ConfigurationTarget.Global);
}

/** Everything back to how it is before the first use. */
export async function forgetAll({ models }: VariorumApi): Promise<void> {
  models.network.substitute(undefined);
  await setOwn('variorum.models', undefined);
  await setOwn('variorum.endpoints', undefined);
  for (const origin of await models.keys.origins()) {
    await models.keys.remove(origin);
  }
  await until('nothing is chosen', () => models.choices().length === 0);
}

/** Opens the list of models and waits until it holds a line. */
export async function openPicker({ modelCommands }: VariorumApi, id: string) {
  const picker = await modelCommands.picker();
  const closed = Promise.resolve(vscode.commands.executeCommand('variorum.chooseModel'));
  const has = () => picker.entries.some((entry) => 'id' in entry && entry.id === id);
  await until(`the list has ${id}`, has);
  const labels = () =>
    picker.entries.map((entry) => ('id' in entry ? entry.label : `# ${entry.heading}`));
  const leave = async () => {
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    await closed;
    assert.deepEqual(picker.entries, []);
  };
  return { picker, closed, labels, leave };
}
