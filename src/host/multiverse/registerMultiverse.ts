import type * as vscode from 'vscode';
import type { BranchesController } from '../branchesController';
import { registerCommand } from '../commands';
import { Disposables } from '../disposables';
import type { Models } from '../models';
import type { ModelCommands } from '../models/modelCommands';
import type { Parts } from '../parts';
import type { PassageFiles } from '../passageFiles';
import type { Sessions } from '../sessions';
import type { MultiverseFeature } from './multiverseFeature';

export interface MultiverseServices {
  extensionUri: vscode.Uri;
  sessions: Sessions;
  models: Models;
  modelCommands: ModelCommands;
  controller: BranchesController;
  files: PassageFiles;
  log: vscode.LogOutputChannel;
}

/** *Show Multiverse*. The plot is loaded with its first use. */
export class MultiverseRegistration implements vscode.Disposable {
  readonly #disposables = new Disposables();
  #feature: Promise<MultiverseFeature> | undefined;

  constructor(
    private readonly parts: Parts,
    private readonly services: MultiverseServices,
  ) {
    this.#disposables.add(
      registerCommand('showMultiverse', services.log, async (argument) =>
        (await this.feature()).show(argument),
      ),
    );
  }

  /** @throws VariorumError `asset-missing` when it cannot be loaded */
  feature(): Promise<MultiverseFeature> {
    this.#feature ??= this.#load();
    return this.#feature;
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  async #load(): Promise<MultiverseFeature> {
    try {
      const { MultiverseFeature } = await this.parts.loadHost('multiverse');
      return this.#disposables.add(new MultiverseFeature(this.services));
    } catch (error) {
      this.#feature = undefined;
      throw error;
    }
  }
}
