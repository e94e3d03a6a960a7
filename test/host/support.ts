import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { VariorumApi } from '../../src/extension';
import type { DocumentSession } from '../../src/host/documentSession';
import { scriptedModel, writes, type Part, type Script } from '../fixtures/scriptedModel';

/** The extension under test, activated. */
export async function variorum(): Promise<VariorumApi> {
  const extension = vscode.extensions.getExtension<VariorumApi>('variorum.variorum');
  assert.ok(extension, 'the extension is not installed in this window');
  return extension.activate();
}

/** The folder that this run may write to. */
export function workspace(): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  assert.ok(folder, 'no folder is open');
  return folder;
}

let files = 0;

/** A new file of the workspace, open, with the caret at its end. */
export async function openDraft(text: string, name = `draft-${files++}.md`) {
  const uri = vscode.Uri.joinPath(workspace(), name);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  return openAt(uri);
}

/**
 * A document, shown, with the caret at its end. It is opened the way a person does: documents that an
 * extension opens stay open for minutes after their tab is closed.
 */
export async function openAt(uri: vscode.Uri): Promise<vscode.TextEditor> {
  await vscode.commands.executeCommand('vscode.open', uri);
  const isShown = () => vscode.window.activeTextEditor?.document.uri.toString() === uri.toString();
  await until(`${uri.path} is shown`, isShown, 15_000);
  const editor = vscode.window.activeTextEditor;
  assert.ok(editor);
  setCaret(editor, editor.document.getText().length);
  return editor;
}

export function setCaret(editor: vscode.TextEditor, offset: number): void {
  const at = editor.document.positionAt(offset);
  editor.selection = new vscode.Selection(at, at);
}

/** Branches that say " one sure", " two sure" …, each with a token the model was certain of. */
export function numbered(words = ['one', 'two', 'three', 'four', 'five']) {
  return scriptedModel({ branches: words.map((word) => writes(partsOf(word))) });
}

export function partsOf(word: string): Part[] {
  return [
    [` ${word}`, 0.4, { [` ${word}`]: 0.4, ' other': 0.3 }],
    [' sure', 0.995],
  ];
}

/** A branch that begins and then goes on for ever. */
export function endless(text: string): Script {
  return writes([[text, 0.5]]).slice(0, -1);
}

/** Waits until something holds; fails with what was expected when it never does. */
export async function until(what: string, holds: () => boolean, limit = 10_000): Promise<void> {
  const deadline = Date.now() + limit;
  while (!holds()) {
    if (Date.now() > deadline) {
      assert.fail(`never happened: ${what}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The attached stretches of a session's document, as the document shows them (LF). */
export function attachedTexts({ draft }: DocumentSession): string[] {
  return draft.state.attachments.map(({ start, end }) => draft.text.slice(start, end));
}

/** The session of an open editor. */
export function sessionOf(api: VariorumApi, { document }: vscode.TextEditor): DocumentSession {
  const session = api.sessions.get(document);
  assert.ok(session, `no session for ${document.uri.toString()}`);
  return session;
}

/** Closes a document, and waits until VS Code has let go of it. */
export async function close(editor: vscode.TextEditor): Promise<void> {
  const { document } = editor;
  await vscode.commands.executeCommand('vscode.open', document.uri);
  await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  await until('the document is closed', () => document.isClosed, 20_000);
}
