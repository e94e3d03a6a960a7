import * as vscode from 'vscode';
import { LineIndex } from '../../core/attachment/lineIndex';
import type { DocumentCheck } from '../../core/collapse/documentCheck';
import { commonPrefix, commonSuffix } from '../../core/text/common';
import { withLf } from '../../core/text/lineEnds';
import type { Span } from '../../core/text/span';
import { Disposables } from '../disposables';
import { findInDocument, openCheck, type Checked, type FindingParts } from './documentFindings';
import { FindingDiagnostic, type Found, type Positions } from './finding';
import { Latest } from './latest';

/** How long the writer rests before findings are brought up to date, in milliseconds. */
const REST = 250;

/** A document whose findings are in Problems. */
interface Watched {
  check: DocumentCheck;
  /** What is checked of it, LF offsets; all of it when absent. */
  span?: Span;
  /** The document's text when it was last checked, line ends LF. */
  text: string;
}

/** Puts findings on any text into Problems, when asked to, and keeps them true until they are cleared. */
export class Checks implements vscode.Disposable {
  readonly #disposables = new Disposables();
  readonly #problems = this.#disposables.add(
    vscode.languages.createDiagnosticCollection('variorum'),
  );
  readonly #watched = new Map<vscode.TextDocument, Watched>();
  readonly #latest: Latest<vscode.TextDocument>;

  constructor(private readonly parts: FindingParts) {
    const { workspace } = vscode;
    this.#latest = this.#disposables.add(
      new Latest(
        REST,
        async (document, signal) => {
          await this.#update(document, signal);
        },
        parts.log,
      ),
    );
    this.#disposables.add(
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0 && this.#watched.has(document)) {
          this.#latest.ask(document);
        }
      }),
    );
    this.#disposables.add(workspace.onDidCloseTextDocument((document) => this.#drop(document)));
  }

  /**
   * Checks a document, or a part of it, and shows what is found.
   * @throws the signal's reason when it is aborted
   */
  async check(
    document: vscode.TextDocument,
    selection: vscode.Range | undefined,
    signal: AbortSignal,
  ): Promise<Checked> {
    const text = withLf(document.getText());
    const lines = LineIndex.of(text);
    const span = selection && {
      start: lines.offset(selection.start),
      end: lines.offset(selection.end),
    };
    const check = await openCheck(this.parts, document);
    this.#latest.cancel(document);
    this.#watched.set(document, { check, text, ...(span && { span }) });
    return this.#update(document, signal);
  }

  /** Checks again what is shown, under rules that have changed. */
  async recheckAll(): Promise<void> {
    for (const [document, watched] of this.#watched) {
      watched.check = await openCheck(this.parts, document);
      this.#latest.ask(document);
    }
  }

  /** Takes everything out of Problems. */
  clear(): void {
    [...this.#watched.keys()].forEach((document) => this.#drop(document));
    this.#problems.clear();
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #drop(document: vscode.TextDocument): void {
    this.#latest.cancel(document);
    this.#watched.delete(document);
    this.#problems.delete(document.uri);
  }

  async #update(document: vscode.TextDocument, signal: AbortSignal): Promise<Checked> {
    const watched = this.#watched.get(document);
    if (watched === undefined) {
      return { found: [], language: 'unclear' };
    }
    const text = withLf(document.getText());
    const { version } = document;
    const span = watched.span && spanAfter(watched.span, watched.text, text);
    const checked = await findInDocument(
      this.parts,
      document,
      { check: watched.check, text, span },
      signal,
    );
    // An edit that came meanwhile has asked for another update.
    if (document.version === version && this.#watched.get(document) === watched) {
      Object.assign(watched, { text, ...(span && { span }) });
      this.#publish(document, text, checked.found);
    }
    return checked;
  }

  #publish(document: vscode.TextDocument, text: string, found: readonly Found[]): void {
    const positions = positionsIn(text);
    this.#problems.set(
      document.uri,
      found.map((one) => new FindingDiagnostic(one, document, positions, false)),
    );
  }
}

/** Positions of LF offsets: line and column are the same whatever the line ends are. */
export function positionsIn(text: string): Positions {
  const lines = LineIndex.of(text);
  const at = (offset: number) => {
    const { line, character } = lines.position(offset);
    return new vscode.Position(line, character);
  };
  return { rangeOf: ({ start, end }) => new vscode.Range(at(start), at(end)) };
}

/** Where a part of a text is after an edit; what is typed at its borders is outside. */
function spanAfter(span: Span, before: string, after: string): Span {
  const known = commonPrefix(before, after);
  const end = before.length - commonSuffix(before, after, known);
  const shift = after.length - before.length;
  const moved = (offset: number) =>
    offset <= known ? offset : offset >= end ? offset + shift : known;
  const start = moved(span.start);
  return { start, end: Math.max(start, moved(span.end)) };
}
