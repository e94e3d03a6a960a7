import * as vscode from 'vscode';
import { baseUrlCandidates, readAddress, type Address } from '../../core/model/discovery/address';
import { toModelError, type ModelError } from '../../core/model/error';
import type { Models } from '../models';
import type { Parts } from '../parts';
import { addressProblem } from './addressProblem';
import { listEndpointModels } from './listEndpointModels';

/**
 * Adds a server to the person's settings: asks for its address, for a key where it wants one, and
 * looks whether it answers.
 * @param known the address, when it is known already
 * @returns whether there is a new one
 */
export async function addEndpoint(models: Models, parts: Parts, known?: string): Promise<boolean> {
  let text = known ?? (await askForAddress(''));
  while (text !== undefined) {
    const address = readAddress(text);
    if ('problem' in address) {
      return false;
    }
    const found = await findBase(address, models, parts);
    if ('baseUrl' in found) {
      await saveEndpoint(models, found.baseUrl);
      return true;
    }
    const next = await askWhatNext(address, found);
    if (next === 'save') {
      await saveEndpoint(models, address.baseUrl);
      return true;
    }
    text = next === 'edit' ? await askForAddress(text) : undefined;
  }
  return false;
}

/** Writes it into the person's settings, beside what is there, unless it is there already. */
async function saveEndpoint(models: Models, baseUrl: string): Promise<void> {
  if (models.endpoints().endpoints.some((known) => known.baseUrl === baseUrl)) {
    return;
  }
  const settings = vscode.workspace.getConfiguration('variorum');
  const value = settings.inspect<unknown>('endpoints')?.globalValue;
  const others: readonly unknown[] = Array.isArray(value) ? value : [];
  const { Global } = vscode.ConfigurationTarget;
  await settings.update('endpoints', [...others, { baseUrl }], Global);
}

function askForAddress(value: string): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: vscode.l10n.t('Add a server that speaks the OpenAI protocol'),
    prompt: where(),
    placeHolder: 'https://api.openai.com/v1',
    value,
    ignoreFocusOut: true,
    validateInput: (text) => {
      const address = readAddress(text);
      if ('problem' in address) {
        return addressProblem(address.problem);
      }
      return address.exposed
        ? {
            message: vscode.l10n.t(
              'Not encrypted: everyone on the way to {0} can read the draft, and the key if there is one.',
              address.origin,
            ),
            severity: vscode.InputBoxValidationSeverity.Warning,
          }
        : undefined;
    },
  });
}

function where(): string {
  const { remoteName } = vscode.env;
  return remoteName === undefined
    ? vscode.l10n.t('Where its API begins.')
    : vscode.l10n.t(
        'Where its API begins. "localhost" means the remote machine ({0}), where Variorum runs.',
        remoteName,
      );
}

/** The base at which the server lists its models, a key asked for on the way if it wants one. */
async function findBase(
  address: Address,
  models: Models,
  parts: Parts,
): Promise<{ baseUrl: string } | ModelError> {
  const isRemote = !address.loopback && address.origin.startsWith('https:');
  if (isRemote && (await models.keys.keyFor(address.baseUrl)) === undefined) {
    await models.askForKey(address.origin, vscode.l10n.t('Esc if it needs none.'));
  }
  const found = await tryBases(address, models, parts);
  const wantsKey = 'code' in found && (found.code === 'unauthorized' || found.code === 'no-key');
  if (!wantsKey) {
    return found;
  }
  const isNew = await models.askForKey(address.origin, found.message);
  return isNew ? tryBases(address, models, parts) : found;
}

async function tryBases(
  address: Address,
  models: Models,
  parts: Parts,
): Promise<{ baseUrl: string } | ModelError> {
  let failure: ModelError | undefined;
  for (const baseUrl of baseUrlCandidates(address)) {
    try {
      const work = () =>
        listEndpointModels({ baseUrl }, models, parts, new AbortController().signal);
      await vscode.window.withProgress(progressAt(address), work);
      return { baseUrl };
    } catch (error) {
      const told = toModelError(error);
      // An answer that wants a key says more than "nothing here".
      failure = failure === undefined || told.code !== 'not-found' ? told : failure;
    }
  }
  return failure ?? toModelError(new Error('no address'));
}

function progressAt({ origin }: Address): vscode.ProgressOptions {
  return {
    location: vscode.ProgressLocation.Notification,
    title: vscode.l10n.t('Asking {0} for its models…', origin),
  };
}

async function askWhatNext(
  { baseUrl }: Address,
  { message, action }: ModelError,
): Promise<'save' | 'edit' | undefined> {
  const { l10n } = vscode;
  const edit = l10n.t('Change the Address');
  const save = l10n.t('Add It Anyway');
  const choice = await vscode.window.showWarningMessage(
    l10n.t('{0} did not list its models. {1} {2}', baseUrl, message, action).trim(),
    edit,
    save,
  );
  return choice === edit ? 'edit' : choice === save ? 'save' : undefined;
}
