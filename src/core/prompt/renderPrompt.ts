import type { Options, Passage, PromptPart, Strategy } from '../model/languageModel';

/**
 * The text of a passage as a model is handed it, by the strategy that it supports best.
 * Only what the passage holds is sent: no notes, no instruction, where there are none.
 */
export function renderPrompt(
  passage: Passage,
  strategy: Strategy,
  { reach = 'scene' }: Pick<Options, 'reach' | 'maxTokens'>,
): PromptPart[] {
  const { earlier, before, after } = passage;
  const text = earlier === undefined ? before : `${earlier}\n\n${before}`;
  switch (strategy) {
    case 'raw':
      return [{ role: 'text', text }];
    case 'infill':
      return [
        { role: 'text', text },
        { role: 'suffix', text: after },
      ];
    case 'prefill':
    case 'few-shot':
    case 'instruction':
      return [
        { role: 'system', text: `Go on with the writer's text for one ${reach}; give only that.` },
        { role: 'user', text },
      ];
  }
}
