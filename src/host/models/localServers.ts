import * as vscode from 'vscode';
import { discover, type LocalServer } from '../../core/model/discovery/discover';
import { SERVER_KINDS } from '../../core/model/discovery/serverKinds';
import type { Models } from '../models';
import type { EndpointEntry } from './endpoints';
import { modelRow, whyNotFromBrowser } from './modelRow';
import type { Act, PickerRow, Source } from './source';

/** Id of the line that says how the search goes. */
const STATUS = 'local';

/** Servers on this machine, looked for now and never at another time. */
export function localServers(
  { network, examinations }: Models,
  endpoints: readonly EndpointEntry[],
): Source {
  const { l10n } = vscode;
  const known = new Set(endpoints.map(({ baseUrl }) => baseUrl));
  return {
    title: localTitle(),
    async look(show, signal) {
      if (network.inBrowser) {
        show([
          { id: STATUS, label: l10n.t('$(info) Not from a browser'), detail: whyNotFromBrowser() },
        ]);
        return;
      }
      const found: PickerRow[] = [];
      const status = (label: string, detail?: string): PickerRow => ({
        id: STATUS,
        label,
        ...(detail === undefined ? {} : { detail }),
        act: { do: 'look-again' },
      });
      show([status(l10n.t('$(loading~spin) Looking for servers on this machine…'))]);
      await discover({
        get: network.probe,
        signal,
        onFound: (server) => {
          if (!server.needsKey) {
            void examinations.listed(server.baseUrl, server.models);
          }
          if (!known.has(server.baseUrl)) {
            found.push(...serverRows(server));
            show(found);
          }
        },
      });
      if (found.length === 0) {
        const hint = l10n.t(
          'llama.cpp, Ollama, LM Studio, vLLM and others are found when they run on their usual ports.',
        );
        show([status(l10n.t('$(circle-slash) No server is running here'), hint)]);
      }
    },
  };
}

function localTitle(): string {
  return vscode.env.remoteName === undefined
    ? vscode.l10n.t('On this machine')
    : vscode.l10n.t('On the remote machine');
}

function serverRows({ baseUrl, kind, models, needsKey }: LocalServer): PickerRow[] {
  const { l10n } = vscode;
  const name = kind === undefined ? l10n.t('a server unknown to us') : SERVER_KINDS[kind].name;
  const host = baseUrl.replace(/^http:\/\//, '').replace(/\/v1$/, '');
  if (needsKey) {
    const label = l10n.t('$(key) {0} wants a key…', name);
    const act: Act = { do: 'add-endpoint', baseUrl };
    return [{ id: baseUrl, inPlaceOf: STATUS, label, description: host, act }];
  }
  if (models.length === 0) {
    const detail = l10n.t('It runs, but has no model. Load one there, then look again.');
    const act: Act = { do: 'look-again' };
    return [{ id: baseUrl, inPlaceOf: STATUS, label: name, description: host, detail, act }];
  }
  return models.map((id) => modelRow(baseUrl, { id }, `${name} · ${host}`, STATUS));
}
