import * as v from 'valibot';
import { withoutReasoning } from '../../core/collapse/reasoning';
import { measure } from '../../core/diversity/measures';
import { compareTexts, findModes, type Compared } from '../../core/diversity/modes';
import { readInput } from '../input';
import { parseJsonLines, reportBadLines, warnOfRepeatedIds, type Line } from '../jsonLines';
import { printJson } from '../output';
import { BadUsage, parse } from '../usage';

const OPTIONS = {
  jsonl: { type: 'boolean', default: false },
  similarity: { type: 'boolean', default: false },
} as const;

const INPUT = v.object({
  id: v.union([v.string(), v.number()], 'expected a string or a number'),
  text: v.string(),
  set: v.optional(v.string(), ''),
});
type Input = v.InferOutput<typeof INPUT>;

/** `variorum modes`: which texts of a set say the same thing, and how diverse the set is. */
export async function modesCommand(args: string[]): Promise<0 | 2> {
  const { values, positionals } = parse({ args, options: OPTIONS, allowPositionals: true });
  if (!values.jsonl) {
    throw new BadUsage('modes reads JSON lines: give --jsonl FILE.');
  }
  const { good, bad } = parseJsonLines(await readInput(positionals), INPUT);
  warnOfRepeatedIds(good, 'both count');
  for (const [set, texts] of bySet(good)) {
    printJson(resultOf(set, texts, values.similarity));
  }
  reportBadLines(bad);
  return bad.length > 0 ? 2 : 0;
}

/** The lines of each set, sets in the order of their first line. */
function bySet(lines: readonly Line<Input>[]): Map<string, Input[]> {
  const sets = new Map<string, Input[]>();
  for (const { value } of lines) {
    const set = sets.get(value.set);
    if (set) {
      set.push(value);
    } else {
      sets.set(value.set, [value]);
    }
  }
  return sets;
}

function resultOf(set: string, inputs: readonly Input[], withSimilarity: boolean) {
  const texts = inputs.map(({ text }) => answerOf(text));
  const compared = compareTexts(texts);
  const modes = findModes(compared);
  const { estimated, ...measures } = measure(texts, compared, modes);
  return {
    set,
    n: texts.length,
    modes: modes.map(({ label, size, members }) => ({
      label,
      size,
      members: members.flatMap((member) => inputs[member]?.id ?? []),
    })),
    measures,
    ...(estimated.length > 0 ? { estimated } : {}),
    ...(withSimilarity ? { similarity: matrixOf(compared) } : {}),
  };
}

/** Every text against every other, in the order given, to four places. */
function matrixOf({ distinct: { kinds, texts }, similarity }: Compared): number[][] {
  const rows = texts.map((_, kind) => {
    const row = new Float64Array(texts.length);
    similarity.row(kind, row);
    return Array.from(row, (value) => Number(value.toFixed(4)));
  });
  return kinds.map((a) => kinds.map((b) => rows[a]?.[b] ?? 0));
}

/** A text without what the model thought before it answered. */
function answerOf(text: string): string {
  const bare = withoutReasoning(text);
  return bare === text ? text : bare.trim();
}
