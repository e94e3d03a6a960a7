import { Channel, type Numbered } from './channel';
import { finish, type Steps } from '../steps';
import { PairNumbers, StringNumbers } from './numbers';
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
  /** The beginning in lower case: its runs of four characters are compared. */
  spelled: string;
}

/** Longer texts are compared by their beginning: this many UTF-16 code units. */
export const COMPARED = 20_000;
/** Characters of a run. */
const RUN = 4;
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
  return finish(answering(texts, bodies, bodies.map(wordsOf)));
}

/**
 * `answersOf`, with pauses.
 * @param bodies what `bareText` leaves of each
 * @param words the words of each body
 */
export function* answering(
  texts: readonly string[],
  bodies: readonly string[],
  words: readonly (readonly string[])[],
): Steps<Answer[]> {
  const frame = frameOf(words);
  const stems = new Stems();
  const answers: Answer[] = [];
  for (const [i, text] of texts.entries()) {
    const body = bodies[i] ?? '';
    const own = words[i] ?? [];
    const rest = own.length > SHORT_WORDS ? own : own.filter((word) => !frame.has(word));
    answers.push(
      rest.length === 0 || rest.length === own.length
        ? answerOf(text, body, own, stems)
        : answerOf(text, rest.join(' '), rest, stems),
    );
    yield;
  }
  return answers;
}

/** Stems of words, each found once. */
class Stems {
  readonly #known = new Map<string, string>();

  of(word: string): string {
    const known = this.#known.get(word);
    if (known !== undefined) {
      return known;
    }
    const found = stem(word);
    this.#known.set(word, found);
    return found;
  }

  /** The stems that carry a topic; all words where none does. */
  content(words: readonly string[]): readonly string[] {
    const telling = this.telling(words);
    return telling.length === 0 ? words : telling;
  }

  telling(words: readonly string[]): string[] {
    const found: string[] = [];
    for (const word of words) {
      if (!STOP_WORDS.has(word)) {
        found.push(this.of(word));
      }
    }
    return found;
  }
}

function answerOf(text: string, body: string, words: readonly string[], stems: Stems): Answer {
  const content = stems.content(words);
  const end = body.search(SENTENCE_END);
  return {
    words,
    content,
    key: keyOf(text, body, content, stems),
    opening: stems.content(wordsOf(end < 0 ? body : body.slice(0, end))),
    spelled: body.slice(0, SPELLED).toLowerCase().replaceAll('\n', ' '),
  };
}

/** Words that nearly all answers share, when there are enough to tell: "One source of protein is …". */
function frameOf(words: readonly (readonly string[])[]): ReadonlySet<string> {
  const holders = new Map<string, number>();
  // Only in short answers is anything made of it.
  if (!words.some(({ length }) => length > 0 && length <= SHORT_WORDS)) {
    return new Set();
  }
  for (const own of words) {
    for (const word of new Set(own)) {
      holders.set(word, (holders.get(word) ?? 0) + 1);
    }
  }
  const enough = Math.max(3, FRAME * words.length);
  return new Set([...holders].filter(([, count]) => count >= enough).map(([word]) => word));
}

function keyOf(
  text: string,
  body: string,
  content: readonly string[],
  stems: Stems,
): readonly string[] {
  const [bold = ''] = emphasised(text);
  const inBold = bold === '' ? [] : stems.telling(wordsOf(typography(bold)));
  if (inBold.length > 0) {
    return inBold;
  }
  if (content.length <= SHORT) {
    return content;
  }
  const names = Array.from(body.matchAll(NAME), ([name]) => wordsOf(name)).flat();
  const telling = stems.telling(names);
  return telling.length === 0 ? content : telling;
}

/** The runs of four characters of each beginning; a shorter one is one run. */
function runsOf(answers: readonly Answer[]): Numbered {
  const twos = new PairNumbers();
  const fours = new PairNumbers();
  const shorts = new StringNumbers();
  const sets = answers.map(({ spelled }) => {
    if (spelled.length <= RUN) {
      // Below 0, where no unit of UTF-16 lies.
      return Int32Array.from(spelled === '' ? [] : [fours.of(-1, shorts.of(spelled))]);
    }
    const pairs = new Int32Array(spelled.length - 1);
    for (let i = 0; i < pairs.length; i++) {
      pairs[i] = twos.of(spelled.charCodeAt(i), spelled.charCodeAt(i + 1));
    }
    const runs = new Int32Array(spelled.length - RUN + 1);
    for (let i = 0; i < runs.length; i++) {
      runs[i] = fours.of(pairs[i] ?? 0, pairs[i + 2] ?? 0);
    }
    return runs;
  });
  return { sets, kinds: fours.size };
}

/** The pairs of neighbouring words at the beginning. */
function pairsOf(answers: readonly Answer[]): Numbered {
  const vocabulary = new StringNumbers();
  const pairs = new PairNumbers();
  const sets = answers.map(({ words }) => {
    const own = words.slice(0, PAIRED).map((word) => vocabulary.of(word));
    return Int32Array.from(own.slice(1), (second, i) => pairs.of(own[i] ?? 0, second));
  });
  return { sets, kinds: pairs.size };
}

function numbered(sets: readonly (readonly string[])[]): Numbered {
  const numbers = new StringNumbers();
  return {
    sets: sets.map((set) => Int32Array.from(set, (feature) => numbers.of(feature))),
    kinds: numbers.size,
  };
}

/** The rarer among the answers, the more a feature says (Spärck Jones 1972), smoothed so that none says nothing. */
function rarity(holders: number, texts: number): number {
  return Math.log(1 + texts / holders);
}

function evenly(): number {
  return 1;
}

/** The sides from which two answers are compared. */
export interface Channels {
  characters: Channel;
  content: Channel;
  pairs: Channel;
  key: Channel;
  opening: Channel;
  early: Channel;
}

export function channelsOf(answers: readonly Answer[]): Channels {
  return finish(channelling(answers));
}

/** `channelsOf`, with pauses. */
export function* channelling(answers: readonly Answer[]): Steps<Channels> {
  const characters = new Channel(runsOf(answers), evenly);
  yield;
  const content = new Channel(numbered(answers.map((answer) => answer.content)), rarity);
  yield;
  const pairs = new Channel(pairsOf(answers), evenly);
  yield;
  const key = new Channel(numbered(answers.map((answer) => answer.key)), rarity);
  yield;
  const opening = new Channel(numbered(answers.map((answer) => answer.opening)), rarity);
  const early = answers.map((answer) => answer.content.slice(0, EARLY));
  return { characters, content, pairs, key, opening, early: new Channel(numbered(early), rarity) };
}
