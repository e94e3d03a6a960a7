import * as vscode from 'vscode';
import { isVariorumError, toModelError } from '../core/model/error';
import type { Take } from '../protocol';
import { continueHere, type ContinueParts } from './continueCommand';

export type CommandParts = ContinueParts & { log: vscode.LogOutputChannel };
type Run = (argument: unknown, ...more: unknown[]) => Promise<void> | void;

/** The commands of the main job. */
export function registerCommands(parts: CommandParts): vscode.Disposable {
  const { controller, view, log } = parts;
  const command = (name: string, run: Run) => registerCommand(name, log, run);
  return vscode.Disposable.from(
    command('continue', () => continueHere(parts)),
    command('continueFanned', () => continueHere(parts, undefined, 'apart')),
    command('more', () => controller.shown().more()),
    command('pushApart', () => controller.shown().more('apart')),
    command('stop', () => controller.session?.stop()),
    command('previousBatch', () => controller.session?.step(-1)),
    command('nextBatch', () => controller.session?.step(1)),
    command('applyCompared', () => controller.applyCompared()),
    command('showBranches', () => view.reveal()),
    command('focusBranches', () => view.focus()),
    command('openBranchesInEditor', () => view.openInEditor()),
    registerBranchCommands(parts),
  );
}

/** The commands about one branch: the one whose number a keybinding hands over, or that is asked for. */
function registerBranchCommands(parts: CommandParts): vscode.Disposable {
  const { controller, log } = parts;
  const onBranch = (name: string, run: (branch: number) => Promise<void>) =>
    registerCommand(name, log, async (argument) => {
      const number = branchNumber(argument) ?? (await askForBranch(parts));
      if (number !== undefined) {
        await run(number - 1);
      }
    });
  // About the branch that is in the document, if one is: there is no need to name it.
  const take = (name: string, take: Take) =>
    registerCommand(name, log, async (argument) => {
      const placed = controller.session?.inserted ?? null;
      const number = branchNumber(argument) ?? (placed ?? -1) + 1;
      const chosen = number > 0 ? number : await askForBranch(parts);
      if (chosen !== undefined) {
        await controller.insert({ branch: chosen - 1, take });
      }
    });
  return vscode.Disposable.from(
    onBranch('insertBranch', (branch) => controller.insert({ branch })),
    onBranch('replaceSelection', (branch) => controller.insert({ branch, replacing: true })),
    onBranch('compareBranch', (branch) => controller.compare(branch)),
    onBranch('copyBranch', (branch) => controller.copy(branch)),
    onBranch('rewriteBranch', (branch) => controller.act({ kind: 'rewrite', branch })),
    take('takeWord', 'word'),
    take('takeSentence', 'sentence'),
    take('takeParagraph', 'paragraph'),
  );
}

/** Registers `variorum.<name>`. Whatever goes wrong in it ends in a message. */
export function registerCommand(
  name: string,
  log: vscode.LogOutputChannel,
  run: Run,
): vscode.Disposable {
  return vscode.commands.registerCommand(
    `variorum.${name}`,
    async (argument: unknown, ...more: unknown[]) => {
      try {
        await run(argument, ...more);
      } catch (error) {
        await report(error, log);
      }
    },
  );
}

/** The number (from 1) that a keybinding hands over. */
function branchNumber(argument: unknown): number | undefined {
  const isNumbered = typeof argument === 'object' && argument !== null && 'branch' in argument;
  return isNumbered && typeof argument.branch === 'number' ? argument.branch : undefined;
}

async function askForBranch({ controller }: ContinueParts): Promise<number | undefined> {
  const items = controller
    .shown()
    .branches()
    .map(({ index, tokens }) => ({
      label: `${index + 1}`,
      detail: tokens.map(({ text }) => text).join(''),
      number: index + 1,
    }));
  const placeHolder = vscode.l10n.t('Which branch?');
  const choice = await vscode.window.showQuickPick(items, { placeHolder });
  return choice?.number;
}

async function report(error: unknown, log: vscode.LogOutputChannel): Promise<void> {
  if (!isVariorumError(error)) {
    log.error(error instanceof Error ? error : String(error));
  }
  const { message, action } = toModelError(error);
  await vscode.window.showErrorMessage(`${message} ${action}`.trim());
}
