import type { Flag } from './flag';
import { PhraseTrie } from './phraseTrie';
import { Gap, type Prose } from './prose';
import type { Reading } from './reading';

/** What an essay's last paragraph begins with. */
const CLOSERS = [
  'in conclusion',
  'in summary',
  'to sum up',
  'to conclude',
  'in short',
  'overall',
  'ultimately',
  'all in all',
  'in the end',
];

/** What its other paragraphs begin with. */
const OPENERS = [
  'first',
  'firstly',
  'first of all',
  'to begin with',
  'second',
  'secondly',
  'third',
  'thirdly',
  'finally',
  'lastly',
  'furthermore',
  'moreover',
  'additionally',
  'in addition',
  'however',
  'on the other hand',
  'conversely',
  'for example',
  'for instance',
  'another',
  'one of the',
  'it is important to',
  "it's important to",
  'it is worth noting',
  "it's worth noting",
  'when it comes to',
  'throughout history',
  "in today's",
  'in this essay',
  'the key takeaway',
];
const TRIE = new PhraseTrie([...CLOSERS, ...OPENERS]);

const CREATIVE =
  /\b(?:story|stories|tale|joke|jokes|scene|poem|fiction|novel|narrative|dialogue|monologue|fable|continue|funny)\b/iu;
const NOT_STORY =
  /\b(?:essay|article|argue|report|explain|analy[sz]e|summary|list|guide|review|names?|titles?|ideas?|suggest\w*|recommend\w*)\b/iu;

/** A line that is a list item or a heading. */
const STRUCTURE = /^[ \t]*(?:[-*•] |\d{1,2}[.)] |#{1,6} |\*\*[^*\n]{1,60}:?\*\*:?)/gmu;

const FEWEST_PARAGRAPHS = 3;

/**
 * An essay with a bow on it where a story or a joke was asked for (or a passage continued): at least three
 * paragraphs, a third of which begin the way essays do or are list items or headings, the bow counting
 * double. Says nothing where nobody asked for anything.
 */
export function findEssayForm({ subject, prose }: Reading): Flag<'essay-form'>[] {
  const { instruction, before, text } = subject;
  const asked =
    instruction === undefined
      ? before?.trim() !== '' && before !== undefined
      : wantsStory(instruction);
  if (!asked || prose.count === 0) {
    return [];
  }
  const starts = paragraphStarts(prose);
  const { openers, bow } = countOpeners(prose, new Set(starts), starts.length);
  const structure = (text.match(STRUCTURE) ?? []).length;
  const marks = openers + structure + (bow ? 1 : 0);
  const share = marks / Math.max(starts.length, structure);
  if (starts.length < FEWEST_PARAGRAPHS || marks < FEWEST_PARAGRAPHS || share < 1 / 3) {
    return [];
  }
  const { start } = prose.span(0, 0);
  const end = prose.ends[prose.count - 1] ?? start;
  const score = Math.min(1, 0.4 + share / 2);
  const evidence = { paragraphs: starts.length };
  return [{ start, end, code: 'essay-form', severity: 'warning', score, evidence }];
}

function wantsStory(instruction: string): boolean {
  return CREATIVE.test(instruction) && !NOT_STORY.test(instruction);
}

function paragraphStarts(prose: Prose): number[] {
  const starts: number[] = [];
  for (let i = 0; i < prose.count; i++) {
    if ((prose.gaps[i] ?? 0) === Gap.paragraph) {
      starts.push(i);
    }
  }
  return starts;
}

function countOpeners(prose: Prose, starts: ReadonlySet<number>, paragraphs: number) {
  const found = new Set<number>();
  let bow = false;
  let last = 0;
  starts.forEach((start) => (last = start));
  TRIE.scan(prose, (index, first) => {
    if (starts.has(first)) {
      found.add(first);
      bow ||= index < CLOSERS.length && first === last && paragraphs > 1;
    }
  });
  return { openers: found.size, bow };
}
