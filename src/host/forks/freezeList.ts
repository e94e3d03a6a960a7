import * as vscode from 'vscode';
import type { FreezeView } from '../../protocol';
import { boundsWords } from '../confidence/words';

/** What the writer chose of the list; sentences are counted from 0. */
export type ListChoice = { do: 'go' | 'escape'; sentence: number } | { do: 'resample' };

/** Shows where a text froze, and asks where to go. Undefined when the writer leaves the list. */
export type Present = (view: FreezeView, text: string) => Promise<ListChoice | undefined>;

interface Item extends vscode.QuickPickItem {
  choice?: ListChoice;
}

/** A bar is as long as this where the number makes no more difference, in characters and in futures. */
const FULL = { cells: 8, futures: 8 };
/** Bounds further apart than this are told as the lower one alone. */
const WIDE = 2;
/** Letters of a sentence that tell which it is. */
const LEAD = 60;

/** The sentences as a list: Enter goes to one, the button beside it or the last lines escape or resample. */
export const presentFreeze: Present = (view, text) =>
  new Promise((resolve) => {
    const { l10n, window } = vscode;
    const list = window.createQuickPick<Item>();
    list.title = l10n.t('Where did it freeze?');
    list.placeholder = view.line;
    list.matchOnDescription = true;
    list.items = itemsOf(view, text);
    const done = (choice: ListChoice | undefined) => {
      resolve(choice);
      list.dispose();
    };
    list.onDidAccept(() => done(list.selectedItems[0]?.choice));
    list.onDidTriggerItemButton(({ item: { choice } }) =>
      done(choice?.do === 'go' ? { ...choice, do: 'escape' } : choice),
    );
    list.onDidHide(() => done(undefined));
    list.show();
  });

/** The lines of the list. */
export function itemsOf(view: FreezeView, text: string): Item[] {
  const { l10n, ThemeIcon, QuickPickItemKind } = vscode;
  const { noReturn, by, borders } = view;
  const escape = { iconPath: new ThemeIcon('git-branch'), tooltip: l10n.t('Escape here') };
  const sentences = borders.map(({ start, end, futures, most }, sentence): Item => {
    const marks = [
      futures === null ? l10n.t('not known') : `${bar(futures)} ${futuresWords(futures, most)}`,
      sentence === noReturn ? l10n.t('point of no return') : '',
    ];
    return {
      label: `${sentence + 1}. ${leadOf(text.slice(start, end))}`,
      description: marks.filter(Boolean).join(' · '),
      ...(sentence === noReturn ? { iconPath: new ThemeIcon('lock') } : {}),
      buttons: [escape],
      choice: { do: 'go', sentence },
    };
  });
  const way: Item[] =
    noReturn === null
      ? []
      : [
          {
            label: l10n.t('Escape from the point of no return'),
            description: l10n.t('other branches from sentence {0} on', noReturn + 1),
            iconPath: escape.iconPath,
            choice: { do: 'escape', sentence: noReturn },
          },
        ];
  const resample: Item = {
    label: by === 'tokens' ? l10n.t('Resample short branches') : l10n.t('Resample again'),
    description: l10n.t('the cost is shown first'),
    iconPath: new ThemeIcon('refresh'),
    choice: { do: 'resample' },
  };
  return [...sentences, { label: '', kind: QuickPickItemKind.Separator }, ...way, resample];
}

function futuresWords(futures: number, most = futures): string {
  const { l10n } = vscode;
  return most > WIDE * futures
    ? l10n.t('at least {0} futures', boundsWords({ low: futures, high: futures }, 2))
    : l10n.t('{0} futures', boundsWords({ low: futures, high: most }, 2));
}

/** By the logarithm, since futures multiply; nothing where there is one. */
function bar(futures: number): string {
  const share = Math.min(1, Math.log(Math.max(1, futures)) / Math.log(FULL.futures));
  const cells = Math.round(share * FULL.cells);
  return '█'.repeat(cells) + '░'.repeat(FULL.cells - cells);
}

function leadOf(sentence: string): string {
  const letters = Array.from(sentence.trim().replace(/\s+/gu, ' '));
  return letters.length > LEAD ? `${letters.slice(0, LEAD).join('').trimEnd()}…` : letters.join('');
}
