import type { Span } from '../text/span';
import type { AllowList } from './allowList';
import { cannedScore, findCanned, type Hit } from './cannedHits';
import type { Flag } from './flag';
import type { Lexicon } from './lexicon';
import type { Prose } from './prose';
import type { PhraseList } from './phraseList';
import { wornSentences } from './wornSentence';

/** What canned phrases are looked up in. */
export interface CannedSources {
  lexicon: Lexicon;
  /** The writer's own lists: every phrase of theirs is flagged. */
  lists?: readonly PhraseList[];
  /** Phrases that are never flagged. */
  allow?: AllowList;
}

export interface CannedResult {
  flags: Flag<'canned-phrase'>[];
  /** Probability, 0 to 1, that the text's wording is a tuned model's; 0.5 says nothing. */
  score: number;
  /** Sums of the lexicon's weights: see `Canned`. */
  sums: Float64Array;
}

/**
 * Finds words, phrases, stock names and turns of phrase that tuned models overuse, and sentences worn all
 * through. The score counts everything in the lexicon, plain words against it included; flags show the
 * strongest, and what the writer allows gets none.
 * @param marks `classify(prose)`
 */
export function findCannedPhrases(
  prose: Prose,
  marks: Int32Array,
  { lexicon, lists = [], allow }: CannedSources,
): CannedResult {
  const canned = findCanned(prose, marks, lexicon);
  const flags: Flag<'canned-phrase'>[] = [];
  const seen = new Map<string, Flag<'canned-phrase'>>();
  for (const hit of canned.strong) {
    if (hit.first === hit.last && isInCompound(prose, hit.first)) {
      continue;
    }
    const flag = hitFlag(prose, hit);
    const first = hit.first === hit.last ? seen.get(hit.entry.phrase) : undefined;
    if (first === undefined) {
      seen.set(hit.entry.phrase, flag);
      flags.push(flag);
    } else {
      addRelated(first, flag);
    }
  }
  for (const { first, next, share } of wornSentences(prose, marks, canned, lexicon)) {
    const span = prose.sentence(first, next);
    const evidence = {
      phrase: quote(prose, span.start, span.end),
      ratio: 0,
      kind: 'worn',
    } as const;
    flags.push({ ...span, code: 'canned-phrase', severity: 'note', score: share, evidence });
  }
  for (const list of lists) {
    list.trie.scan(prose, (index, first, last) => {
      const { start, end } = prose.span(first, last);
      const phrase = quote(prose, start, end);
      const evidence = { phrase, ratio: 0, kind: 'list', list: list.name } as const;
      const score = list.entries[index]?.weight ?? 1;
      flags.push({ start, end, code: 'canned-phrase', severity: 'warning', score, evidence });
    });
  }
  const shown =
    allow === undefined ? flags : flags.filter(({ evidence }) => !allow.has(evidence.phrase));
  const score = cannedScore(canned.sums, lexicon, 0, prose.count);
  return { flags: widestOnly(shown), score, sums: canned.sums };
}

/** Whether a hyphen joins a word to another: half of a name ("Rekh-Mara") is not that name. */
function isInCompound({ text, starts, ends, count }: Prose, word: number): boolean {
  const start = starts[word] ?? 0;
  const end = ends[word] ?? 0;
  const after = text.charAt(end) === '-' && word + 1 < count && starts[word + 1] === end + 1;
  return after || (text.charAt(start - 1) === '-' && word > 0 && ends[word - 1] === start - 1);
}

const MOST_RELATED = 20;

/** A name or a word is shown once: where else it stands is related to that. */
function addRelated(flag: Flag, { start, end }: Span): void {
  const related = flag.related ?? [];
  if (related.length < MOST_RELATED) {
    flag.related = [...related, { start, end }];
  }
}

function hitFlag(prose: Prose, { entry, first, last, pattern }: Hit): Flag<'canned-phrase'> {
  const { start, end } = prose.span(first, last);
  return {
    start,
    end,
    code: 'canned-phrase',
    severity: entry.ratio >= WARN_RATIO ? 'warning' : 'note',
    score: 1 - 1 / entry.ratio,
    evidence: {
      phrase: quote(prose, start, end),
      ratio: entry.ratio,
      kind: pattern === undefined ? 'phrase' : 'pattern',
    },
  };
}

/** How overused a phrase must be to be more than a note. */
const WARN_RATIO = 20;

const LONGEST_QUOTE = 200;

function quote(prose: Prose, start: number, end: number): string {
  return prose.text.slice(start, Math.min(end, start + LONGEST_QUOTE));
}

/** One flag a place: of two that overlap, the one that begins first, then the longer. */
function widestOnly(flags: Flag<'canned-phrase'>[]): Flag<'canned-phrase'>[] {
  flags.sort((a, b) => a.start - b.start || b.end - a.end);
  let end = -1;
  return flags.filter((flag) => {
    if (flag.start < end) {
      return false;
    }
    end = flag.end;
    return true;
  });
}
