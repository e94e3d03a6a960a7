import type { LanguageModel } from '../core/model/languageModel';
import { SketchModel } from '../core/model/sketch/sketchModel';
import { clock, loadAsset, random } from './platform';
import { BadUsage } from './usage';

/** The model a command asked for. What a model has to say about itself goes to standard error. */
export async function openModel(name: string): Promise<LanguageModel> {
  if (name !== 'sketch') {
    throw new BadUsage(`There is no model "${name}" here; the built-in one is called sketch.`);
  }
  const sketch = new SketchModel({ loadAsset, clock, random });
  await sketch.load();
  const notice = sketch.notice();
  if (notice !== null) {
    process.stderr.write(`variorum: ${notice}\n`);
  }
  return sketch;
}
