import * as vscode from 'vscode';
import { openDocument } from '../core/attachment/document';
import { reanchor } from '../core/attachment/reanchor';
import { humanPassages } from '../core/provenance/humanPassages';
import { provenanceAt } from '../core/provenance/stretches';
import { withLf } from '../core/text/lineEnds';
import { DocumentJournal } from '../core/tree/documentJournal';
import { journalPlace } from './journalPlace';
import { clock, random } from './platform';
import { provenanceOf } from './provenance/documentProvenance';
import { ownGlobs } from './provenance/ownWriting';
import type { Sessions } from './sessions';

/** As much human prose is gathered, the newest first, in UTF-16 code units. */
const MOST = 2_000_000;
/** Files looked at, and the size beyond which one is no prose, in bytes. */
const MOST_FILES = 500;
const LARGEST = 5_000_000;
export interface GatheringParts {
  sessions: Sessions;
  context: vscode.ExtensionContext;
}

/** The human passages of open drafts and of files that the writer names as theirs, but for one document. */
export async function gatherHumanProse(
  { sessions, context }: GatheringParts,
  except: vscode.TextDocument,
  signal: AbortSignal,
): Promise<string[]> {
  const done = new Set([except.uri.toString()]);
  const texts: string[] = [];
  let room = MOST;
  const take = (uri: vscode.Uri, text: string) => {
    done.add(uri.toString());
    if (text !== '') {
      texts.push(text.slice(0, room));
      room -= text.length;
    }
  };
  for (const session of sessions.all()) {
    const { uri } = session.document;
    if (!done.has(uri.toString())) {
      take(uri, joined(humanPassages(session.draft.text, provenanceOf(session))));
    }
  }
  for (const uri of await ownFiles()) {
    if (room <= 0 || signal.aborted) {
      break;
    }
    if (!done.has(uri.toString())) {
      take(uri, await proseOf(uri, context));
    }
  }
  return texts;
}

/** What of a file that is the writer's own no model wrote; empty when it cannot be read as text. */
async function proseOf(uri: vscode.Uri, context: vscode.ExtensionContext): Promise<string> {
  const text = await readText(uri);
  const place = journalPlace({ uri }, context);
  if (text === '' || !(await DocumentJournal.exists(place))) {
    return text;
  }
  const journal = await DocumentJournal.open({
    ...place,
    clock,
    random,
    onError: () => undefined,
  });
  const saved = await journal.savedAttachments();
  const attachments = reanchor(text, saved, (node) => journal.tree.node(node)?.text);
  const stretches = provenanceAt(openDocument(text, attachments), {
    sourceOf: (node) => journal.tree.node(node)?.source,
    own: true,
  });
  return joined(humanPassages(text, stretches));
}

function joined(passages: readonly string[]): string {
  return passages.join('\n\n');
}

/** The files that the writer names as theirs, the newest first; what `files.exclude` hides is left out. */
async function ownFiles(): Promise<readonly vscode.Uri[]> {
  const patterns = (vscode.workspace.workspaceFolders ?? []).flatMap(ownGlobs);
  const found = await Promise.all(
    patterns.map((pattern) => vscode.workspace.findFiles(pattern, undefined, MOST_FILES)),
  );
  const unique = new Map(found.flat().map((uri) => [uri.toString(), uri]));
  const files = await Promise.all(
    [...unique.values()]
      .filter(({ path }) => !path.split('/').some((part) => part.startsWith('.')))
      .map(async (uri) => ({ uri, ...(await vscode.workspace.fs.stat(uri)) })),
  );
  return files
    .filter(({ size }) => size <= LARGEST)
    .sort((a, b) => b.mtime - a.mtime)
    .map(({ uri }) => uri);
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
