import type * as vscode from 'vscode';
import type { NodeId } from '../../core/tree/node';
import { Disposables } from '../disposables';
import type { DocumentSession } from '../documentSession';
import type { Sessions } from '../sessions';

/** What detectors found in the branches that were read in this window. */
export class FlagCache implements vscode.Disposable {
  readonly #disposables = new Disposables();
  readonly #codes = new Map<NodeId, readonly string[]>();
  readonly #followed = new WeakSet<DocumentSession>();

  constructor(sessions: Sessions) {
    this.#disposables.add(sessions.onDidOpen((session) => this.#follow(session)));
    this.#disposables.add(sessions.onDidChangeAttachments((session) => this.#follow(session)));
  }

  of(id: NodeId): readonly string[] {
    return this.#codes.get(id) ?? [];
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #follow(session: DocumentSession): void {
    if (this.#followed.has(session)) {
      return;
    }
    this.#followed.add(session);
    this.#disposables.add(
      session.onDidReview(() => {
        for (const { node, flags } of session.branches()) {
          if (flags) {
            this.#codes.set(node, [...new Set(flags.map(({ code }) => code))]);
          }
        }
      }),
    );
  }
}
