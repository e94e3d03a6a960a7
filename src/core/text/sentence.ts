import { hasWords, notYet, partsParagraphs, type Border, type BorderSearch } from './border';

/** Stops with what closes after them, and line ends. */
const CANDIDATE =
  /(?<stop>[.!?…؟۔।]+|[。！？｡]+)(?<closers>["'”’»›)\]}*_」』）]*)|(?<space>[ \t]*\n\s*)/gu;
const SPACELESS = /[。！？｡]/u;
const CLOSING_QUOTE = /["'”’»›]/u;

/** Abbreviations that a sentence never ends with; others end one when a capital follows. */
const TITLES = new Set(
  'mr mrs ms dr prof st rev hon col gen capt cpt sgt lt cmdr messrs mme mlle mt vs viz cf e.g i.e'.split(
    ' ',
  ),
);

/** What follows a closing quote and a name when the speech before is not the whole sentence. */
const SPEECH_VERBS = new Set(
  (
    'said says asked asks replied answered whispered shouted cried called muttered murmured added told ' +
    'snapped yelled screamed sighed hissed growled breathed agreed continued began insisted demanded ' +
    'admitted repeated laughed thought'
  ).split(' '),
);

type Verdict = 'border' | 'inside' | 'unknown';

/**
 * Where the first whole sentence of a text ends: after its stop and the quotes and brackets that close
 * there. Sentences inside a speech count each; a speech and its tag ("Go!" she said.) are one. A paragraph
 * ends a sentence, too. Stops before anything to read do not count.
 *
 * Names and speech verbs after a quote are known in English; capitals tell in every script that has them.
 */
export function sentenceEnd(text: string, search: BorderSearch): Border {
  for (const match of text.slice(search.from).matchAll(CANDIDATE)) {
    const start = search.from + match.index;
    const { space, closers = '', stop = '' } = match.groups ?? {};
    const end = space === undefined ? start + match[0].length : start;
    if (!hasWords(text, start)) {
      continue;
    }
    const verdict =
      space === undefined
        ? judgeStop(text, { start, stop, closers, end }, search)
        : judgeSpace(text, start, space, search);
    if (verdict === 'border') {
      return { found: true, end };
    }
    if (verdict === 'unknown') {
      return { found: false, safe: end, resume: start };
    }
  }
  return notYet(text);
}

interface Stop {
  start: number;
  stop: string;
  closers: string;
  end: number;
}

function judgeSpace(
  text: string,
  start: number,
  space: string,
  { complete, breaks }: BorderSearch,
): Verdict {
  if (partsParagraphs(space, breaks)) {
    return 'border';
  }
  return start + space.length === text.length && !complete ? 'unknown' : 'inside';
}

function judgeStop(text: string, stop: Stop, search: BorderSearch): Verdict {
  const rest = text.slice(stop.end, stop.end + 120);
  const open: Verdict = search.complete ? 'border' : 'unknown';
  if (rest === '') {
    return open;
  }
  if (SPACELESS.test(stop.stop)) {
    return stop.closers !== '' && /^[\p{L}\p{N}]/u.test(rest) ? 'inside' : 'border';
  }
  const [space = ''] = /^\s*/u.exec(rest) ?? [];
  if (space === '') {
    return 'inside';
  }
  if (partsParagraphs(space, search.breaks)) {
    return 'border';
  }
  const next = rest.slice(space.length);
  return next === '' ? open : judgeNext(text, stop, next, search);
}

/** @param next what follows the stop, after the space */
function judgeNext(text: string, stop: Stop, next: string, { complete }: BorderSearch): Verdict {
  if (/^[\p{Ll},;:–—-]/u.test(next) || isAbbreviation(text, stop, next)) {
    return 'inside';
  }
  if (/^(?:…|\.{2,})$/u.test(stop.stop) && next.startsWith('I')) {
    // "Well… I don't know" goes on; "Well… It rained" does not, and one letter more will tell.
    if (next === 'I' && !complete) {
      return 'unknown';
    }
    return /^I(?!\p{L})/u.test(next) ? 'inside' : 'border';
  }
  return CLOSING_QUOTE.test(stop.closers) ? judgeTag(next, complete) : 'border';
}

function isAbbreviation(text: string, { start, stop, closers }: Stop, next: string): boolean {
  if (stop !== '.' || closers !== '') {
    return false;
  }
  const [word = ''] = /\p{L}[\p{L}.]*$/u.exec(text.slice(Math.max(0, start - 20), start)) ?? [];
  const isInitial = /^(?:\p{Lu}\.)*\p{Lu}$/u.test(word) && word !== 'I';
  const isNumber = word.toLowerCase() === 'no' && /^\p{N}/u.test(next);
  return isInitial || isNumber || TITLES.has(word.toLowerCase());
}

/** Whether a name and a speech verb follow a speech: "Go!" Mary said. */
function judgeTag(next: string, complete: boolean): Verdict {
  const tag = /^(?:\p{Lu}[\p{L}\p{M}.'’-]*\s+){1,3}(?<verb>\p{Ll}+)(?!\p{L})/u.exec(next);
  const verb = tag?.groups?.['verb'] ?? '';
  const verbIsWhole = complete || (tag?.[0].length ?? 0) < next.length;
  if (SPEECH_VERBS.has(verb) && verbIsWhole) {
    return 'inside';
  }
  const mayBecomeTag = /^(?:\p{Lu}[\p{L}\p{M}.'’-]*\s+){0,3}[\p{L}\p{M}.'’-]*$/u.test(next);
  return mayBecomeTag && !complete ? 'unknown' : 'border';
}
