import * as vscode from 'vscode';
import type { LanguageModel, PassageCut } from '../core/model/languageModel';
import { hearsInstruction } from '../core/prompt/hearsInstruction';
import type { Notice } from '../protocol';
import type { Request } from './batch';

/** What the models asked leave out of what the writer gave them, by what is known of them by now. */
export function requestNotices({ models, passage, options, rewrite }: Request): Notice[] {
  if (rewrite) {
    // What goes out is not what these models would be asked to go on from.
    return [];
  }
  return models.flatMap((model) => {
    const prompt = model.prompt(passage, options);
    const unheard = hearsInstruction(prompt, passage) ? [] : [notHeard(model)];
    return [...unheard, ...(prompt.cut?.limit ? [cutShort(model, prompt.cut)] : [])];
  });
}

function notHeard({ label }: LanguageModel): Notice {
  const message = vscode.l10n.t('{0} goes on with the text alone: it takes no instruction.', label);
  return { severity: 'info', message };
}

function cutShort(
  { label }: LanguageModel,
  { earlier, before, after, limit = 0 }: PassageCut,
): Notice {
  const message = vscode.l10n.t(
    '{0} takes about {1} tokens at once: the {2} characters farthest from the cursor were not sent.',
    label,
    Math.floor(limit),
    earlier + before + after,
  );
  return { severity: 'info', message };
}
