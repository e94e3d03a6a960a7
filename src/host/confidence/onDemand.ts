/** What puts confidence into words, and scores text; read when first used. */
import type * as vscode from 'vscode';
import type { DocumentSession } from '../documentSession';
import type { Models } from '../models';
import type { Sessions } from '../sessions';
import type { EditorColours } from './colours';
import type { TokenDecorations } from './decorations';
import type { Steps } from './steps';
import type { Yardstick } from './yardstick';

export { hoverAt } from './hover';
export { summaryHints } from './hints';
export { showTokenConfidence } from './score';
export { speakToken } from './speak';
export { showSummary } from './summary';

/** What the words are made from. */
export interface ConfidenceServices {
  sessions: Sessions;
  models: Models;
  log: vscode.LogOutputChannel;
  colours: EditorColours;
  yardstick: Yardstick;
  steps: Steps;
  decorations: TokenDecorations;
}

/** The draft in front. */
export interface Here {
  editor: vscode.TextEditor;
  session: DocumentSession;
}
