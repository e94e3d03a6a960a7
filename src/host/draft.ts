import * as vscode from 'vscode';
import type { Change } from '../core/attachment/change';
import {
  addTyped,
  applyChanges,
  openDocument,
  place,
  sync,
  type DocumentState,
} from '../core/attachment/document';
import type { Reason } from '../core/attachment/ledger';
import { toLf, type LineEnd } from '../core/attachment/lineEnds';
import type { Attachments } from '../core/attachment/stretch';
import type { Typed } from '../core/attachment/typed';
import type { Span } from '../core/text/span';
import type { Attachment } from '../core/tree/node';
import type { Unopened } from './unopened';

/** One change event of a draft, in LF offsets of the text before it. */
export interface DraftEdit {
  changes: readonly Change[];
  reason: Reason;
}

/** An open document and what is attached in it, kept true through every change event. */
export class Draft {
  #state: DocumentState;
  #lineEnd: LineEnd;

  /** @param seen the document as it was before changes that are yet to be followed; else as it is */
  constructor(
    readonly document: vscode.TextDocument,
    attachments: Attachments = [],
    seen: Pick<Unopened, 'text' | 'eol'> = { text: document.getText(), eol: document.eol },
  ) {
    this.#state = openDocument(seen.text, attachments);
    this.#lineEnd = lineEndOf(seen);
  }

  get state(): DocumentState {
    return this.#state;
  }

  /** The whole text, line ends LF. */
  get text(): string {
    return this.#state.text;
  }

  /** Follows a change event; undefined when only line ends (or nothing) changed. */
  follow(event: vscode.TextDocumentChangeEvent): DraftEdit | undefined {
    const before = this.#lineEnd;
    this.#lineEnd = lineEndOf(event.document);
    const edit: DraftEdit = {
      changes: event.contentChanges.map((change) => fromEvent(change, before)),
      reason: reasonOf(event.reason),
    };
    const old = this.#state;
    this.#state = this.#after(edit);
    return this.#state === old ? undefined : edit;
  }

  /** Attaches a stretch; false when the document does not show exactly that text there. */
  attach(stretch: Attachment, nodeText: string): boolean {
    const old = this.#state;
    this.#state = place(old, stretch, nodeText);
    return this.#state !== old;
  }

  /** Takes note that more of the text as it stands was typed by the writer. */
  addTyped(typed: Typed): void {
    this.#state = addTyped(this.#state, typed);
  }

  /** LF offset of a position in the document. */
  offsetAt(position: vscode.Position): number {
    return this.#state.lines.offset(position);
  }

  positionAt(offset: number): vscode.Position {
    const { line, character } = this.#state.lines.position(offset);
    return new vscode.Position(line, character);
  }

  rangeOf({ start, end }: Span): vscode.Range {
    return new vscode.Range(this.positionAt(start), this.positionAt(end));
  }

  #after({ changes, reason }: DraftEdit): DocumentState {
    try {
      return applyChanges(this.#state, changes, reason);
    } catch (error) {
      if (error instanceof RangeError) {
        return sync(this.#state, this.document.getText(), reason);
      }
      throw error;
    }
  }
}

function fromEvent(change: vscode.TextDocumentContentChangeEvent, before: LineEnd): Change {
  const { range, rangeOffset, rangeLength, text } = change;
  const [startLine, endLine] = [range.start.line, range.end.line];
  return toLf({ rangeOffset, rangeLength, startLine, endLine, text }, before);
}

function lineEndOf({ eol }: Pick<vscode.TextDocument, 'eol'>): LineEnd {
  return eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';
}

function reasonOf(reason: vscode.TextDocumentChangeReason | undefined): Reason {
  switch (reason) {
    case vscode.TextDocumentChangeReason.Undo:
      return 'undo';
    case vscode.TextDocumentChangeReason.Redo:
      return 'redo';
    case undefined:
      return 'edit';
  }
}
