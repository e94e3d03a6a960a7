import { Channel } from './channel';
import { emphasised, typography } from './typography';
import { stem, STOP_WORDS, wordsOf } from './words';
import { unwrapped } from './wrapper';

/** What similarity looks at in one answer. */
export interface Answer {
  /** All words in order, inflections kept. */
  words: readonly string[];
  /** Stems of the words that carry a topic. */
  content: readonly string[];
  /** Stems that are likely the answer itself: what is set in bold, a short answer whole, names and numbers. */
  key: readonly string[];
  /** Content of the first sentence. */
  opening: readonly string[];
  /** Runs of four characters of the beginning. */
  characters: readonly string[];
}

/** Longer texts are compared by their beginning: this many UTF-16 code units. */
export const COMPARED = 20_000;
/** The beginning that is compared by its spelling: in what is longer, words say more. */
const SPELLED = 200;
/** The beginning whose word pairs are compared, in words. */
const PAIRED = 100;
/** Content words a short answer has at most; it is all key. */
const SHORT = 4;
/** A short answer has at most this many words: what all answers share is a frame round it. */
const SHORT_WORDS = 8;
/** Share of the answers that have a word of the frame. */
const FRAME = 0.7;
/** Content words that count as the start of an answer. */
const EARLY = 8;
const SENTENCE_END = /(?<=[.!?])\s|\n/u;
const NAME = /(?<![.!?:"]\s|^|\n)\b\p{Lu}[\p{L}']+|\p{N}+/gu;

/** An answer without wrapper and typesetting, as people would compare it; case kept. */
export function bareText(text: string): string {
  return unwrapped(typography(text.slice(0, COMPARED)));
}

/** Takes answers apart. Linear in their length up to a bound. */
export function answersOf(texts: readonly string[]): Answer[] {
  const bodies = texts.map(bareText);
  const words = bodies.map(wordsOf);
  const frame = frameOf(words);
  return texts.map((text, i) => {
    const body = bodies[i] ?? '';
    const own = words[i] ?? [];
    const rest = own.length > SHORT_WORDS ? own : own.filter((word) => !frame.has(word));
    return rest.length === 0 || rest.length === own.length
      ? answerOf(text, body, own)
      : answerOf(text, rest.join(' '), rest);
  });
}

function answerOf(text: string, body: string, words: readonly string[]): Answer {
  const content = contentOf(words);
  const [first = ''] = body.split(SENTENCE_END, 1);
  return {
    words,
    content,
    key: keyOf(text, body, content),
    opening: contentOf(wordsOf(first)),
    characters: runsOf(body.slice(0, SPELLED).toLowerCase().replaceAll('\n', ' '), 4),
  };
}

/** Words that nearly all answers share, when there are enough to tell: "One source of protein is …". */
function frameOf(words: readonly (readonly string[])[]): ReadonlySet<string> {
  const holders = new Map<string, number>();
  for (const own of words) {
    for (const word of new Set(own)) {
      holders.set(word, (holders.get(word) ?? 0) + 1);
    }
  }
  const enough = Math.max(3, FRAME * words.length);
  return new Set([...holders].filter(([, count]) => count >= enough).map(([word]) => word));
}

/** The stems that carry a topic; all words where none does. */
function contentOf(words: readonly string[]): readonly string[] {
  const telling = words.filter((word) => !STOP_WORDS.has(word)).map(stem);
  return telling.length === 0 ? words : telling;
}

function keyOf(text: string, body: string, content: readonly string[]): readonly string[] {
  const [bold = ''] = emphasised(text);
  const inBold = wordsOf(typography(bold)).filter((word) => !STOP_WORDS.has(word));
  if (inBold.length > 0) {
    return inBold.map(stem);
  }
  if (content.length <= SHORT) {
    return content;
  }
  const names = Array.from(body.matchAll(NAME), ([name]) => wordsOf(name)).flat();
  const telling = names.filter((word) => !STOP_WORDS.has(word)).map(stem);
  return telling.length === 0 ? content : telling;
}

function runsOf(text: string, length: number): string[] {
  if (text.length <= length) {
    return text === '' ? [] : [text];
  }
  return Array.from({ length: text.length - length + 1 }, (_, i) => text.slice(i, i + length));
}

/** Runs of `n` words, each as one string. */
export function gramsOf(words: readonly string[], n: number): string[] {
  return words.slice(n - 1).map((_, i) => words.slice(i, i + n).join(' '));
}

/** The rarer among the answers, the more a feature says (Spärck Jones 1972), smoothed so that none says nothing. */
function rarity(holders: number, texts: number): number {
  return Math.log(1 + texts / holders);
}

function evenly(): number {
  return 1;
}

/** The sides from which two answers are compared. */
export function channelsOf(answers: readonly Answer[]) {
  return {
    characters: new Channel(
      answers.map((answer) => answer.characters),
      evenly,
    ),
    content: new Channel(
      answers.map((answer) => answer.content),
      rarity,
    ),
    pairs: new Channel(
      answers.map(({ words }) => gramsOf(words.slice(0, PAIRED), 2)),
      evenly,
    ),
    key: new Channel(
      answers.map((answer) => answer.key),
      rarity,
    ),
    opening: new Channel(
      answers.map((answer) => answer.opening),
      rarity,
    ),
    early: new Channel(
      answers.map(({ content }) => content.slice(0, EARLY)),
      rarity,
    ),
  };
}

export type Channels = ReturnType<typeof channelsOf>;
