import type { Options, Passage, Reach } from '../model/languageModel';

/**
 * What chat models are told. It asks for nothing that collapses: no praise of a kind of prose, no arc, no
 * ending; only that the text goes on as it is.
 */
export type ChatStrategy = 'prefill' | 'few-shot' | 'instruction';

/** English words for a token, as commonly counted. */
const WORDS_PER_TOKEN = 0.75;

const TASK: Record<ChatStrategy, string> = {
  instruction:
    "You continue manuscripts. The user's message is a manuscript up to the place where it breaks off, " +
    'in the middle of a sentence if need be. Your reply is set directly after its last character.',
  'few-shot':
    "You continue manuscripts. The user's messages and your replies are one manuscript, in order: each " +
    'reply is set directly after the last character of the message before it, in the middle of a ' +
    'sentence if need be.',
  prefill:
    "You continue manuscripts. The user's message is the beginning of a manuscript and your reply, which " +
    'has begun already, is the rest of it. Go on from the last character of your reply, in the middle of ' +
    'a sentence if need be.',
};

const ONLY_TEXT =
  'Give nothing but the text that comes next: no heading, no remark, no quotation marks around it, and ' +
  'nothing of what is there already.';
const MANNER =
  "Keep the manuscript's language, tense, person and way of writing. Nothing has to be resolved, " +
  'explained or brought to a close.';

const REACH: Record<Reach, string> = {
  sentence: 'Write up to the end of one sentence.',
  paragraph: 'Write up to the end of one paragraph.',
  scene: 'Go on for as long as the scene does; it may still be under way where you stop.',
};

/** The rules of a chat, and what the passage holds besides the manuscript. */
export function systemText(
  passage: Passage,
  strategy: ChatStrategy,
  { reach, maxTokens }: Pick<Options, 'reach' | 'maxTokens'>,
): string {
  const howFar = reach
    ? REACH[reach]
    : `Write about ${wordsIn(maxTokens)} words and break off there.`;
  const { notes, after, instruction, taken = [] } = passage;
  return [
    `${TASK[strategy]} ${ONLY_TEXT}`,
    `${MANNER} ${howFar}`,
    section('notes', "The writer's notes on the work, which are not part of it:", notes),
    section(
      'later',
      'This stands in the manuscript already, right after the text that you write. Do not repeat it:',
      after,
    ),
    section(
      'taken',
      'From the same place others went on like this. What you write happens otherwise and begins otherwise:',
      taken.map((beginning) => `- ${beginning.trim().replace(/\s+/gu, ' ')} …`).join('\n'),
    ),
    section('wish', 'What the writer asks of the text that comes next:', instruction),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** A round number of words. */
function wordsIn(tokens: number): number {
  const words = tokens * WORDS_PER_TOKEN;
  const step = words < 100 ? 10 : 50;
  return Math.max(step, Math.round(words / step) * step);
}

function section(tag: string, lead: string, text: string | undefined): string {
  const content = text?.trim() ?? '';
  return content === '' ? '' : `${lead}\n<${tag}>\n${content}\n</${tag}>`;
}

/** What stands in place of a manuscript that has no text yet: some servers refuse an empty message. */
export const NO_TEXT_YET = '(The manuscript has no text yet: begin it.)';

/** The same where the reply has begun already. */
export const REPLY_IS_ALL = '(The manuscript begins with your reply.)';

/**
 * Notes and wish as a base model can take them: in square brackets, as a manuscript's front matter. They
 * stand before everything else, so that no remark comes between two pieces of the story.
 */
export function frontMatter({ notes, instruction }: Passage): string {
  const lines = [
    ...(notes?.trim() ? [`Author's notes: ${notes.trim()}`] : []),
    ...(instruction?.trim() ? [`What happens next: ${instruction.trim()}`] : []),
  ];
  return lines.length === 0 ? '' : `[${lines.join('\n\n')}]\n\n`;
}
