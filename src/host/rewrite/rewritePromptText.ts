import * as vscode from 'vscode';
import type { LanguageModel } from '../../core/model/languageModel';
import { promptOf, rewritePrompts } from '../../core/rewrite/rewrite';
import { estimateTokens } from '../../core/prompt/fitPassage';
import { partTexts } from '../prompt/promptText';
import type { Gathered } from './gatherRewrite';

/** What rewriting a passage sends, as Markdown: the first request of each strategy, exactly. */
export function rewritePromptText(
  models: readonly LanguageModel[],
  { request, loop, notices }: Gathered,
): string {
  const { t } = vscode.l10n;
  const { exemplars, n } = request;
  return [
    `# ${t('What Rewrite sends')}`,
    exemplars.length === 0
      ? t('Zero-shot: no passage of your own prose goes with it.')
      : t(
          '{0} passages of your own prose go with it, from {1}.',
          exemplars.length,
          sources(exemplars),
        ),
    t(
      'These are the first requests; {0} rewrites are wanted. Each later one is also told the versions that are there by then and, where one was thrown away, why.',
      n,
    ),
    ...notices.map(({ message }) => `> ${message}`),
    ...models.flatMap((model) => modelTexts(model, request, loop)),
    '',
  ].join('\n\n');
}

function sources(exemplars: Gathered['request']['exemplars']): string {
  return [...new Set(exemplars.map(({ path }) => path))].join(', ');
}

function modelTexts(
  model: LanguageModel,
  request: Gathered['request'],
  loop: Gathered['loop'],
): string[] {
  const { t } = vscode.l10n;
  const prompts = rewritePrompts(model, request, loop);
  const first = new Map([...prompts].reverse().map((each) => [each.strategy, each.said]));
  return [...first].reverse().flatMap(([strategy, said]) => {
    const { parts } = promptOf(said);
    const tokens = parts.reduce((sum, { text }) => sum + estimateTokens(text), 0);
    return [
      `## ${model.label} · ${strategy}`,
      t('About {0} tokens (an estimate).', tokens),
      ...partTexts(parts),
    ];
  });
}
