import type * as vscode from 'vscode';
import type { LanguageModel } from '../core/model/languageModel';
import type { SketchModel } from '../core/model/sketch/sketchModel';
import type { Notice } from '../protocol';
import type { Parts } from './parts';
import { assetLoader, clock, random } from './platform';

/** The models that can continue a draft. Nothing is loaded before it is used. */
export class Models {
  #sketch: SketchModel | undefined;
  #substitute: LanguageModel | undefined;

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly parts: Parts,
  ) {}

  async current(): Promise<LanguageModel> {
    return this.#substitute ?? this.sketch();
  }

  /** The built-in model, its file read. */
  async sketch(): Promise<SketchModel> {
    const { SketchModel } = await this.parts.load('sketch');
    const loadAsset = assetLoader(this.extensionUri);
    this.#sketch ??= new SketchModel({ loadAsset, clock, random });
    await this.#sketch.load();
    return this.#sketch;
  }

  /** What the writer should know about the current model. */
  notices(): Notice[] {
    const message = this.#substitute ? null : (this.#sketch?.notice() ?? null);
    return message === null ? [] : [{ severity: 'warning', message }];
  }

  /** Puts another model in place of the chosen one, for tests; undefined takes it away again. */
  substitute(model: LanguageModel | undefined): void {
    this.#substitute = model;
  }
}
