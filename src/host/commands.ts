import * as vscode from 'vscode';
import { toModelError, isVariorumError } from '../core/model/error';
import { continueHere, type ContinueParts } from './continueCommand';

/** The commands of the main job. Whatever goes wrong in one ends in a message. */
export function registerCommands(
  parts: ContinueParts & { log: vscode.LogOutputChannel },
): vscode.Disposable {
  const { controller, view, log } = parts;
  const command = (name: string, run: (argument: unknown) => Promise<void> | void) =>
    vscode.commands.registerCommand(`variorum.${name}`, async (argument: unknown) => {
      try {
        await run(argument);
      } catch (error) {
        await report(error, log);
      }
    });
  return vscode.Disposable.from(
    command('continue', () => continueHere(parts)),
    command('insertBranch', async (argument) => {
      const number = branchNumber(argument) ?? (await askForBranch(parts));
      if (number !== undefined) {
        await controller.insert(number - 1);
      }
    }),
    command('stop', () => controller.session?.stop()),
    command('previousBatch', () => controller.session?.step(-1)),
    command('nextBatch', () => controller.session?.step(1)),
    command('showBranches', () => view.reveal()),
  );
}

/** The number (from 1) that a keybinding hands over. */
function branchNumber(argument: unknown): number | undefined {
  const isNumbered = typeof argument === 'object' && argument !== null && 'branch' in argument;
  return isNumbered && typeof argument.branch === 'number' ? argument.branch : undefined;
}

async function askForBranch({ controller }: ContinueParts): Promise<number | undefined> {
  const items = (controller.session?.branches() ?? []).map(({ index, tokens }) => ({
    label: `${index + 1}`,
    detail: tokens.map(({ text }) => text).join(''),
    number: index + 1,
  }));
  const placeHolder = vscode.l10n.t('Which branch goes into the draft?');
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
