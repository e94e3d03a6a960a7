import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { shownTokens } from '../../src/core/attachment/tokens';
import type { VariorumApi } from '../../src/extension';
import { sessionOf } from './support';

/** The scored words of a document, as it shows them. */
export function wordsScored(api: VariorumApi, editor: vscode.TextEditor): string[] {
  const { scores, draft } = sessionOf(api, editor);
  const { attachments, tokensOf } = scores.document;
  const all = { start: 0, end: draft.text.length };
  return [...shownTokens(attachments, tokensOf, all)].map((shown) => {
    const { text = '' } = scores.document.text(shown.node) ?? {};
    const own = text.slice(shown.token.start, shown.token.end);
    assert.equal(draft.text.slice(shown.start, shown.end), own);
    return own;
  });
}

/** What the hover over a place says. */
export async function hoverText(editor: vscode.TextEditor, offset: number): Promise<string> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    editor.document.uri,
    editor.document.positionAt(offset),
  );
  return hovers
    .flatMap(({ contents }) => contents as vscode.MarkdownString[])
    .map(({ value }) => value)
    .join('\n')
    .replaceAll('&nbsp;', ' ')
    .replaceAll('\\', '');
}
