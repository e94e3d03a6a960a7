import * as vscode from 'vscode';
import type { VariorumApi } from '../../src/extension';
import { PASSAGE, saidIn, startCollapsingServer } from '../fixtures/collapsingServer';
import type { TestServer } from '../fixtures/testServer';
import { openDraft, until } from './support';

export const BEFORE = 'It had rained since noon.\n\n';
export const AFTER = '\n\nNobody came to the door after that.\n';

/** A server whose model has collapsed, and that model chosen. */
export async function collapsedModel(api: VariorumApi): Promise<TestServer> {
  const server = await startCollapsingServer();
  await api.models.choose([{ kind: 'endpoint', baseUrl: server.baseUrl, model: 'collapsed' }]);
  await until('the model is chosen', () => api.models.labels().includes('collapsed'));
  return server;
}

/** What its last request said. */
export function saidOf(server: TestServer): string {
  const last = server.received.at(-1);
  return last ? saidIn(last) : '';
}

let drafts = 0;

/** A draft in a folder of its own, with the passage in its middle, and the passage selected. */
export async function draftWithPassage(): Promise<vscode.TextEditor> {
  const name = `rewrites-${Date.now()}-${drafts++}/draft.md`;
  const editor = await openDraft(BEFORE + PASSAGE + AFTER, name);
  select(editor, BEFORE.length, BEFORE.length + PASSAGE.length);
  return editor;
}

/** Selects stretches of a document, by offsets: start, end, start, end … */
export function select({ document }: vscode.TextEditor, ...offsets: readonly number[]): void {
  const at = (i: number) => document.positionAt(offsets[i] ?? 0);
  const selections = offsets.flatMap((_, i) =>
    i % 2 === 0 ? [new vscode.Selection(at(i), at(i + 1))] : [],
  );
  const editor = vscode.window.activeTextEditor;
  if (editor) {
    editor.selections = selections;
  }
}

/** The texts on the cards. */
export function cardTexts(branches: readonly { tokens: readonly { text: string }[] }[]): string[] {
  return branches.map(({ tokens }) => tokens.map(({ text }) => text).join(''));
}
