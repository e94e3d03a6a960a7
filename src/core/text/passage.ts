import type { Passage } from '../model/languageModel';

/** How much of the draft goes with a request, in UTF-16 code units. */
export interface PassageBudget {
  before: number;
  after: number;
}

export const DEFAULT_BUDGET: PassageBudget = { before: 200_000, after: 20_000 };

/**
 * The passage around a place in a draft.
 * @param text the draft, line ends LF
 * @param at UTF-16 offset of the place, 0 to `text.length`
 */
export function cutPassage(text: string, at: number, budget = DEFAULT_BUDGET): Passage {
  return {
    before: text.slice(startOfContext(text, at, budget.before), at),
    after: text.slice(at, characterBorder(text, at + budget.after)),
  };
}

/** Begins at a paragraph where there is one in the first tenth, so that the model starts on a clean line. */
function startOfContext(text: string, at: number, budget: number): number {
  const earliest = at - budget;
  if (earliest <= 0) {
    return 0;
  }
  const paragraph = text.indexOf('\n\n', earliest);
  if (paragraph !== -1 && paragraph + 2 < earliest + budget / 10) {
    return paragraph + 2;
  }
  return characterBorder(text, earliest);
}

function characterBorder(text: string, offset: number): number {
  const code = text.charCodeAt(offset);
  return code >= 0xdc00 && code <= 0xdfff ? offset + 1 : Math.min(offset, text.length);
}

/** The last words before a place, on one line, for people to recognise it by. */
export function leadOf(before: string, words = 8): string {
  const tail = before.slice(-400).trimEnd().split(/\s+/u).filter(Boolean);
  const lead = tail.slice(-words).join(' ');
  return tail.length > words ? `…${lead}` : lead;
}
