import type { Steps } from '../steps';
import { commonPrefix, commonSuffix } from '../text/common';
import { BLOCK_SIGHT, blockEnd } from './blocks';
import { check, type CheckSources } from './check';
import { checkText } from './checkText';
import { hasCode, movedFlag, type Flag } from './flag';
import type { Language } from './language';

/** What stands in a document. */
export interface DocumentFindings {
  /** In the order of the text. */
  flags: Flag[];
  /** `other` when more of it is in a language that the detectors of words do not know than is in English. */
  language: Language;
}

/** A piece of the document, and what was found in it; offsets from its start. */
interface Block {
  length: number;
  flags: readonly Flag[];
  language: Language;
}

/** What the end of the document says, and the text that it says it by. */
interface Ending {
  tail: string;
  flags: readonly Flag[];
}

/** Blocks whose findings are gathered between two pauses. */
const GATHERED = 500;

/** What the end of a document is judged by, in UTF-16 code units. */
const TAIL = 1_200;
const MOST_RELATED = 20;

/**
 * Canned score below which a page counts as human as a whole. People use overused words too: of 4,000 pages
 * of novels 1 in 110 had more than two findings on its wording, and all but 3 of these pages scored lower; of
 * tuned models' pages with more than two, 1 in 21 does. Fitted on half of the authors of scripts/eval/pages.ts.
 */
const CANNED_PAGE = 0.95;
/** Findings on wording that such a page gets. */
const MOST_ON_WORDING = 2;

/**
 * Checks a document that is being written, page by page: after an edit only the pages that it touched are
 * looked at again. What is found never depends on how the text came to be. Detectors that compare with a
 * passage or a request have nothing to say about a document; endings are looked for at its end alone.
 */
export class DocumentCheck {
  #text = '';
  #blocks: readonly Block[] = [];
  #ending: Ending = { tail: '', flags: [] };

  constructor(private readonly sources: CheckSources) {}

  /**
   * Takes in the document as it is now; a pause is possible after each page.
   * When the work is given up half-way, nothing has changed.
   * @param text line ends LF
   */
  *update(text: string): Steps<DocumentFindings> {
    const blocks = yield* this.#recut(text);
    const ending = this.#endingOf(text);
    const findings = yield* gathering(blocks, text.length - ending.tail.length, ending.flags);
    this.#text = text;
    this.#blocks = blocks;
    this.#ending = ending;
    return findings;
  }

  *#recut(text: string): Steps<readonly Block[]> {
    const known = commonPrefix(this.#text, text);
    const tail = commonSuffix(this.#text, text, known);
    const shift = text.length - this.#text.length;
    const blocks: Block[] = [];
    let old = 0;
    let oldStart = 0;
    let start = 0;
    while (start < text.length) {
      const inTail = start >= text.length - tail;
      const wanted = inTail ? start - shift : start;
      if (inTail || start < known) {
        for (let block = this.#blocks[old]; block && oldStart < wanted;) {
          oldStart += block.length;
          block = this.#blocks[++old];
        }
      }
      const same = oldStart === wanted ? this.#blocks[old] : undefined;
      if (same && inTail) {
        return blocks.concat(this.#blocks.slice(old));
      }
      // What decides where the block ends is unchanged too.
      const isSettled = same !== undefined && start + BLOCK_SIGHT <= known;
      const end = isSettled ? start + same.length : blockEnd(text, start);
      if (same && end === start + same.length && end <= known) {
        blocks.push(same);
      } else {
        blocks.push(this.#checkBlock(text.slice(start, end)));
        yield;
      }
      start = end;
    }
    return blocks;
  }

  #checkBlock(slice: string): Block {
    const text = detached(slice);
    const { flags, scores, language } = check({ text }, this.sources);
    const own = flags.filter(({ code }) => code !== 'stock-ending');
    return {
      length: text.length,
      flags: scores.canned < CANNED_PAGE ? withLittleOnWording(own) : own,
      language,
    };
  }

  #endingOf(text: string): Ending {
    const from = Math.max(0, text.length - TAIL);
    const start = from === 0 ? 0 : text.indexOf(' ', from) + 1;
    const tail = text.slice(start);
    if (tail === this.#ending.tail) {
      return this.#ending;
    }
    const { flags } = checkText({ text: tail }, this.sources);
    return {
      tail: detached(tail),
      flags: flags.filter(({ code }) => code === 'stock-ending'),
    };
  }
}

/** All findings where they are in the document. @param tail where the text of the ending begins */
function* gathering(
  blocks: readonly Block[],
  tail: number,
  ending: readonly Flag[],
): Steps<DocumentFindings> {
  const flags: Flag[] = [];
  const words = new Map<string, Flag>();
  const languages = { english: 0, other: 0, unclear: 0 };
  let start = 0;
  for (const [i, block] of blocks.entries()) {
    for (const flag of block.flags) {
      addOnce(flags, movedFlag(flag, start), words);
    }
    languages[block.language] += block.length;
    start += block.length;
    if (i % GATHERED === GATHERED - 1) {
      yield;
    }
  }
  // Blocks come in order, and so do the findings in each: only the ending's lie among others.
  const before = flags.findIndex((flag) => flag.start >= tail);
  const last = before < 0 ? [] : flags.splice(before);
  last.push(...ending.map((flag) => movedFlag(flag, tail)));
  last.sort((a, b) => a.start - b.start || a.end - b.end);
  flags.push(...last);
  return { flags, language: commonest(languages) };
}

/** Of the findings on wording the strongest; everything else, what is on the writer's own lists too, stays. */
function withLittleOnWording(flags: readonly Flag[]): readonly Flag[] {
  const wording = flags.filter(
    (flag) =>
      (hasCode(flag, 'canned-phrase') && flag.evidence.kind !== 'list') ||
      flag.code === 'hackneyed-rhyme',
  );
  const isNote = ({ severity }: Flag) => (severity === 'note' ? 1 : 0);
  wording.sort((a, b) => isNote(a) - isNote(b) || b.score - a.score);
  const weak = new Set(wording.slice(MOST_ON_WORDING));
  return flags.filter((flag) => !weak.has(flag));
}

function commonest({ english, other }: Record<Language, number>): Language {
  return other > english ? 'other' : english > 0 ? 'english' : 'unclear';
}

/** A single word that is overused is shown where it comes first; its other places are related to that. */
function addOnce(flags: Flag[], flag: Flag, words: Map<string, Flag>): void {
  const word = wordOf(flag);
  const first = word === undefined ? undefined : words.get(word);
  if (first === undefined) {
    flags.push(flag);
    if (word !== undefined) {
      words.set(word, flag);
    }
    return;
  }
  const places = [...(first.related ?? []), { start: flag.start, end: flag.end }];
  first.related = [...places, ...(flag.related ?? [])].slice(0, MOST_RELATED);
}

function wordOf(flag: Flag): string | undefined {
  if (!hasCode(flag, 'canned-phrase')) {
    return undefined;
  }
  const { phrase, kind } = flag.evidence;
  return kind === 'phrase' && !/\s/u.test(phrase) ? phrase.toLowerCase() : undefined;
}

/** A copy that does not keep the text alive that it was cut from: quotations in flags would. */
function detached(slice: string): string {
  return JSON.parse(JSON.stringify(slice)) as string;
}
