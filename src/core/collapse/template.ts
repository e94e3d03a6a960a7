import { STOP_WORDS } from '../diversity/words';
import { finish, type Steps } from '../steps';
import type { Flag } from './flag';
import { aligningSkeleton, type Skeleton } from './skeleton';
import { placeIn, type Sibling, type SiblingFlags } from './siblings';
import { wordSpans, type WordSpan } from './wordSpans';

/** Siblings that share a skeleton before it is one. */
const FEWEST = 3;
/** Words of a shared opening or ending, and those among them that carry a topic. */
const SHARED_WORDS = 4;
const SHARED_TELLING = 2;
/** Opening, ending and skeleton are looked for in so many words at each end, of so many siblings. */
const READ = 80;
const MOST = 64;

type Part = 'opening' | 'ending' | 'skeleton';
interface Found {
  part: Part;
  skeleton: Skeleton;
}

/**
 * Siblings that share one skeleton with different fillings: an opening, an ending, or words in one order
 * with slots between them ("Why did the ___ … Because it was ___"). Copies of one text count once, since
 * they are no template. The score is the share of the text that the skeleton is, for openings and endings
 * the share of siblings that have it.
 */
export function template(siblings: readonly Sibling[]): SiblingFlags<'template'> {
  return finish(findingTemplate(siblings));
}

/** `template`, with pauses. */
export function* findingTemplate(siblings: readonly Sibling[]): Steps<SiblingFlags<'template'>> {
  const flags = siblings.map((): Flag<'template'>[] => []);
  const words: WordSpan[][] = [];
  for (const { text } of siblings) {
    words.push(wordSpans(text));
    yield;
  }
  const first = new Map<string, number>();
  words.forEach((own, i) => {
    const key = own.map(({ word }) => word).join(' ');
    first.set(key, first.get(key) ?? i);
  });
  const different = [...first.values()].slice(0, MOST);
  if (different.length < FEWEST) {
    return flags;
  }
  const texts = different.map((i) => words[i] ?? []);
  for (const found of yield* findingAll(texts)) {
    flag(flags, siblings, different, found, texts);
  }
  return flags;
}

/** An opening or ending that is part of the skeleton is not told twice. */
function* findingAll(texts: readonly (readonly WordSpan[])[]): Steps<Found[]> {
  const whole = yield* aligningSkeleton(texts.map((words) => words.slice(0, READ)));
  if (whole !== null && whole.members.length >= FEWEST) {
    return [{ part: 'skeleton', skeleton: whole }];
  }
  yield;
  return [
    ...shared(texts, 'opening').map((skeleton) => ({ part: 'opening' as const, skeleton })),
    ...shared(texts, 'ending').map((skeleton) => ({ part: 'ending' as const, skeleton })),
  ];
}

/** The longest opening (or ending) that enough siblings share; at equal length the one that most share. */
function shared(texts: readonly (readonly WordSpan[])[], part: 'opening' | 'ending'): Skeleton[] {
  const enough = Math.max(FEWEST, Math.ceil(texts.length / 2));
  let groups = [texts.map((_, i) => i)];
  let found: Skeleton | null = null;
  for (let length = 1; length <= READ; length++) {
    groups = groups.flatMap((group) => divide(texts, group, part, length, enough));
    const [most] = groups.sort((a, b) => b.length - a.length);
    if (most === undefined) {
      break;
    }
    const spans = most.map((text) => edge(texts[text] ?? [], part, length));
    const telling = (spans[0] ?? []).filter(({ word }) => !STOP_WORDS.has(word)).length;
    if (length >= SHARED_WORDS && telling >= SHARED_TELLING) {
      found = { members: most, spans };
    }
  }
  return found === null ? [] : [found];
}

function edge(words: readonly WordSpan[], part: 'opening' | 'ending', length: number): WordSpan[] {
  return part === 'opening'
    ? words.slice(0, length)
    : words.slice(Math.max(0, words.length - length));
}

/** Parts a group by the word at a distance from the edge; parts too small are dropped. */
function divide(
  texts: readonly (readonly WordSpan[])[],
  group: readonly number[],
  part: 'opening' | 'ending',
  length: number,
  enough: number,
): number[][] {
  const parts = new Map<string, number[]>();
  for (const text of group) {
    const word = texts[text]?.at(part === 'opening' ? length - 1 : -length)?.word;
    if (word !== undefined) {
      parts.set(word, [...(parts.get(word) ?? []), text]);
    }
  }
  return [...parts.values()].filter(({ length: size }) => size >= enough);
}

function flag(
  flags: Flag<'template'>[][],
  siblings: readonly Sibling[],
  different: readonly number[],
  { part, skeleton }: Found,
  texts: readonly (readonly WordSpan[])[],
): void {
  const places = skeleton.members.map((member, at) => {
    const spans = skeleton.spans[at] ?? [];
    const index = different[member] ?? 0;
    const sibling = siblings[index] ?? { text: '' };
    const start = spans[0]?.start ?? 0;
    return { index, sibling, spans, start, end: spans.at(-1)?.end ?? start };
  });
  places.forEach(({ index, sibling, spans, start, end }, at) => {
    const words = texts[skeleton.members[at] ?? 0] ?? [];
    const share = spans.length / Math.max(1, Math.min(words.length, READ));
    flags[index]?.push({
      code: 'template',
      start,
      end,
      severity: part === 'skeleton' ? 'warning' : 'note',
      score: part === 'skeleton' ? share : skeleton.members.length / texts.length,
      evidence: {
        part,
        skeleton: written(words, spans),
        fillings: fillings(sibling.text, words, spans),
        siblings: skeleton.members.length,
      },
      related: places.flatMap((other) =>
        other.index === index ? [] : [placeIn(other.sibling, other.start, other.end)],
      ),
    });
  });
}

/** The skeleton as people read it: its words, and "___" wherever a text has others between them. */
function written(words: readonly WordSpan[], spans: readonly WordSpan[]): string {
  const kept = new Set(spans);
  const last = spans.at(-1);
  const pieces: string[] = [];
  for (const word of words) {
    const piece = kept.has(word) ? word.text : '___';
    if (piece !== '___' || (pieces.length > 0 && pieces.at(-1) !== '___')) {
      pieces.push(piece);
    }
    if (word === last) {
      break;
    }
  }
  return pieces.join(' ');
}

/** What a text puts into the slots. */
function fillings(
  text: string,
  words: readonly WordSpan[],
  spans: readonly WordSpan[],
): readonly string[] {
  const kept = new Set(spans);
  const [first, last] = [spans[0], spans.at(-1)];
  const filled: string[] = [];
  let run: WordSpan[] = [];
  for (const word of words) {
    const inside = first && last && word.start > first.start && word.end <= last.end;
    if (inside && !kept.has(word)) {
      run.push(word);
    } else if (run.length > 0) {
      filled.push(text.slice(run[0]?.start, run.at(-1)?.end));
      run = [];
    }
  }
  return filled;
}
