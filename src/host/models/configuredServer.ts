import * as vscode from 'vscode';
import { readAddress } from '../../core/model/discovery/address';
import { toModelError } from '../../core/model/error';
import type { Models } from '../models';
import type { Parts } from '../parts';
import type { EndpointEntry } from './endpoints';
import { listEndpointModels } from './listEndpointModels';
import { modelRow, whyNotFromBrowser } from './modelRow';
import type { PickerRow, Source } from './source';

/** A server from the settings: the models named there, or those that it lists. */
export function configuredServer(endpoint: EndpointEntry, models: Models, parts: Parts): Source {
  const { l10n } = vscode;
  const { baseUrl, title } = endpoint;
  const note = (label: string, detail?: string): PickerRow[] => [
    { id: baseUrl, label, ...(detail === undefined ? {} : { detail }) },
  ];
  return {
    title,
    async look(show, signal) {
      if (endpoint.models !== undefined && endpoint.models.length > 0) {
        show(endpoint.models.map((id) => modelRow(baseUrl, { id }, title)));
        return;
      }
      if (models.network.inBrowser && baseUrl.startsWith('http://')) {
        show(note(l10n.t('$(info) Not from a browser'), whyNotFromBrowser()));
        return;
      }
      show(note(l10n.t('$(loading~spin) Asking {0}…', title)));
      try {
        const listed = await listEndpointModels(endpoint, models, parts, signal);
        const rows = listed.map((model) => modelRow(baseUrl, model, title));
        show(rows.length > 0 ? rows : note(l10n.t('$(circle-slash) It lists no models')));
      } catch (error) {
        show([failure(endpoint, error)]);
      }
    },
  };
}

/** What went wrong, and what Enter does about it. */
function failure({ baseUrl, title }: EndpointEntry, error: unknown): PickerRow {
  const { l10n } = vscode;
  const { code, message, action } = toModelError(error);
  const row = { id: baseUrl, detail: `${message} ${action}`.trim() };
  const address = readAddress(baseUrl);
  const wantsKey = code === 'unauthorized' || code === 'no-key' || code === 'forbidden';
  return wantsKey && !('problem' in address)
    ? {
        ...row,
        label: l10n.t('$(key) {0}: enter a key…', title),
        act: { do: 'enter-key', origin: address.origin },
      }
    : {
        ...row,
        label: l10n.t('$(error) {0} did not list its models', title),
        act: { do: 'look-again' },
      };
}
