import * as vscode from 'vscode';
import type { LanguageModel } from '../../core/model/languageModel';
import type { Models } from '../models';

/** A model that scores. */
export type Scorer = LanguageModel & Required<Pick<LanguageModel, 'score'>>;

/** The models that a writer has chosen, and Sketch; each once. */
export async function candidates(models: Models): Promise<LanguageModel[]> {
  const all = [...(await models.chosen()), await models.sketch()];
  return [...new Map(all.map((model) => [model.id, model])).values()];
}

export function canScore(model: LanguageModel): model is Scorer {
  return model.score !== undefined && model.capabilities.score.value !== 'no';
}

/** Those of the candidates that score, as lines of a list. */
export async function scorerItems(
  models: Models,
  lacking?: LanguageModel,
): Promise<(vscode.QuickPickItem & { model: Scorer })[]> {
  return (await candidates(models))
    .filter(canScore)
    .filter(({ id }) => id !== lacking?.id)
    .map((model) => ({
      label: model.label,
      description:
        model.capabilities.score.value === 'unknown'
          ? vscode.l10n.t('not known whether it can')
          : '',
      detail: model.note,
      model,
    }));
}

/** Says what a model lacks and offers those that do not lack it. */
export async function chooseAnother(
  models: Models,
  lacking: LanguageModel | undefined,
): Promise<Scorer | undefined> {
  const { l10n, window } = vscode;
  const chosen = await window.showQuickPick(await scorerItems(models, lacking), {
    title: lacking
      ? l10n.t('{0} cannot score text that is there', lacking.label)
      : l10n.t('Which model is to score it?'),
    placeHolder: lacking
      ? l10n.t('{0} Score it with:', lacking.capabilities.score.evidence)
      : l10n.t('Score it with:'),
    ignoreFocusOut: true,
  });
  return chosen?.model;
}
