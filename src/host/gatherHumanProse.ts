import * as vscode from 'vscode';
import { HumanTexts, type HumanText } from './provenance/humanText';
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
  const reader = new HumanTexts(context);
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
      take(uri, joined(reader.inSession(session)));
    }
  }
  for (const uri of await ownFiles()) {
    if (room <= 0 || signal.aborted) {
      break;
    }
    if (!done.has(uri.toString())) {
      take(uri, joined(await reader.inFile(uri, true)));
    }
  }
  return texts;
}

function joined({ text, human }: HumanText): string {
  return human.map(({ start, end }) => text.slice(start, end)).join('\n\n');
}

/** The files that the writer names as theirs, the newest first; what `files.exclude` hides is left out. */
export async function ownFiles(): Promise<readonly vscode.Uri[]> {
  const patterns = (vscode.workspace.workspaceFolders ?? []).flatMap(ownGlobs);
  const found = await Promise.all(
    patterns.map((pattern) => vscode.workspace.findFiles(pattern, undefined, MOST_FILES)),
  );
  const unique = new Map(found.flat().map((uri) => [uri.toString(), uri]));
  const files = await Promise.all(
    [...unique.values()]
      .filter(({ path }) => !path.split('/').some((part) => part.startsWith('.')))
      .map(async (uri) => ({ uri, ...(await statOf(uri)) })),
  );
  return files
    .filter(({ size }) => size <= LARGEST)
    .sort((a, b) => b.mtime - a.mtime)
    .map(({ uri }) => uri);
}

/** What is gone since it was found counts as too large. */
async function statOf(uri: vscode.Uri): Promise<Pick<vscode.FileStat, 'size' | 'mtime'>> {
  try {
    return await vscode.workspace.fs.stat(uri);
  } catch {
    return { size: Infinity, mtime: 0 };
  }
}
