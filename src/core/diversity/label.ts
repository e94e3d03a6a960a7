import { bareText } from './features';
import { emphasised, typography } from './typography';
import { stem, STOP_WORDS, wordsOf } from './words';

/** An answer of so many words at most is its own label. */
const SHORT = 4;
/** The part of a text that labels come from, in words. */
const READ = 60;
/** Longest label, in characters. */
const LONGEST = 40;
/** The label of texts with nothing in them. */
const NOTHING = '…';
const SUBJECTS = new Set(['i', 'he', 'she', 'we', 'they']);

/** A few words that might name a text, and how well their kind names texts. */
interface Candidate {
  text: string;
  key: string;
  merit: number;
}

interface Reading {
  count: number;
  /** Candidates by key. */
  candidates: ReadonlyMap<string, Candidate>;
}

/**
 * A label for each group of texts, as a person might name it: the answer when it is short or set in bold,
 * else who does what ("she leaves"), else the topic. What the group shares and others lack names it best.
 * @param counts how many texts stand behind each text
 * @param groups indices of texts
 * @returns labels, all different
 */
export function labelsOf(
  texts: readonly string[],
  counts: readonly number[],
  groups: readonly (readonly number[])[],
): string[] {
  const readings = texts.map((text, i) => ({
    count: counts[i] ?? 1,
    candidates: candidatesOf(text),
  }));
  const everywhere = tally(readings);
  const total = counts.reduce((sum, count) => sum + count, 0);
  const taken = new Set<string>();
  return groups.map((group) => {
    const own = group.flatMap((text) => readings[text] ?? []);
    const label = unused(ranked(own, everywhere, total), taken);
    taken.add(label);
    return label;
  });
}

function tally(readings: readonly Reading[]): ReadonlyMap<string, number> {
  const holders = new Map<string, number>();
  for (const { candidates, count } of readings) {
    for (const key of candidates.keys()) {
      holders.set(key, (holders.get(key) ?? 0) + count);
    }
  }
  return holders;
}

/** Labels for a group, the best first. */
function ranked(
  own: readonly Reading[],
  everywhere: ReadonlyMap<string, number>,
  total: number,
): string[] {
  const size = own.reduce((sum, { count }) => sum + count, 0);
  const best = new Map<string, { text: string; inside: number; merit: number; most: number }>();
  for (const { candidates, count } of own) {
    for (const [key, { text, merit }] of candidates) {
      const seen = best.get(key) ?? { text, inside: 0, merit: 0, most: 0 };
      seen.inside += count;
      seen.merit += merit * count;
      if (count > seen.most) {
        seen.text = text;
        seen.most = count;
      }
      best.set(key, seen);
    }
  }
  const scored = Array.from(best, ([key, { text, inside, merit }]) => {
    const outside = ((everywhere.get(key) ?? 0) - inside) / Math.max(1, total - size);
    return { text, score: (merit / size) * (1 - outside) };
  });
  return scored.sort((a, b) => b.score - a.score).map(({ text }) => text);
}

function unused(labels: readonly string[], taken: ReadonlySet<string>): string {
  const free = labels.find((label) => !taken.has(label));
  if (free !== undefined) {
    return free;
  }
  const [label = NOTHING] = labels;
  let number = 2;
  while (taken.has(`${label} ${number}`)) {
    number += 1;
  }
  return taken.has(label) ? `${label} ${number}` : label;
}

/** Candidate kinds from best to worst; within a kind the earlier in the text the better. */
const MERIT = { answer: 4, bold: 3, clause: 2, name: 1.5, topic: 1 } as const;

function candidatesOf(text: string): ReadonlyMap<string, Candidate> {
  const found = new Map<string, Candidate>();
  const add = (label: string, kind: keyof typeof MERIT, at: number) => {
    const key = wordsOf(label).map(stem).join(' ');
    const merit = MERIT[kind] / (1 + at / READ);
    if (key !== '' && (found.get(key)?.merit ?? 0) < merit) {
      found.set(key, { text: clipped(label), key, merit });
    }
  };
  const bare = bareText(text);
  const start = bare.slice(0, READ * 20);
  const words = Array.from(start.matchAll(WORD), ([word]) => word).slice(0, READ);
  if (wordsOf(start).length <= SHORT) {
    add(start.replace(EDGES, ''), 'answer', 0);
  }
  const [bold] = emphasised(text.slice(0, READ * 20));
  if (bold !== undefined) {
    add(typography(bold).replace(EDGES, ''), 'bold', 0);
  }
  const asks = /^[^.!]*\?/u.test(start);
  words.forEach((word, at) => {
    const clause = asks ? null : clauseAt(words, at);
    if (clause !== null) {
      add(clause, 'clause', at);
    } else if (telling(word) && at > 0 && isName(word)) {
      add(nameAt(words, at), 'name', at);
    } else if (telling(word)) {
      add(word.toLowerCase(), 'topic', at);
    }
  });
  return found.size === 0 && bare !== '' ? new Map([[bare, plainLabel(bare)]]) : found;
}

function plainLabel(bare: string): Candidate {
  return { text: clipped(bare), key: bare, merit: 1 };
}

/** "she leaves": a pronoun or a name and the verb after it. */
function clauseAt(words: readonly string[], at: number): string | null {
  const [subject = '', verb = ''] = words.slice(at, at + 2);
  const pronoun = SUBJECTS.has(subject.toLowerCase());
  const named = at > 0 && isName(subject) && telling(subject);
  if ((!pronoun && !named) || !telling(verb) || isName(verb) || verb.endsWith('ly')) {
    return null;
  }
  return `${pronoun && subject !== 'I' ? subject.toLowerCase() : subject} ${verb}`;
}

/** A name and the names that follow it: "George Orwell". */
function nameAt(words: readonly string[], at: number): string {
  const rest = words.slice(at);
  const end = rest.findIndex((word) => !isName(word) || !telling(word));
  return (end < 0 ? rest : rest.slice(0, end)).slice(0, 3).join(' ');
}

const WORD = /\p{L}[\p{L}\p{M}]*(?:'\p{L}+)*|\p{N}+|\p{Extended_Pictographic}/gu;
const EDGES = /^[\s\p{P}]+|[\s\p{P}]+$/gu;

function telling(word: string): boolean {
  const plain = word.toLowerCase().replaceAll("'", '');
  return !STOP_WORDS.has(plain) && (plain.length > 1 || !/[a-z]/u.test(plain));
}

function isName(word: string): boolean {
  return /^\p{Lu}\p{Ll}/u.test(word);
}

function clipped(label: string): string {
  const line = label.replace(/\s+/gu, ' ').trim();
  const characters = Array.from(line);
  return characters.length <= LONGEST
    ? line
    : `${characters
        .slice(0, LONGEST - 1)
        .join('')
        .trimEnd()}…`;
}
