import type * as vscode from 'vscode';
import { reanchor } from '../core/attachment/reanchor';
import { withLf } from '../core/text/lineEnds';
import { ScoredFiles } from '../core/tree/scoredFiles';
import { DocumentJournal } from '../core/tree/documentJournal';
import type { Attachment } from '../core/tree/node';
import { SessionScores } from './confidence/sessionScores';
import { DocumentSession } from './documentSession';
import { Draft } from './draft';
import { journalPlace } from './journalPlace';
import { clock, random } from './platform';
import { reportProblems } from './reportProblems';
import type { Unopened } from './unopened';

export interface OpeningParts {
  context: vscode.ExtensionContext;
  log: vscode.LogOutputChannel;
  /** Takes the session as soon as it follows the document. */
  add: (session: DocumentSession) => void;
  /** What was kept of the document until now. */
  unopened: Unopened | undefined;
}

/** Reads a document's tree and what of it stands in the document. @throws when it cannot be read at all */
export async function openSession(
  document: vscode.TextDocument,
  { context, log, add, unopened }: OpeningParts,
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
  const draft = draftOf(document, sound, unopened);
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

/** The document with what is attached in it, and what was typed since it was first seen. */
function draftOf(
  document: vscode.TextDocument,
  attachments: readonly Attachment[],
  unopened: Unopened | undefined,
): Draft {
  if (!unopened || unopened.events.length === 0) {
    return new Draft(document, attachments);
  }
  const followed = new Draft(document, [], unopened);
  unopened.events.forEach((event) => followed.follow(event));
  if (attachments.length === 0 && followed.text === withLf(document.getText())) {
    return followed;
  }
  const draft = new Draft(document, attachments);
  if (followed.text === draft.text) {
    draft.addTyped(followed.state.typed);
  }
  return draft;
}
