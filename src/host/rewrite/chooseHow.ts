import * as vscode from 'vscode';
import { choices } from '../../core/rewrite/deal';
import type { RewriteStrategy } from '../../core/rewrite/strategy';
import type { RewriteArgument } from './rewritePlaces';

const MEMORY = 'variorum.rewriteStrategies';

/** Asks which strategies, and for an instruction; undefined when the writer leaves. The last choice is offered. */
export async function chooseHow(
  strategies: readonly RewriteStrategy[],
  memory: vscode.Memento,
): Promise<Pick<RewriteArgument, 'strategies' | 'instruction'> | undefined> {
  const { l10n, window } = vscode;
  const last = readLast(memory);
  const items = choices(strategies).map(({ name, about }) => ({
    label: name,
    detail: about,
    picked: last.includes(name),
  }));
  const picked = await window.showQuickPick(items, {
    title: l10n.t('Rewrite with…'),
    placeHolder: l10n.t('Which strategies? They are dealt to the rewrites in turn.'),
    canPickMany: true,
    matchOnDetail: true,
    ignoreFocusOut: true,
  });
  if (!picked) {
    return undefined;
  }
  const chosen = picked.map(({ label }) => label);
  await memory.update(MEMORY, chosen);
  const instruction = await window.showInputBox({
    title: l10n.t('Rewrite with an instruction'),
    prompt: l10n.t('What is to be different? Leave it empty to let the strategies decide.'),
    ignoreFocusOut: true,
  });
  return instruction === undefined
    ? undefined
    : { strategies: chosen, ...(instruction.trim() === '' ? {} : { instruction }) };
}

function readLast(memory: vscode.Memento): readonly string[] {
  const kept = memory.get<unknown>(MEMORY);
  return Array.isArray(kept) ? kept.filter((item) => typeof item === 'string') : [];
}
