import type { Flag } from './flag';
import { PhraseTrie } from './phraseTrie';
import { Gap } from './prose';
import type { Reading } from './reading';
import { WordClass } from './wordClass';

/** Phrases that announce a lesson by themselves. */
const SURE = [
  'the moral of the story',
  'the moral of this story',
  'the lesson here is',
  'a valuable lesson',
  'an important lesson',
  'valuable lessons',
  'taught me that true',
  'taught him that true',
  'taught her that true',
  'taught them that true',
  'serves as a reminder',
  'served as a reminder',
  'a powerful reminder',
  'a gentle reminder',
  'a poignant reminder',
  'a stark reminder',
  'the healing power of',
  'the transformative power of',
  'the enduring power of',
  'the power of friendship',
  'the power of love',
  'the power of kindness',
  'the power of human connection',
  "it's important to remember",
  'it is important to remember',
  "it's important to recognize",
  'true strength lies',
  'true strength comes',
  'true beauty lies',
  'true happiness comes',
  'true courage',
  'sometimes the greatest',
  'sometimes the most important',
  "life's greatest",
  'let us remember',
  'we must remember',
  'we can all learn',
  'teaches us that',
  'reminds us that',
  'reminding us that',
  'shows us that',
];

/** Phrases that do when the sentence generalises. */
const UNSURE = [
  'a reminder that',
  'taught me that',
  'taught him that',
  'taught her that',
  'taught them that',
  'learned that',
  'realized that',
  'realised that',
  'understood that',
  'remember that',
  'reminded that',
  'reminded of',
  'it was about',
  "it's about",
  "wasn't about",
  "isn't about",
  'not about',
  'is not just',
  "isn't just",
];
const TRIE = new PhraseTrie([...SURE, ...UNSURE]);

/** Share of words of uplift and generality that turns *she learned that…* into a lesson. */
const GENERAL_SHARE = 0.15;

const LONGEST = 80;

/** The lesson nobody asked for: a sentence that draws the moral, anywhere in the text. English only. */
export function findMoralising({ prose, marks, language }: Reading): Flag<'moralising'>[] {
  if (language === 'other') {
    return [];
  }
  const flags: Flag<'moralising'>[] = [];
  let done = -1;
  TRIE.scan(prose, (index, at) => {
    if (at < done) {
      return;
    }
    const first = prose.firstOf(at, Gap.sentence, LONGEST);
    const next = prose.nextBreak(at, Gap.sentence, LONGEST);
    const sure = index < SURE.length;
    const share = generalShare(marks, first, next);
    if (!sure && share < GENERAL_SHARE) {
      return;
    }
    done = next;
    const span = prose.sentence(first, next);
    const sentence = prose.text.slice(span.start, span.end);
    const score = Math.min(1, (sure ? 0.7 : 0.5) + share);
    flags.push({ ...span, code: 'moralising', severity: 'note', score, evidence: { sentence } });
  });
  return flags;
}

/** Part of some words that uplift or generalise. */
function generalShare(marks: Int32Array, first: number, next: number): number {
  let general = 0;
  for (let i = first; i < next; i++) {
    general += ((marks[i] ?? 0) & (WordClass.uplift | WordClass.general)) === 0 ? 0 : 1;
  }
  return general / (next - first);
}
