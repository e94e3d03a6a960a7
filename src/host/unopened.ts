import type * as vscode from 'vscode';

/** What is kept of a document until its session is open: as it was first seen, and every change since. */
export interface Unopened {
  readonly text: string;
  readonly eol: vscode.EndOfLine;
  readonly events: vscode.TextDocumentChangeEvent[];
}
