import * as vscode from 'vscode';
import { formatReference, parseReference } from '../../core/model/discovery/modelReference';
import { isVariorumError, toModelError } from '../../core/model/error';
import type { Models } from '../models';
import { Disposables } from '../disposables';
import type { Parts } from '../parts';
import { ENDPOINTS_SETTING } from './endpoints';
import type { ExamineModels } from './examineModels';
import type { ModelPicker } from './modelPicker';
import type { Choice } from './modelSettings';
import type { Act } from './source';

export interface ModelCommandParts {
  models: Models;
  parts: Parts;
  extensionUri: vscode.Uri;
  log: vscode.LogOutputChannel;
}

/** The commands about models, and the sample of the walkthrough. Whatever goes wrong ends in a message. */
export class ModelCommands implements vscode.Disposable {
  readonly #disposables = new Disposables();
  #picker: ModelPicker | undefined;
  #examiner: ExamineModels | undefined;

  constructor(private readonly services: ModelCommandParts) {
    const { models, extensionUri } = services;
    this.#register('chooseModel', () => this.#chooseModel());
    this.#register('addEndpoint', async () => {
      if (await this.#act({ do: 'add-endpoint' })) {
        await this.#chooseModel();
      }
    });
    this.#register('examineModel', async (argument) => {
      const chosen = models.choices().flatMap((choice) => referenceOf(choice) ?? []);
      await this.#examine(typeof argument === 'string' ? [argument] : chosen);
    });
    this.#register('manageKeys', () => this.#manageKeys());
    this.#register('forgetKey', async (argument) => {
      const { forgetKey } = await this.#onDemand();
      await forgetKey(models, argument);
    });
    this.#register('enterKey', (argument) => enterKey(models, argument, () => this.#manageKeys()));
    this.#register('openSample', async () => {
      const { openSample } = await this.#onDemand();
      await openSample(extensionUri);
    });
  }

  /** The list of models, open or not. */
  async picker(): Promise<ModelPicker> {
    const { ModelPicker } = await this.#onDemand();
    this.#picker ??= new ModelPicker(this.services.models, this.services.parts);
    return this.#picker;
  }

  /** What asks models what they can do. */
  async examiner(): Promise<ExamineModels> {
    const { ExamineModels } = await this.#onDemand();
    const { models, parts } = this.services;
    this.#examiner ??= this.#disposables.add(new ExamineModels(models, parts));
    return this.#examiner;
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #onDemand() {
    return this.services.parts.loadHost('models');
  }

  #register(name: string, run: (argument: unknown) => Promise<void>): void {
    const safely = async (argument: unknown) => {
      try {
        await run(argument);
      } catch (error) {
        await report(error, this.services.log);
      }
    };
    this.#disposables.add(vscode.commands.registerCommand(`variorum.${name}`, safely));
  }

  /** Asks which model; undefined when the person has gone. Which ones continue the draft stays as it is. */
  async pick(title?: string): Promise<readonly string[] | undefined> {
    const picker = await this.picker();
    const picked = await picker.open(title);
    if (picked?.kind === 'models') {
      return picked.references;
    }
    return picked && (await this.#act(picked.act)) ? this.pick(title) : undefined;
  }

  async #chooseModel(): Promise<void> {
    const picked = await this.pick();
    if (picked) {
      const references = picked.flatMap((text) => parseReference(text) ?? []);
      await this.services.models.choose(references);
    }
  }

  async #examine(ids: readonly string[]): Promise<void> {
    const examiner = await this.examiner();
    await examiner.run(ids);
  }

  async #manageKeys(): Promise<void> {
    const { manageKeys } = await this.#onDemand();
    await manageKeys(this.services.models);
  }

  /** Does what a line of the list stands for; whether to show the list again after it. */
  async #act(what: Act): Promise<boolean> {
    const { models, parts } = this.services;
    switch (what.do) {
      case 'add-endpoint': {
        const { addEndpoint } = await this.#onDemand();
        return addEndpoint(models, parts, what.baseUrl);
      }
      case 'enter-key':
        return models.askForKey(what.origin);
      case 'manage-keys':
        await this.#manageKeys();
        return true;
      case 'examine':
        await this.#examine(what.models);
        return false;
      case 'look-again':
        return true;
      case 'open-settings':
        await vscode.commands.executeCommand('workbench.action.openSettings', ENDPOINTS_SETTING);
        return false;
    }
  }
}

function referenceOf(choice: Choice): string | undefined {
  return choice.kind === 'model' ? formatReference(choice.reference) : undefined;
}

/** A key for the origin handed over, or for that of a chosen model. */
async function enterKey(
  models: Models,
  argument: unknown,
  otherwise: () => Promise<void>,
): Promise<void> {
  const origin = typeof argument === 'string' ? models.keyOrigin(`${argument}#`) : undefined;
  const chosen = await models.chosen();
  const origins = [...new Set(chosen.flatMap(({ id }) => models.keyOrigin(id) ?? []))];
  const wanted =
    origin ?? (origins.length < 2 ? origins[0] : await vscode.window.showQuickPick(origins));
  if (wanted !== undefined) {
    await models.askForKey(wanted);
  } else if (origins.length === 0) {
    await otherwise();
  }
}

async function report(error: unknown, log: vscode.LogOutputChannel): Promise<void> {
  if (!isVariorumError(error)) {
    log.error(error instanceof Error ? error : String(error));
  }
  const { message, action } = toModelError(error);
  await vscode.window.showErrorMessage(`${message} ${action}`.trim());
}
