import * as vscode from 'vscode';
import { addTyped, openDocument } from '../../core/attachment/document';
import { reanchor } from '../../core/attachment/reanchor';
import { typedFrom } from '../../core/provenance/fingerprint';
import { humanSpans } from '../../core/provenance/humanPassages';
import { provenanceAt } from '../../core/provenance/stretches';
import { withLf } from '../../core/text/lineEnds';
import type { Span } from '../../core/text/span';
import { documentFolder } from '../../core/tree/documentFolder';
import { DocumentJournal } from '../../core/tree/documentJournal';
import { joinPath } from '../../core/tree/store';
import { readTyped } from '../../core/tree/typedFile';
import type { DocumentSession } from '../documentSession';
import { journalPlace } from '../journalPlace';
import { clock, random } from '../platform';
import { provenanceOf } from './documentProvenance';

/** A text, line ends LF, and where its human paragraphs stand in it: see `humanSpans`. */
export interface HumanText {
  text: string;
  human: readonly Span[];
}

/** What is human in an open draft, as it stands now. */
export function humanInSession(session: DocumentSession): HumanText {
  const { text } = session.draft;
  return { text, human: humanSpans(text, provenanceOf(session)) };
}

/**
 * What is human in a file that is not open: what was written down as typed, and, where the writer names the
 * file as theirs, what no model wrote. Nothing of a file that cannot be read as text.
 */
export async function humanInFile(
  uri: vscode.Uri,
  { context, own }: { context: vscode.ExtensionContext; own: boolean },
): Promise<HumanText> {
  const text = await readText(uri);
  const place = journalPlace({ uri }, context);
  const { store, root, document } = place;
  const typed = await readTyped(store, joinPath(root, documentFolder(document)));
  if (text === '' || (!own && typed.length === 0)) {
    return { text, human: [] };
  }
  if (!(await DocumentJournal.exists(place))) {
    return { text, human: humanSpans(text, []) };
  }
  const journal = await DocumentJournal.open({ ...place, clock, random, onError: () => undefined });
  const saved = await journal.savedAttachments();
  const attachments = reanchor(text, saved, (node) => journal.tree.node(node)?.text);
  const state = typed.reduce(
    (known, { print }) => addTyped(known, typedFrom(text, print)),
    openDocument(text, attachments),
  );
  const stretches = provenanceAt(state, {
    sourceOf: (node) => journal.tree.node(node)?.source,
    own,
  });
  return { text, human: humanSpans(text, stretches) };
}

/** A file's text; empty when it is not UTF-8, or gone. */
async function readText(uri: vscode.Uri): Promise<string> {
  try {
    const bytes = await vscode.workspace.fs.readFile(uri);
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.includes('\0') ? '' : withLf(text);
  } catch {
    return '';
  }
}
