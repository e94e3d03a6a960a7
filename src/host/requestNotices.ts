import * as vscode from 'vscode';
import type { LanguageModel, PassageCut } from '../core/model/languageModel';
import { hearsInstruction } from '../core/prompt/hearsInstruction';
import type { Notice } from '../protocol';
import type { Request } from './batch';

/**
 * What the models asked leave out of what the writer gave them, and what they gave otherwise than was known.
 * @param since when they were asked, in milliseconds since the epoch
 */
export function requestNotices(
  { models, passage, options, rewrite }: Request,
  since: number,
): Notice[] {
  if (rewrite) {
    // What goes out is not what these models would be asked to go on from.
    return [];
  }
  return models.flatMap((model) => {
    const prompt = model.prompt(passage, options);
    const unheard = hearsInstruction(prompt, passage) ? [] : [notHeard(model)];
    const cut = prompt.cut?.limit ? [cutShort(model, prompt.cut)] : [];
    return [...unheard, ...cut, ...numbers(model, since)];
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

/** What the writer should know of the probabilities that came, or did not. */
function numbers({ label, capabilities }: LanguageModel, since: number): Notice[] {
  const { value, semantics, fell = false, time = 0 } = capabilities.logprobs;
  if (value === 'no' && fell && time >= since) {
    const message = vscode.l10n.t(
      '{0} gave no probabilities this time, although it did before. “Variorum: Examine Model” looks at what it can do now.',
      label,
    );
    return [{ severity: 'warning', message }];
  }
  if (value === 'yes' && semantics === 'processed') {
    const message = vscode.l10n.t(
      '{0} gives probabilities after temperature and filters: the colours tell what was drawn from, not what the model thought.',
      label,
    );
    return [{ severity: 'info', message }];
  }
  return [];
}
