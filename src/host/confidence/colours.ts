import * as vscode from 'vscode';
import type { ShownConfidence } from '../../core/attachment/shownConfidence';
import { Disposables } from '../disposables';
import type { DocumentSession } from '../documentSession';
import { CONFIDENCE_SECTION, editorColours } from '../settings';

/** Which tokens an editor colours: by the setting, and by what was chosen for one document. */
export class EditorColours implements vscode.Disposable {
  readonly #disposables = new Disposables();
  readonly #onDidChange = this.#disposables.add(new vscode.EventEmitter<void>());
  /** By document: shown or hidden, whatever the setting says. */
  readonly #chosen = new Map<string, boolean>();

  readonly onDidChange = this.#onDidChange.event;

  constructor() {
    this.#disposables.add(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (
          event.affectsConfiguration(editorColours.key) ||
          event.affectsConfiguration(CONFIDENCE_SECTION)
        ) {
          this.#onDidChange.fire();
        }
      }),
    );
    this.#disposables.add(
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#chosen.delete(uri.toString())),
    );
  }

  /** Whether a token of a session's document is coloured; undefined when none is. */
  filter(session: DocumentSession): ((token: ShownConfidence) => boolean) | undefined {
    const chosen = this.#chosen.get(keyOf(session));
    const mode = editorColours.mode();
    if (chosen === false) {
      return undefined;
    }
    if (chosen === true || mode === 'always') {
      return () => true;
    }
    const inserted = mode === 'lastInsertion' ? session.insertedNode : undefined;
    return ({ by, node }) => by === 'scoring' || node === inserted;
  }

  /** Shows all or hides all in one document, whichever it is not doing. @returns whether they show now */
  toggle(session: DocumentSession, isAnyShown: boolean): boolean {
    this.#chosen.set(keyOf(session), !isAnyShown);
    this.#onDidChange.fire();
    return !isAnyShown;
  }

  /** Something was asked for here: what was hidden shows again. */
  reveal(session: DocumentSession): void {
    if (this.#chosen.get(keyOf(session)) === false) {
      this.#chosen.delete(keyOf(session));
      this.#onDidChange.fire();
    }
  }

  dispose(): void {
    this.#disposables.dispose();
  }
}

function keyOf({ document }: DocumentSession): string {
  return document.uri.toString();
}
