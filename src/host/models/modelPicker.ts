import * as vscode from 'vscode';
import { formatReference, parseReference } from '../../core/model/discovery/modelReference';
import type { Models } from '../models';
import type { Parts } from '../parts';
import { withKnown } from './knownModels';
import { modelSources } from './modelSources';
import { arrange, isRow, standingOf, type Entry, type Standing } from './pickerRows';
import type { Act, PickerRow } from './source';

interface Item extends vscode.QuickPickItem {
  row?: PickerRow;
}

/** How long after a key the list stands still, in ms, so that Enter takes what the person sees. */
const STILL_AFTER_KEY_MS = 400;

/** What the person did: chose models, or a line that does something else. */
export type Picked =
  { kind: 'models'; references: readonly string[] } | { kind: 'act'; act: Act } | undefined;

/** The list of models, filled while it is open. Servers are looked for only then. */
export class ModelPicker {
  readonly #several: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon('checklist'),
    tooltip: vscode.l10n.t('Several models in one batch'),
  };
  #pick: vscode.QuickPick<Item> | undefined;
  #entries: readonly Entry<PickerRow>[] = [];
  /** Where the cursor was put. */
  #placed: string | undefined;
  #stillUntil = 0;

  constructor(
    private readonly models: Models,
    private readonly parts: Parts,
  ) {}

  /** The lines of the open list, top to bottom. */
  get entries(): readonly Entry<PickerRow>[] {
    return this.#entries;
  }

  /** The id of the line that Enter would take. */
  get active(): string | undefined {
    return this.#pick?.activeItems[0]?.row?.id;
  }

  /** Whether lines may still come. */
  get busy(): boolean {
    return this.#pick?.busy === true;
  }

  /** Chooses several at once, or one again. */
  toggleSeveral(): void {
    if (this.#pick) {
      this.#pick.canSelectMany = !this.#pick.canSelectMany;
      this.#show(this.#pick, this.#entries);
    }
  }

  /** Shows the list until the person has chosen or gone. */
  async open(title = vscode.l10n.t('Which model continues your draft?')): Promise<Picked> {
    const pick = vscode.window.createQuickPick<Item>();
    const closed = new AbortController();
    this.#pick = pick;
    pick.title = title;
    pick.placeholder = placeholder();
    pick.matchOnDescription = true;
    pick.keepScrollPosition = true;
    pick.buttons = [this.#several];
    pick.canSelectMany = this.#chosen().length > 1;
    pick.onDidTriggerButton(() => this.toggleSeveral());
    let settling: ReturnType<typeof setTimeout> | undefined;
    pick.onDidChangeValue(() => {
      this.#stillUntil = Date.now() + STILL_AFTER_KEY_MS;
      clearTimeout(settling);
      settling = setTimeout(() => settle(pick), STILL_AFTER_KEY_MS);
    });
    closed.signal.addEventListener('abort', () => clearTimeout(settling));
    void this.#fill(pick, closed.signal);
    try {
      return await answered(pick);
    } finally {
      closed.abort();
      this.#pick = undefined;
      this.#placed = undefined;
      this.#entries = [];
      pick.dispose();
    }
  }

  async #fill(pick: vscode.QuickPick<Item>, closed: AbortSignal): Promise<void> {
    const sources = modelSources(this.models, this.parts);
    const sections = sources.map(({ title }) => ({ title, rows: [] as readonly PickerRow[] }));
    const late = vscode.l10n.t('Found meanwhile');
    let ready = false;
    let waiting: ReturnType<typeof setTimeout> | undefined;
    const show = () => {
      clearTimeout(waiting);
      const still = this.#stillUntil - Date.now();
      if (still > 0) {
        waiting = setTimeout(show, still);
      } else if (ready && !closed.aborted) {
        this.#show(pick, arrange(sections, this.#standing(pick), late));
      }
    };
    closed.addEventListener('abort', () => clearTimeout(waiting));
    const looking = sources.map(async ({ look }, index) => {
      const section = sections[index];
      if (section) {
        const fill = (rows: readonly PickerRow[]) => {
          // Setting the lines anew is seen, even where they are the same.
          const known = rows.map((row) => withKnown(row, this.models.examinations));
          if (JSON.stringify(known) !== JSON.stringify(section.rows)) {
            section.rows = known;
            show();
          }
        };
        await look(fill, closed).catch((error: unknown) => {
          const detail = error instanceof Error ? error.message : String(error);
          const label = vscode.l10n.t('$(error) Could not be listed');
          fill([{ id: `failed ${index}`, label, detail, act: { do: 'look-again' } }]);
        });
      }
    });
    // What is known at once makes one list, not six.
    ready = true;
    pick.busy = true;
    show();
    pick.show();
    await Promise.all(looking);
    if (!closed.aborted) {
      pick.busy = false;
      show();
    }
  }

  /** How the list stands, once the person has moved in it or typed. */
  #standing(pick: vscode.QuickPick<Item>): Standing | null {
    const hasMoved =
      pick.value !== '' ||
      pick.canSelectMany ||
      (pick.activeItems.length > 0 && this.active !== this.#placed);
    return hasMoved && this.#entries.length > 0 ? standingOf(this.#entries) : null;
  }

  /**
   * Where the cursor stands when the person has not moved it: on what is chosen, else on the first model
   * once all are known.
   */
  #start(entries: readonly Entry<PickerRow>[]): string | undefined {
    const rows = entries.filter(isRow);
    const chosen = this.#chosen();
    const first = this.busy ? undefined : rows.find(({ model }) => model !== undefined);
    return (rows.find(({ id }) => chosen.includes(id)) ?? first ?? rows[0])?.id;
  }

  #show(pick: vscode.QuickPick<Item>, entries: readonly Entry<PickerRow>[]): void {
    const moved = this.#standing(pick) !== null;
    const active = moved ? this.active : this.#start(entries);
    this.#placed = moved ? this.#placed : active;
    const wasSelected = pick.selectedItems.map(({ row }) => row?.id);
    const selected = wasSelected.length > 0 ? wasSelected : this.#chosen();
    this.#entries = entries;
    // A box to tick makes sense only on a model.
    const shown = entries.filter((entry) => !pick.canSelectMany || !isRow(entry) || entry.model);
    const items = shown.map(itemOf);
    pick.items = items;
    pick.activeItems = activeItems(items, active, pick.value);
    if (pick.canSelectMany) {
      pick.selectedItems = items.filter(
        ({ row }) => row !== undefined && selected.includes(row.id),
      );
    }
  }

  #chosen(): string[] {
    const references = this.models
      .choices()
      .flatMap((choice) => (choice.kind === 'model' ? [formatReference(choice.reference)] : []));
    return references;
  }
}

/** Lines that came in while a key was on its way here may have put the cursor on one that is hidden now. */
function settle(pick: vscode.QuickPick<Item>): void {
  const [active] = pick.activeItems;
  const [wanted] = activeItems(pick.items, active?.row?.id, pick.value);
  if (!pick.canSelectMany && wanted !== undefined && wanted !== active) {
    pick.activeItems = [wanted];
  }
}

/** The line under the cursor; where what was typed hides it, the first one that is left. */
function activeItems(items: readonly Item[], active: string | undefined, typed: string): Item[] {
  const rows = items.filter(({ row }) => row !== undefined);
  const shown = rows.filter(({ label, description = '' }) =>
    `${label} ${description}`.toLowerCase().includes(typed.toLowerCase()),
  );
  const same = shown.filter(({ row }) => row?.id === active);
  return same.length > 0 || typed === '' ? same : shown.slice(0, 1);
}

/** What Enter takes: lines that came in at the same moment can leave none active in VS Code. */
function underCursor(pick: vscode.QuickPick<Item>): readonly Item[] {
  const active = pick.activeItems.slice(0, 1);
  return active.length > 0 || pick.value === ''
    ? active
    : activeItems(pick.items, undefined, pick.value);
}

function placeholder(): string {
  const { remoteName } = vscode.env;
  return remoteName === undefined
    ? vscode.l10n.t('A model; with the button above, several side by side')
    : vscode.l10n.t('Local servers here are those of the remote machine ({0})', remoteName);
}

function answered(pick: vscode.QuickPick<Item>): Promise<Picked> {
  return new Promise((resolve) => {
    pick.onDidAccept(() => {
      const taken = pick.canSelectMany ? pick.selectedItems : underCursor(pick);
      const [first] = taken;
      const references = taken.flatMap(({ row }) => row?.model ?? []);
      if (references.length > 0) {
        resolve({ kind: 'models', references: references.filter(parseReference) });
      } else if (first?.row?.act) {
        resolve({ kind: 'act', act: first.row.act });
      }
    });
    pick.onDidTriggerItemButton(({ item: { row } }) => {
      if (row?.model !== undefined) {
        resolve({ kind: 'act', act: { do: 'examine', models: [row.model] } });
      }
    });
    pick.onDidHide(() => resolve(undefined));
  });
}

function itemOf(entry: Entry<PickerRow>): Item {
  if (!isRow(entry)) {
    return { label: entry.heading, kind: vscode.QuickPickItemKind.Separator };
  }
  const { label, description, detail } = entry;
  return {
    label,
    ...(description === undefined ? {} : { description }),
    ...(detail === undefined ? {} : { detail }),
    ...(canBeExamined(entry) ? { buttons: [examineButton()] } : {}),
    row: entry,
  };
}

/** Models behind a server: what others can do, they say themselves. */
function canBeExamined({ model }: PickerRow): boolean {
  return model !== undefined && parseReference(model)?.kind === 'endpoint';
}

function examineButton(): vscode.QuickInputButton {
  return {
    iconPath: new vscode.ThemeIcon('beaker'),
    tooltip: vscode.l10n.t('Examine what this model can do'),
  };
}
