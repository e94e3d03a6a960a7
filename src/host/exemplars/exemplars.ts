import * as vscode from 'vscode';
import type { ChosenExemplar, ExemplarRequest } from '../../core/exemplars/exemplarChoice';
import type { VoiceProfile } from '../../core/voice/voiceProfile';
import { registerCommand } from '../commands';
import { Disposables } from '../disposables';
import type { Parts } from '../parts';
import type { Sessions } from '../sessions';
import type { ExemplarFeature } from './exemplarFeature';
import type { ExemplarSource } from './exemplarSource';

export interface ExemplarServices {
  context: vscode.ExtensionContext;
  sessions: Sessions;
  log: vscode.LogOutputChannel;
}

/** What findings are told of the writer's voice. */
export interface VoiceSource {
  /** The writer's voice has become known, or is known no more. */
  readonly onDidLearnVoice: vscode.Event<void>;
  /** What is known by now; a short while is waited for it. Never rejects. */
  voice(): Promise<VoiceProfile | undefined>;
}

/** So long a finding waits for the writer's voice; what comes later is told by the event. In milliseconds. */
const PATIENCE = 400;

/** Exemplars and the writer's voice. The index is loaded and built with the first use. */
export class Exemplars implements ExemplarSource, VoiceSource, vscode.Disposable {
  readonly #disposables = new Disposables();
  readonly #ended = new AbortController();
  readonly #onDidLearnVoice = this.#disposables.add(new vscode.EventEmitter<void>());
  #feature: Promise<ExemplarFeature> | undefined;
  #knows = false;

  readonly onDidLearnVoice = this.#onDidLearnVoice.event;

  constructor(
    private readonly loader: Parts,
    private readonly services: ExemplarServices,
  ) {
    const command = (
      name: string,
      run: (feature: ExemplarFeature, editor: vscode.TextEditor) => Promise<void>,
    ) =>
      this.#disposables.add(
        registerCommand(name, services.log, async () => {
          const editor = vscode.window.activeTextEditor;
          await (editor ? run(await this.load(), editor) : undefined);
        }),
      );
    command('showExemplars', (feature, editor) => feature.show(editor, this.#ended.signal));
    command('pinExemplar', (feature, { document, selection }) => feature.pin(document, selection));
  }

  async choose(request: ExemplarRequest, signal: AbortSignal): Promise<readonly ChosenExemplar[]> {
    return (await this.load()).choose(request, signal);
  }

  async pin(document: vscode.TextDocument, range: vscode.Range): Promise<void> {
    await (await this.load()).pin(document, range);
  }

  async voice(): Promise<VoiceProfile | undefined> {
    let isWaiting = true;
    const reading = this.#voice().then((voice) => {
      const knows = voice?.isEnough === true;
      const isNews = knows !== this.#knows;
      this.#knows = knows;
      if (isNews && !isWaiting) {
        this.#onDidLearnVoice.fire();
      }
      return voice;
    });
    const patience = new Promise<undefined>((resolve) => {
      setTimeout(() => resolve(undefined), PATIENCE);
    });
    const voice = await Promise.race([reading, patience]);
    isWaiting = false;
    return voice;
  }

  /** @throws VariorumError `asset-missing` */
  load(): Promise<ExemplarFeature> {
    this.#feature ??= this.loader
      .loadHost('exemplars')
      .then(({ ExemplarFeature }) => this.#disposables.add(new ExemplarFeature(this.services)));
    this.#feature.catch(() => (this.#feature = undefined));
    return this.#feature;
  }

  dispose(): void {
    this.#ended.abort();
    this.#disposables.dispose();
  }

  async #voice(): Promise<VoiceProfile | undefined> {
    try {
      return await (await this.load()).voice(this.#ended.signal);
    } catch (error) {
      if (!this.#ended.signal.aborted) {
        this.services.log.warn(`The writer's own prose could not be read: ${String(error)}`);
      }
      return undefined;
    }
  }
}
