import * as vscode from 'vscode';
import type { Span } from '../../core/text/span';
import type { DocumentSession } from '../documentSession';

export type Scope = 'selection' | 'paragraph' | 'document';

/** The stretch that a command is about (LF offsets), and what it is. */
export interface Passage {
  scope: Scope;
  span: Span;
}

/** The selection, or the paragraph at the caret; the whole document where that was asked for. */
export function passageAt(
  session: DocumentSession,
  { selection }: vscode.TextEditor,
  asked: Scope | undefined,
): Passage {
  const { draft } = session;
  if (asked === 'document') {
    return { scope: 'document', span: { start: 0, end: draft.text.length } };
  }
  if (!selection.isEmpty && asked !== 'paragraph') {
    const span = { start: draft.offsetAt(selection.start), end: draft.offsetAt(selection.end) };
    return { scope: 'selection', span };
  }
  return { scope: 'paragraph', span: paragraphAt(session, selection.active.line) };
}

/** The paragraph that a line belongs to (LF offsets), without the line break behind it. */
export function paragraphAt({ draft, document }: DocumentSession, line: number): Span {
  const isBlank = (at: number) => document.lineAt(at).isEmptyOrWhitespace;
  let first = line;
  let last = line;
  // Below a paragraph the caret still means the one above.
  while (isBlank(first) && first > 0) {
    first -= 1;
    last = first;
  }
  while (first > 0 && !isBlank(first - 1)) {
    first -= 1;
  }
  while (last < document.lineCount - 1 && !isBlank(last + 1)) {
    last += 1;
  }
  return {
    start: draft.offsetAt(new vscode.Position(first, 0)),
    end: draft.offsetAt(document.lineAt(last).range.end),
  };
}
