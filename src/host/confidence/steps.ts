import * as vscode from 'vscode';
import {
  CONFIDENCE_STEPS,
  confidenceSteps,
  THRESHOLDS,
  type ConfidenceSteps,
} from '../../core/model/confidence';
import { Disposables } from '../disposables';
import { CONFIDENCE_SECTION, thresholdsSetting } from '../settings';

/** Where the steps of confidence begin, by the setting; it says so when that makes no sense. */
export class Steps implements vscode.Disposable {
  readonly #disposables = new Disposables();
  readonly #onDidChange = this.#disposables.add(new vscode.EventEmitter<void>());
  #current: ConfidenceSteps = CONFIDENCE_STEPS;

  readonly onDidChange = this.#onDidChange.event;

  constructor() {
    this.#read();
    this.#disposables.add(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(CONFIDENCE_SECTION)) {
          this.#read();
          this.#onDidChange.fire();
        }
      }),
    );
  }

  get current(): ConfidenceSteps {
    return this.#current;
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #read(): void {
    const thresholds = thresholdsSetting();
    this.#current = confidenceSteps(thresholds ?? THRESHOLDS);
    if (thresholds === undefined) {
      const { l10n, window } = vscode;
      void window.showWarningMessage(
        l10n.t(
          'The setting {0} makes no sense: it wants probabilities that rise, 0 < low < sure < surer < surest < 1. The usual steps are used.',
          `${CONFIDENCE_SECTION}.thresholds`,
        ),
      );
    }
  }
}
