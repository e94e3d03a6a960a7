import * as v from 'valibot';
import { withoutReasoning } from '../collapse/reasoning';
import { rewriteIn } from './answerText';

/** One version of an answer that holds several. */
export interface BatchItem {
  text: string;
  /** What the model says of it, 0 to 1; absent where it says nothing that makes sense. */
  probability?: number;
  /** The answer ends within it. */
  cut: boolean;
}

interface Raw {
  text: string;
  probability?: string | undefined;
  cut?: boolean;
}

/**
 * The versions in an answer that was to hold several, however it gives them: between tags, as JSON, as something
 * like JSON, under numbered headings, or one alone. Nothing that is not a version comes out, and each comes once.
 * @param isWhole whether the answer came to its end
 */
export function itemsIn(answer: string, source: string, isWhole: boolean): BatchItem[] {
  const shown = withoutReasoning(answer).trim();
  const found = mostOf([inTags, inJson, inBrokenJson], shown) ??
    mostOf([underHeadings], shown) ?? [{ text: shown }];
  const seen = new Set<string>();
  return found
    .map(({ text, probability, cut = false }, i) => {
      const { start, end } = rewriteIn(text, source);
      const share = probabilityIn(probability);
      const isLast = i === found.length - 1;
      return {
        text: text.slice(start, end),
        cut: cut || (isLast && !isWhole),
        ...(share === undefined ? {} : { probability: share }),
      };
    })
    .filter(({ text }) => text !== '' && !seen.has(text) && seen.add(text));
}

/** What the reader finds that finds most; undefined when none finds anything. */
function mostOf(
  readers: readonly ((answer: string) => Raw[])[],
  answer: string,
): Raw[] | undefined {
  const found = readers.map((read) => read(answer));
  const most = found.reduce((best, next) => (next.length > best.length ? next : best), []);
  return most.length > 0 ? most : undefined;
}

function probabilityIn(text: string | undefined): number | undefined {
  const [number, unit] = /(\d*\.?\d+)\s*(%?)/u.exec(text ?? '')?.slice(1) ?? [];
  const value = Number(number) / (unit === '%' ? 100 : 1);
  return number !== undefined && value >= 0 && value <= 1 ? value : undefined;
}

const TAG = /<(rewrite|version|response|item|text)\b([^<>]*)>\s*/giu;
const INNER_TEXT = /<text>([\s\S]*?)(?:<\/text>|$)/iu;
const INNER_PROBABILITY = /<probability>([^<]*)/iu;

/** `<rewrite probability="0.07">…</rewrite>`, or `<response><text>…</text><probability>…</probability></response>`. */
function inTags(answer: string): Raw[] {
  const opens = Array.from(answer.matchAll(TAG));
  const outer = opens[0]?.[1]?.toLowerCase();
  const own = opens.filter((open) => open[1]?.toLowerCase() === outer);
  return own.map((open, i) => {
    const from = open.index + open[0].length;
    const next = own[i + 1]?.index ?? answer.length;
    const body = answer.slice(from, next);
    const close = body.toLowerCase().lastIndexOf(`</${outer ?? ''}>`);
    const inside = close === -1 ? body : body.slice(0, close);
    const text = INNER_TEXT.exec(inside)?.[1] ?? inside.replace(INNER_PROBABILITY, '');
    const probability = /probability\s*=\s*["']?([^"'\s>]+)/iu.exec(open[2] ?? '')?.[1];
    return {
      text,
      probability: probability ?? INNER_PROBABILITY.exec(inside)?.[1],
      cut: close === -1 && i === own.length - 1,
    };
  });
}

const ITEM = v.union([
  v.pipe(
    v.string(),
    v.transform((text): Raw => ({ text })),
  ),
  v.pipe(
    v.record(v.string(), v.unknown()),
    v.transform((record): Raw => ({ text: textOf(record), probability: shareOf(record) })),
  ),
]);

function textOf(record: Record<string, unknown>): string {
  const names = ['text', 'rewrite', 'version', 'response', 'content'];
  const name = names.find((each) => typeof record[each] === 'string');
  const value = name === undefined ? undefined : record[name];
  return typeof value === 'string' ? value : '';
}

function shareOf({ probability }: Record<string, unknown>): string | undefined {
  return typeof probability === 'number' || typeof probability === 'string'
    ? String(probability)
    : undefined;
}

/** A JSON array, or an object that holds one, wherever it stands in the answer. */
function inJson(answer: string): Raw[] {
  const spans = [
    [answer.indexOf('['), answer.lastIndexOf(']')],
    [answer.indexOf('{'), answer.lastIndexOf('}')],
  ] as const;
  for (const [start, end] of spans.filter(([from, to]) => from !== -1 && to > from)) {
    const items = listIn(parsed(answer.slice(start, end + 1)));
    const good = items.flatMap((item) => {
      const read = v.safeParse(ITEM, item);
      return read.success ? [read.output] : [];
    });
    if (good.some(({ text }) => text !== '')) {
      return good;
    }
  }
  return [];
}

const LIST = v.array(v.unknown());
const RECORD = v.record(v.string(), v.unknown());

function listIn(value: unknown): readonly unknown[] {
  if (v.is(LIST, value)) {
    return value;
  }
  if (!v.is(RECORD, value)) {
    return [];
  }
  return Object.values(value).find((each) => v.is(LIST, each)) ?? [value];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** `"text": "…"` up to what can only be the end of the string: a quote before a comma, a brace or the end. */
const LOOSE =
  /["']?(?:text|rewrite|version|response|content)["']?\s*:\s*"([\s\S]*?)(?:"\s*(?=,\s*["']?\w+["']?\s*:|,?\s*[}\]]|,?\s*$)|$)(?:\s*,\s*["']?probability["']?\s*:\s*["']?([\d.]+%?))?/giu;

/** JSON with real line ends or bare quotes in its strings, commas too many, or cut off. */
function inBrokenJson(answer: string): Raw[] {
  return Array.from(answer.matchAll(LOOSE), (found) => ({
    text: unescaped(found[1] ?? ''),
    probability: found[2],
    cut: !/["\]}\d%]\s*$/u.test(found[0]) && found.index + found[0].length === answer.length,
  }));
}

function unescaped(text: string): string {
  return text.replace(/\\(n|t|r|"|\\|\/|u[\da-f]{4})/giu, (_, code: string) => {
    switch (code.charAt(0)) {
      case 'n':
        return '\n';
      case 't':
        return '\t';
      case 'r':
        return '';
      case 'u':
        return String.fromCharCode(parseInt(code.slice(1), 16));
      default:
        return code;
    }
  });
}

const HEADING =
  /^[^\S\n]*(?:[#*_]+[^\S\n]*)?(?:(?:version|rewrite|option|alternative|response)[^\S\n]*#?(\d{1,2})|(\d{1,2})[.)])(?:[^\S\n]*\(?[^\S\n]*(?:probability|p)?[^\S\n]*[:=≈~]?[^\S\n]*(0?\.\d+|\d+%)\)?)?[.:)]?[^\S\n]*[*_]*:?[^\S\n]*/gimu;

/** "Version 1 (0.05):", "2." and the like, numbered from 1, at the beginning of lines. */
function underHeadings(answer: string): Raw[] {
  const heads = Array.from(answer.matchAll(HEADING));
  const inOrder = heads.filter((head, i) => Number(head[1] ?? head[2]) === i + 1);
  if (inOrder.length < 2 || inOrder.length < heads.length) {
    return [];
  }
  return inOrder.map((head, i) => {
    const body = answer.slice(head.index + head[0].length, inOrder[i + 1]?.index);
    const [line, after] = /\n\s*\(?probability\W+(0?\.\d+|\d+%)\)?\s*$/iu.exec(body) ?? [];
    return {
      text: line === undefined ? body : body.slice(0, -line.length),
      probability: head[3] ?? after,
    };
  });
}
