import type { Options, Passage, PromptPart, Strategy } from '../model/languageModel';
import { textOfEmitted } from '../model/emitted';
import { paragraphBreakOf } from '../text/border';
import { paragraphStarts } from '../text/paragraph';
import { cutExchanges, type Exchanges } from './exchange';
import { withoutTrailingSpace } from './joint';
import { frontMatter, NO_TEXT_YET, REPLY_IS_ALL, systemText } from './wording';

export type RenderOptions = Pick<Options, 'reach' | 'maxTokens'>;

/** Least text in the message that a model goes on with, and most where a paragraph begins in it; UTF-16 code units. */
const LEAST_PREFILL = 600;
const MOST_PREFILL = 20_000;
/** Shortest and longest continuation shown as an example, in UTF-16 code units. */
const EXAMPLE = { shortest: 1, longest: 1500 };
const CHARACTERS_PER_TOKEN = 4;

/**
 * The text of a passage as a model is handed it. Only what the passage holds is sent: no notes, no
 * instruction, where there are none. A base model takes notes and instruction as front matter, and the text
 * after the place only as a suffix.
 */
export function renderPrompt(
  passage: Passage,
  strategy: Strategy,
  options: RenderOptions,
): PromptPart[] {
  const text = storyOf(passage);
  switch (strategy) {
    case 'raw':
      return [rawText(passage, text)];
    case 'infill':
      return [
        { role: 'text', text: frontMatter(passage) + toGoOnWith(passage) },
        { role: 'suffix', text: passage.after },
      ];
    case 'prefill':
      return prefill(passage, options);
    case 'few-shot': {
      const exchanges = cutExchanges(text, exampleLength(options));
      return exchanges ? fewShot(passage, exchanges, options) : instruction(passage, options);
    }
    case 'instruction':
      return instruction(passage, options);
  }
}

/** What `renderPrompt` makes of a strategy: a draft that is too short for examples gets the instruction alone. */
export function strategyFor(passage: Passage, wanted: Strategy, options: RenderOptions): Strategy {
  return wanted === 'few-shot' && !cutExchanges(storyOf(passage), exampleLength(options))
    ? 'instruction'
    : wanted;
}

/** Everything before the place: the end of the file before, then the draft. */
function storyOf({ earlier, before }: Passage): string {
  return earlier?.trim() ? `${earlier.trimEnd()}\n\n${before}` : before;
}

/** What a model goes on with. Tokens of its own it gets as it wrote them. */
function toGoOnWith(passage: Passage): string {
  const text = storyOf(passage);
  return passage.emitted === undefined ? withoutTrailingSpace(text) : text;
}

/** The end that the model has emitted goes as token ids, too, as far back as these are known. */
function rawText(passage: Passage, text: string): PromptPart {
  const { emitted = [] } = passage;
  const known = emitted.slice(emitted.findLastIndex(({ id }) => id === undefined) + 1);
  const ids = known.flatMap(({ id }) => id ?? []);
  if (ids.length === 0) {
    return { role: 'text', text: frontMatter(passage) + toGoOnWith(passage) };
  }
  const own = textOfEmitted(known);
  const before = text.slice(0, text.length - own.length);
  // The first of the tokens says itself whether a space stands before it.
  const head = known.length === emitted.length ? withoutTrailingSpace(before) : before;
  return { role: 'text', text: frontMatter(passage) + head + own, emitted: { text: own, ids } };
}

function instruction(passage: Passage, options: RenderOptions): PromptPart[] {
  return [
    { role: 'system', text: systemText(passage, 'instruction', options) },
    { role: 'user', text: orElse(storyOf(passage), NO_TEXT_YET) },
  ];
}

function fewShot(passage: Passage, cut: Exchanges, options: RenderOptions): PromptPart[] {
  return [
    { role: 'system', text: systemText(passage, 'few-shot', options) },
    ...cut.exchanges.flatMap(({ beginning, continuation }): PromptPart[] => [
      { role: 'user', text: beginning },
      { role: 'assistant', text: continuation },
    ]),
    { role: 'user', text: cut.last },
  ];
}

/** The last paragraphs are the reply as far as it has come; all before them is the message it answers. */
function prefill(passage: Passage, options: RenderOptions): PromptPart[] {
  const text = toGoOnWith(passage);
  if (text.trim() === '') {
    return instruction(passage, options);
  }
  const breaks = paragraphBreakOf(text.slice(-MOST_PREFILL));
  const starts = paragraphStarts(text, breaks, MOST_PREFILL);
  const start = starts.findLast((at) => text.length - at >= LEAST_PREFILL) ?? starts[0] ?? 0;
  return [
    { role: 'system', text: systemText(passage, 'prefill', options) },
    { role: 'user', text: orElse(text.slice(0, start).trimEnd(), REPLY_IS_ALL) },
    { role: 'assistant', text: text.slice(start) },
  ];
}

function exampleLength({ reach, maxTokens }: RenderOptions): number {
  return reach === 'sentence' || reach === 'paragraph'
    ? EXAMPLE.shortest
    : Math.min(maxTokens * CHARACTERS_PER_TOKEN, EXAMPLE.longest);
}

function orElse(text: string, instead: string): string {
  return text.trim() === '' ? instead : text;
}
