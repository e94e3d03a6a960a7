import * as vscode from 'vscode';

/** A short draft to try things on, as an untitled document with the caret at its end. */
export async function openSample(extensionUri: vscode.Uri): Promise<void> {
  const uri = vscode.Uri.joinPath(extensionUri, 'media', 'walkthrough', 'sample.md');
  const content = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)).trimEnd();
  const document = await vscode.workspace.openTextDocument({ language: 'markdown', content });
  const editor = await vscode.window.showTextDocument(document);
  const end = document.lineAt(document.lineCount - 1).range.end;
  editor.selection = new vscode.Selection(end, end);
  editor.revealRange(editor.selection);
}
