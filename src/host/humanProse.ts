import * as vscode from 'vscode';
import type { SketchModel } from '../core/model/sketch/sketchModel';
import { Disposables } from './disposables';
import type { DocumentSession } from './documentSession';
import { clock } from './platform';
import type { Parts } from './parts';
import { OWN_WRITING } from './provenance/ownWriting';
import type { Sessions } from './sessions';

/** Prose that has only been saved again is not read anew before so many milliseconds. */
const REST = 5 * 60_000;

export interface HumanProseParts {
  sessions: Sessions;
  parts: Parts;
  /** Sketch, once it is loaded: before that nothing is gathered. */
  sketch: () => SketchModel | undefined;
  context: vscode.ExtensionContext;
  log: vscode.LogOutputChannel;
}

/**
 * Gives Sketch the human prose of the workspace, other than the draft in hand: after it was first used, in
 * the background, so that no token waits for it.
 */
export class HumanProse implements vscode.Disposable {
  readonly #disposables = new Disposables();
  #work = new AbortController();
  #isRunning = false;
  #stale = true;
  #document = '';
  #time = -Infinity;

  constructor(private readonly parts: HumanProseParts) {
    const { workspace } = vscode;
    this.#disposables.add(parts.sessions.onDidOpen((session) => this.#follow(session)));
    this.#disposables.add(
      workspace.onDidSaveTextDocument(({ uri }) => {
        this.#stale ||= uri.toString() !== this.#document;
      }),
    );
    this.#disposables.add(
      workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(OWN_WRITING)) {
          this.#stale = true;
          this.#time = -Infinity;
        }
      }),
    );
  }

  /** Gathers prose anew, where there is reason to, and hands it to Sketch. Never rejects. */
  async freshen(document: vscode.TextDocument): Promise<void> {
    const sketch = this.parts.sketch();
    const key = document.uri.toString();
    const isDue = this.#stale && clock.now() - this.#time >= REST;
    if (sketch === undefined || this.#isRunning || (key === this.#document && !isDue)) {
      return;
    }
    this.#isRunning = true;
    this.#stale = false;
    this.#document = key;
    this.#time = clock.now();
    try {
      const { signal } = this.#work;
      await sketch.readProse(await this.gather(document, signal), signal);
    } catch (error) {
      this.parts.log.warn(`The prose of the workspace could not be read: ${String(error)}`);
    } finally {
      this.#isRunning = false;
    }
  }

  /** The human passages of open drafts and of files that the writer names as theirs, but for one document. */
  async gather(except: vscode.TextDocument, signal: AbortSignal): Promise<string[]> {
    const { gatherHumanProse } = await this.parts.parts.loadHost('session');
    return gatherHumanProse(this.parts, except, signal);
  }

  dispose(): void {
    this.#work.abort();
    this.#disposables.dispose();
  }

  #follow(session: DocumentSession): void {
    // It ends with the session.
    session.onDidStream(() => {
      if (!session.streaming) {
        void this.freshen(session.document);
      }
    });
  }
}
