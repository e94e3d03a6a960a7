import * as vscode from 'vscode';
import type { Reach } from '../../core/model/languageModel';

type ReachSetting = Reach | 'limit';

function choices(): { label: string; description: string; reach: ReachSetting }[] {
  const { t } = vscode.l10n;
  return [
    { reach: 'sentence', label: t('Sentence'), description: t('to the end of the first sentence') },
    {
      reach: 'paragraph',
      label: t('Paragraph'),
      description: t('to the end of the first paragraph'),
    },
    { reach: 'scene', label: t('Scene'), description: t('up to the next section break') },
    { reach: 'limit', label: t('Limit'), description: t('as long as the limit of tokens allows') },
  ];
}

/** Asks how far branches go, or takes what a keybinding hands over (`{"reach": "sentence"}`), and keeps it. */
export async function setReach(argument: unknown): Promise<void> {
  const reach = reachOf(argument) ?? (await askForReach());
  if (reach !== undefined) {
    const settings = vscode.workspace.getConfiguration('variorum');
    const { workspaceValue } = settings.inspect('reach') ?? {};
    const { Global, Workspace } = vscode.ConfigurationTarget;
    await settings.update('reach', reach, workspaceValue === undefined ? Global : Workspace);
  }
}

function reachOf(argument: unknown): ReachSetting | undefined {
  const named =
    typeof argument === 'object' && argument !== null && 'reach' in argument
      ? argument.reach
      : undefined;
  return choices().find(({ reach }) => reach === named)?.reach;
}

async function askForReach(): Promise<ReachSetting | undefined> {
  const now = vscode.workspace.getConfiguration('variorum').get<ReachSetting>('reach', 'limit');
  const items = choices().map((choice) => ({
    ...choice,
    ...(choice.reach === now ? { detail: vscode.l10n.t('chosen now') } : {}),
  }));
  const placeHolder = vscode.l10n.t('How far does a branch go?');
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.reach;
}
