import * as vscode from 'vscode';

const HISTORY = 'variorum.instructions';
const LONGEST_HISTORY = 20;

/**
 * Asks what the writer wants next, in words; the last answers in this workspace are offered.
 * @returns undefined when they want nothing
 */
export async function askForInstruction(memory: vscode.Memento): Promise<string | undefined> {
  const answer = (await pickOrType(historyOf(memory)))?.trim();
  if (!answer) {
    return undefined;
  }
  await remember(memory, answer);
  return answer;
}

function historyOf(memory: vscode.Memento): string[] {
  const kept = memory.get<unknown>(HISTORY);
  return Array.isArray(kept) ? kept.filter((item) => typeof item === 'string') : [];
}

/** Puts an answer first among those to be offered. */
export async function remember(memory: vscode.Memento, answer: string): Promise<void> {
  const others = historyOf(memory).filter((other) => other !== answer);
  await memory.update(HISTORY, [answer, ...others].slice(0, LONGEST_HISTORY));
}

function pickOrType(history: readonly string[]): Promise<string | undefined> {
  const pick = vscode.window.createQuickPick();
  const offered = history.map((label) => ({ label }));
  pick.title = vscode.l10n.t('Continue with an instruction');
  pick.placeholder = vscode.l10n.t('What should come next? For example: a stranger sits down');
  pick.items = offered;
  pick.onDidChangeValue((value) => {
    const typed = value.trim();
    const isNew = typed !== '' && !history.includes(typed);
    pick.items = isNew ? [{ label: typed, alwaysShow: true }, ...offered] : offered;
  });
  return new Promise((resolve) => {
    pick.onDidAccept(() => {
      resolve(pick.activeItems[0]?.label ?? pick.value);
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}
