import * as vscode from 'vscode';
import { registerCommands } from './host/commands';
import { BranchesController } from './host/branchesController';
import { BRANCHES_VIEW, BranchesView } from './host/branchesView';
import { Models } from './host/models';
import { Parts } from './host/parts';
import { Sessions } from './host/sessions';
import { registerTokenDecorations } from './host/tokenDecorations';
import { registerTokenHover } from './host/tokenHover';

/** What `activate` gives to other extensions, and to the tests. */
export interface VariorumApi {
  readonly sessions: Sessions;
  readonly parts: Parts;
  readonly models: Models;
  readonly controller: BranchesController;
}

/** Builds the parts and registers the features. */
export function activate(context: vscode.ExtensionContext): VariorumApi {
  const log = vscode.window.createOutputChannel('Variorum', { log: true });
  const parts = new Parts(context.extensionUri);
  const models = new Models(context.extensionUri, parts);
  const sessions = new Sessions(context, log);
  const controller = new BranchesController(sessions);
  const view = new BranchesView(context.extensionUri, controller);
  context.subscriptions.push(
    log,
    controller,
    view,
    vscode.window.registerWebviewViewProvider(BRANCHES_VIEW, view),
    registerCommands({ sessions, models, controller, view, log }),
    registerTokenDecorations(sessions),
    registerTokenHover(sessions),
    sessions,
  );
  return { parts, sessions, models, controller };
}
