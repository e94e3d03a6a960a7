import type * as vscode from 'vscode';
import type { DocumentSession } from '../documentSession';
import type { Sessions } from '../sessions';
import type { ModelStatus } from './modelStatus';

/** Keeps the status bar told of what streams, and of what has failed. */
export function registerStreamStatus(sessions: Sessions, status: ModelStatus): vscode.Disposable {
  const show = (session: DocumentSession): void => {
    const { done, of, failure } = session.progress();
    if (session.streaming) {
      status.setState({ kind: 'streaming', done, of });
    } else if (failure !== undefined && done === 0) {
      status.setState({ kind: 'failed', message: failure.message });
    } else {
      status.setState({ kind: 'idle' });
    }
  };
  return sessions.onDidOpen((session) => {
    // Both end with the session, which disposes of its events.
    session.onDidStream(() => show(session));
    session.onDidGrow(({ end }) => {
      if (end) {
        show(session);
      }
    });
  });
}
