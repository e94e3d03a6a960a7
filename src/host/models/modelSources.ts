import * as vscode from 'vscode';
import { formatReference } from '../../core/model/discovery/modelReference';
import type { Models } from '../models';
import type { Parts } from '../parts';
import { configuredServer } from './configuredServer';
import type { BadEntry } from './endpoints';
import { localServers } from './localServers';
import type { PickerRow, Source } from './source';

/** What is really there first; Sketch last. */
export function modelSources(models: Models, parts: Parts): Source[] {
  const { endpoints, bad } = models.endpoints();
  return [
    localServers(models, endpoints),
    ...endpoints.map((endpoint) => configuredServer(endpoint, models, parts)),
    ...(bad.length === 0 ? [] : [unreadable(bad)]),
    vscodeModels(),
    builtIn(),
    actions(),
  ];
}

function unreadable(bad: readonly BadEntry[]): Source {
  const { l10n } = vscode;
  const rows = bad.map(({ position, reason }) => ({
    id: `bad ${position}`,
    label: l10n.t('$(error) Server {0} in the settings cannot be used', position),
    detail: reason,
    act: { do: 'open-settings' } as const,
  }));
  return { title: l10n.t('In the settings'), look: fixed(rows) };
}

/** Id of the line that says what VS Code has. */
const STATUS = 'vscode';

function vscodeModels(): Source {
  const { l10n } = vscode;
  const none: PickerRow = {
    id: STATUS,
    label: l10n.t('$(circle-slash) VS Code has none'),
    detail: l10n.t('Those of Copilot and of extensions that bring models appear here.'),
    act: { do: 'look-again' },
  };
  return {
    title: l10n.t('VS Code’s language models'),
    async look(show, signal) {
      let asking = false;
      const query = async () => {
        asking = true;
        try {
          const chats = await vscode.lm.selectChatModels();
          if (!signal.aborted) {
            show(chats.length > 0 ? chats.map(chatRow) : [none]);
          }
        } finally {
          asking = false;
        }
      };
      // Asking makes providers tell of their models, which is a change in turn.
      const again = () => (asking ? undefined : query().catch(() => undefined));
      const changed = vscode.lm.onDidChangeChatModels(() => void again());
      signal.addEventListener('abort', () => void changed.dispose(), { once: true });
      show([{ id: STATUS, label: l10n.t('$(loading~spin) Asking VS Code…') }]);
      await query();
    },
  };
}

function chatRow({ vendor, id, name, maxInputTokens }: vscode.LanguageModelChat): PickerRow {
  const model = formatReference({ kind: 'vscode', vendor, id });
  const size = vscode.l10n.t('{0} tokens', maxInputTokens.toLocaleString(vscode.env.language));
  const detail = vscode.l10n.t('no token probabilities');
  const description = `${vendor} · ${size} · ${detail}`;
  return { id: model, model, inPlaceOf: STATUS, label: name, description };
}

function builtIn(): Source {
  const { l10n } = vscode;
  const row: PickerRow = {
    id: 'sketch',
    model: 'sketch',
    label: 'Sketch',
    description: l10n.t('no key, no server, no network'),
    detail: l10n.t('A small base model of English fiction: fluent for a clause, no understanding.'),
  };
  return { title: l10n.t('Built in'), look: fixed([row]) };
}

function actions(): Source {
  const { l10n } = vscode;
  const rows: PickerRow[] = [
    { id: 'add', label: l10n.t('$(add) Add a server…'), act: { do: 'add-endpoint' } },
    { id: 'keys', label: l10n.t('$(key) Manage keys…'), act: { do: 'manage-keys' } },
  ];
  return { title: l10n.t('Connect'), look: fixed(rows) };
}

/** What is known at once. */
function fixed(rows: readonly PickerRow[]): Source['look'] {
  return async (show) => {
    show(rows);
    await Promise.resolve();
  };
}
