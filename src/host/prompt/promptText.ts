import * as vscode from 'vscode';
import { estimateTokens } from '../../core/prompt/fitPassage';
import type { PassageCut, Prompt, PromptPart, Strategy } from '../../core/model/languageModel';
import type { Estimate } from '../../core/model/price';
import type { Notice } from '../../protocol';
import { dollarText } from '../models/prices';

/** What *Continue* would send now, to each model. */
export interface ShownPrompt {
  /** The draft's name, and the place in it, from 1. */
  draft: string;
  line: number;
  column: number;
  /** The share of the text before the place that models wrote; null when there is none. */
  modelShare: number | null;
  notices: readonly Notice[];
  /** Whether branches are asked to differ. */
  apart: boolean;
  models: readonly ShownModel[];
}

/** One model, what it is sent, and what that takes at most. */
export interface ShownModel {
  label: string;
  prompt: Prompt;
  estimate: Estimate;
  /** Branches that it writes. */
  n: number;
}

/** A prompt as Markdown: each part in a fence, exactly as it is sent. */
export function promptText({ draft, line, column, ...shown }: ShownPrompt): string {
  const { t } = vscode.l10n;
  return [
    `# ${t('What Continue sends')}`,
    t('From {0}, line {1}, column {2}.', draft, line, column) + shareText(shown.modelShare),
    ...shown.notices.map(({ message }) => `> ${message}`),
    ...shown.models.flatMap((model) => modelText(model, shown.apart)),
    '',
  ].join('\n\n');
}

function shareText(share: number | null): string {
  if (share === null) {
    return '';
  }
  const percent = share > 0 && share < 0.005 ? '<1' : String(Math.round(100 * share));
  return ` ${vscode.l10n.t('{0}% of this context is model text.', percent)}`;
}

function modelText({ label, prompt, estimate, n }: ShownModel, apart: boolean): string[] {
  const { strategy, parts, parameters, cut } = prompt;
  const { t } = vscode.l10n;
  const tokens = parts.reduce((sum, { text }) => sum + estimateTokens(text), 0);
  return [
    `## ${label}`,
    `${strategyText(strategy)} ${t('About {0} tokens (an estimate).', tokens)}`,
    costText(estimate, n),
    ...(cut ? [cutText(cut)] : []),
    ...(apart ? [apartText(strategy)] : []),
    `### ${t('Parameters')}`,
    fenced(JSON.stringify(parameters, undefined, 2), 'json'),
    ...partTexts(parts),
  ];
}

function costText({ tokens, dollars }: Estimate, n: number): string {
  const { t } = vscode.l10n;
  const { promptTokens, completionTokens } = tokens;
  const amount = t(
    'Branches: {0}. Together about {1} tokens sent and at most {2} written.',
    n,
    promptTokens,
    completionTokens,
  );
  return dollars === undefined
    ? amount
    : `${amount} ${t('At most about {0}.', dollarText(dollars))}`;
}

function cutText({ earlier, before, after, limit }: PassageCut): string {
  const { t } = vscode.l10n;
  const characters = earlier + before + after;
  return limit === undefined
    ? t('{0} characters farther from the cursor stay out (setting variorum.context).', characters)
    : t(
        '{0} characters farther from the cursor stay out: the model takes about {1} tokens at once.',
        characters,
        Math.floor(limit),
      );
}

function apartText(strategy: Strategy): string {
  const { t } = vscode.l10n;
  return strategy === 'raw' || strategy === 'infill'
    ? t(
        'Apart: each branch goes out with another first token after this text, where the model tells which there are.',
      )
    : t(
        'Apart: this is the first branch; the request for each later one also names how those before it begin.',
      );
}

function strategyText(strategy: Strategy): string {
  const { t } = vscode.l10n;
  const texts: Record<Strategy, string> = {
    raw: t('Strategy: raw. The model goes on with the text itself; no template, no chat.'),
    infill: t('Strategy: infill. The model goes on with the text and reads what comes after it.'),
    prefill: t('Strategy: prefill. The reply begins with the last paragraphs; the model goes on.'),
    'few-shot': t('Strategy: few-shot. Pieces of the draft itself show how it is to go on.'),
    instruction: t('Strategy: instruction. The model is told to go on with the draft.'),
  };
  return texts[strategy];
}

/** Parts of a prompt, each under who says it, exactly as they are sent. */
export function partTexts(parts: readonly PromptPart[]): string[] {
  return parts.flatMap((part) => [`### ${roleText(part)}`, fenced(part.text, 'text')]);
}

function roleText({ role }: PromptPart): string {
  const { t } = vscode.l10n;
  const texts: Record<PromptPart['role'], string> = {
    text: t('Text'),
    suffix: t('Text after the place'),
    system: t('system'),
    user: t('user'),
    assistant: t('assistant'),
  };
  return texts[role];
}

/** In a fence longer than any in the text. */
function fenced(text: string, language: string): string {
  const longest = Math.max(2, ...(text.match(/`{3,}/gu) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}
