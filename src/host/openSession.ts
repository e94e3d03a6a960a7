import type * as vscode from 'vscode';
import { reanchor } from '../core/attachment/reanchor';
import { withLf } from '../core/text/lineEnds';
import { ScoredFiles } from '../core/tree/scoredFiles';
import { DocumentJournal } from '../core/tree/documentJournal';
import { SessionScores } from './confidence/sessionScores';
import { DocumentSession } from './documentSession';
import { Draft } from './draft';
import { journalPlace } from './journalPlace';
import { clock, random } from './platform';
import { reportProblems } from './reportProblems';

export interface OpeningParts {
  context: vscode.ExtensionContext;
  log: vscode.LogOutputChannel;
  /** Takes the session as soon as it follows the document. */
  add: (session: DocumentSession) => void;
}

/** Reads a document's tree and what of it stands in the document. @throws when it cannot be read at all */
export async function openSession(
  document: vscode.TextDocument,
  { context, log, add }: OpeningParts,
): Promise<DocumentSession> {
  const place = journalPlace(document, context);
  const opened: { session?: DocumentSession } = {};
  const journal = await DocumentJournal.open({
    ...place,
    clock,
    random,
    onError: (error) => opened.session?.storageFailed(error),
  });
  const scores = new SessionScores(new ScoredFiles(place, journal.writer));
  const [saved, kept] = await Promise.all([journal.savedAttachments(), scores.read()]);
  // From here on without a pause, so that no change event falls between text and attachments.
  const sound = reanchor(
    withLf(document.getText()),
    saved,
    (node) => journal.tree.node(node)?.text,
  );
  const draft = new Draft(document, sound);
  scores.restore(draft.text, kept);
  const session = new DocumentSession(draft, journal, scores);
  opened.session = session;
  add(session);
  reportProblems(journal, log);
  await session.loadTokens(new Set(sound.map(({ node }) => node)));
  const latest = journal.tree.batches().at(-1);
  if (latest !== undefined) {
    await session.show(latest);
  }
  return session;
}
