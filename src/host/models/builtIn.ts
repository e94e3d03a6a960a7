import type * as vscode from 'vscode';
import type { SketchModel } from '../../core/model/sketch/sketchModel';
import type { Parts } from '../parts';
import { assetLoader, clock, random } from '../platform';

/** Sketch, read when it is first used. */
export class BuiltIn {
  #sketch: SketchModel | undefined;

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly parts: Parts,
  ) {}

  /** The model, if it has been used. */
  get loaded(): SketchModel | undefined {
    return this.#sketch;
  }

  async model(): Promise<SketchModel> {
    const { SketchModel } = await this.parts.load('sketch');
    const loadAsset = assetLoader(this.extensionUri);
    this.#sketch ??= new SketchModel({ loadAsset, clock, random });
    await this.#sketch.load();
    return this.#sketch;
  }

  /** What the writer should know of it, once it is read; null when all is well. */
  notice(): string | null {
    return this.#sketch?.notice() ?? null;
  }
}
