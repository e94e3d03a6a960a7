import type { Passage, Prompt } from '../model/languageModel';

/** Whether a prompt carries the writer's instruction; so, too, where there is none. */
export function hearsInstruction({ parts }: Prompt, { instruction = '' }: Passage): boolean {
  const wish = instruction.trim();
  return wish === '' || parts.some(({ text }) => text.includes(wish));
}
