import * as vscode from 'vscode';
import type { SamplerName } from '../../core/model/languageModel';

/** What is adjusted: the two that every model takes, and the samplers that some do. */
export type Adjustable = SamplerName | 'temperature' | 'topP';

/** What a sampler is called, and what it does, in a line. */
export function samplerText(name: Adjustable): { label: string; does: string } {
  const { t } = vscode.l10n;
  const texts: Record<Adjustable, { label: string; does: string }> = {
    temperature: {
      label: t('Temperature'),
      does: t('Over 1 evens the probabilities out, under 1 sharpens them; 0 takes the likeliest.'),
    },
    topP: {
      label: t('Top-p'),
      does: t('Keeps the fewest tokens that have this much probability together; 1 keeps all.'),
    },
    minP: {
      label: t('Min-p'),
      does: t('Drops tokens less probable than this share of the likeliest one.'),
    },
    topK: {
      label: t('Top-k'),
      does: t('Keeps only so many of the likeliest tokens; 0 keeps all.'),
    },
    xtcProbability: {
      label: t('XTC probability'),
      does: t('How often the likeliest tokens are left out, where there are several good ones.'),
    },
    xtcThreshold: {
      label: t('XTC threshold'),
      does: t('What counts as good for XTC: at least this probable. Above .5 it does nothing.'),
    },
    dryMultiplier: {
      label: t('DRY multiplier'),
      does: t('How hard it is to go on with a phrase that was there before; 0 is off.'),
    },
    dryBase: {
      label: t('DRY base'),
      does: t('How fast that grows with each token of the repeated phrase.'),
    },
    dryAllowedLength: {
      label: t('DRY allowed length'),
      does: t('Tokens of a phrase that may repeat freely.'),
    },
    repetitionPenalty: {
      label: t('Repetition penalty'),
      does: t('Over 1, words that were there are less likely; 1 changes nothing.'),
    },
    frequencyPenalty: {
      label: t('Frequency penalty'),
      does: t('Above 0, each time that a word was there makes it less likely.'),
    },
    presencePenalty: {
      label: t('Presence penalty'),
      does: t('Above 0, a word that was there at all is less likely.'),
    },
  };
  return texts[name];
}
