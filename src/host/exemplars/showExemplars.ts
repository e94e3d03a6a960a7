import * as vscode from 'vscode';
import type { ChosenExemplar } from '../../core/exemplars/exemplarChoice';
import type { Exemplar } from '../../core/rewrite/rewriting';
import type { DocumentSession } from '../documentSession';
import { OWN_WRITING } from '../provenance/ownWriting';
import type { ExemplarFeature } from './exemplarFeature';
import { exemplarBudget, exemplarPath } from './exemplarSettings';
import { sourceAt } from './sourceAt';

export interface ShownFor {
  feature: ExemplarFeature;
  session: DocumentSession;
  selection: vscode.Selection;
}

type Act = 'open' | 'pin' | 'unpin' | 'exclude' | 'include';

interface Button extends vscode.QuickInputButton {
  act: Act;
}

interface Row extends vscode.QuickPickItem {
  exemplar?: Exemplar;
  buttons?: readonly Button[];
}

const BEGINNING = 90;
const ICONS: Record<Act, string> = {
  open: 'go-to-file',
  pin: 'pin',
  unpin: 'pinned',
  exclude: 'circle-slash',
  include: 'add',
};

/** What was chosen in the list: an exemplar, and by its button what to do with it. */
interface Picked {
  exemplar: Exemplar;
  act?: Act;
}

/**
 * Shows which exemplars a rewrite of the selection, or of the paragraph at the cursor, would be shown, and why;
 * each can be opened, pinned and excluded, by its buttons or by choosing it. The list comes again until it is
 * left.
 */
export async function showExemplars(shown: ShownFor, signal: AbortSignal): Promise<void> {
  const { feature } = shown;
  let latest: string | undefined;
  for (;;) {
    const rows = await rowsFor(shown, signal);
    if (rows.length === 0) {
      await sayNone();
      return;
    }
    const picked = await pick(rows, latest);
    if (picked === undefined) {
      return;
    }
    const { exemplar } = picked;
    const act = picked.act ?? (await askWhat(feature, exemplar));
    if (act === 'open') {
      await feature.open(exemplar);
      return;
    }
    if (act !== undefined) {
      await feature.wishes[act]([exemplar.id]);
    }
    latest = exemplar.id;
  }
}

/** @param latest the exemplar that something was done with: the cursor is put on it */
async function pick(rows: readonly Row[], latest: string | undefined): Promise<Picked | undefined> {
  const picker = vscode.window.createQuickPick<Row>();
  picker.title = vscode.l10n.t('Exemplars');
  picker.placeholder = vscode.l10n.t(
    'What a rewrite would be shown of your own text. Enter for what can be done',
  );
  picker.matchOnDescription = true;
  picker.items = rows;
  const active = rows.filter(({ exemplar }) => exemplar && exemplar.id === latest);
  if (active.length > 0) {
    picker.activeItems = active;
  }
  try {
    return await new Promise((resolve) => {
      const settle = (exemplar: Exemplar | undefined, act?: Act) =>
        resolve(exemplar && { exemplar, ...(act && { act }) });
      picker.onDidAccept(() => settle(picker.selectedItems[0]?.exemplar));
      picker.onDidHide(() => settle(undefined));
      picker.onDidTriggerItemButton(({ button, item }) =>
        settle(item.exemplar, (button as Button).act),
      );
      picker.show();
    });
  } finally {
    picker.dispose();
  }
}

/** What to do with an exemplar, for those who work by keyboard; undefined goes back to the list. */
async function askWhat(feature: ExemplarFeature, exemplar: Exemplar): Promise<Act | undefined> {
  const items = actsFor(feature, exemplar).map((act) => ({
    label: `$(${ICONS[act]}) ${nameOf(act)}`,
    act,
  }));
  const placeHolder = beginningOf(exemplar.text);
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.act;
}

async function rowsFor(
  { feature, session, selection }: ShownFor,
  signal: AbortSignal,
): Promise<Row[]> {
  const { draft, document } = session;
  const { source, before, ...span } = sourceAt(draft.text, {
    start: draft.offsetAt(selection.start),
    end: draft.offsetAt(selection.end),
  });
  const at = { ...span, path: exemplarPath(document.uri) };
  const budget = exemplarBudget(document);
  const chosen = await feature.choose({ source, before, budget, at }, signal);
  const rows: Row[] = chosen.map((exemplar) => rowOf(feature, exemplar, whyOf(exemplar)));
  const excluded = await feature.excluded(signal);
  if (excluded.length > 0) {
    const kind = vscode.QuickPickItemKind.Separator;
    rows.push({ label: vscode.l10n.t('Excluded'), kind });
    rows.push(...excluded.map((one) => rowOf(feature, one, vscode.l10n.t('never shown'))));
  }
  return rows;
}

function rowOf(feature: ExemplarFeature, exemplar: Exemplar, why: string): Row {
  return {
    label: beginningOf(exemplar.text),
    description: exemplar.path,
    detail: why,
    exemplar,
    buttons: actsFor(feature, exemplar).map((act) => ({
      act,
      iconPath: new vscode.ThemeIcon(ICONS[act]),
      tooltip: nameOf(act),
    })),
  };
}

function actsFor(feature: ExemplarFeature, { id }: Exemplar): readonly Act[] {
  const { pinned, excluded } = feature.wishes.current();
  if (excluded.has(id)) {
    return ['include', 'open'];
  }
  return [pinned.includes(id) ? 'unpin' : 'pin', 'exclude', 'open'];
}

function nameOf(act: Act): string {
  switch (act) {
    case 'open':
      return vscode.l10n.t('Open');
    case 'pin':
      return vscode.l10n.t('Pin: always shown first');
    case 'unpin':
      return vscode.l10n.t('Unpin');
    case 'exclude':
      return vscode.l10n.t('Exclude: never shown');
    case 'include':
      return vscode.l10n.t('No Longer Exclude');
  }
}

function whyOf({ why, tokens }: ChosenExemplar): string {
  if (why.kind === 'pinned') {
    return vscode.l10n.t('pinned · about {0} tokens', tokens);
  }
  const percent = (share: number) => `${Math.round(100 * share)} %`;
  return vscode.l10n.t(
    'style {0} alike, content {1}; {2} like those above · about {3} tokens',
    percent(why.style),
    percent(why.content),
    percent(why.alike),
    tokens,
  );
}

function beginningOf(text: string): string {
  const characters = Array.from(text.slice(0, 4 * BEGINNING).replace(/\s+/gu, ' '));
  return characters.length > BEGINNING
    ? `${characters.slice(0, BEGINNING).join('')}…`
    : characters.join('');
}

async function sayNone(): Promise<void> {
  const name = vscode.l10n.t('Name My Writing');
  const choice = await vscode.window.showInformationMessage(
    vscode.l10n.t(
      'No passages of your own are known here yet, so a rewrite is asked for without examples (zero-shot). What you type from now on counts, and so do files and folders that you name as yours.',
    ),
    name,
  );
  if (choice === name) {
    await vscode.commands.executeCommand('workbench.action.openSettings', OWN_WRITING);
  }
}
