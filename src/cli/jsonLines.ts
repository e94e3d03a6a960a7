import * as v from 'valibot';

/** A line of JSON lines that was understood, and where it stood (from 1). */
export interface Line<T> {
  line: number;
  value: T;
}

/** A line that was not, and why. */
export interface BadLine {
  line: number;
  why: string;
}

/**
 * Reads JSON lines: one value a line, blank lines skipped. A line that is malformed or of another shape is
 * named and does not disturb the others.
 */
export function parseJsonLines<T>(
  text: string,
  schema: v.GenericSchema<unknown, T>,
): { good: Line<T>[]; bad: BadLine[] } {
  const good: Line<T>[] = [];
  const bad: BadLine[] = [];
  text.split('\n').forEach((source, i) => {
    const line = i + 1;
    if (source.trim() === '') {
      return;
    }
    const parsed = parseJson(source);
    if ('why' in parsed) {
      bad.push({ line, why: parsed.why });
      return;
    }
    const checked = v.safeParse(schema, parsed.value);
    if (checked.success) {
      good.push({ line, value: checked.output });
    } else {
      const [issue] = checked.issues;
      const where = v.getDotPath(issue);
      bad.push({ line, why: where === null ? issue.message : `${where}: ${issue.message}` });
    }
  });
  return { good, bad };
}

function parseJson(source: string): { value: unknown } | { why: string } {
  try {
    return { value: JSON.parse(source) as unknown };
  } catch {
    return { why: 'not JSON' };
  }
}

/** Names bad lines on standard error. */
export function reportBadLines(bad: readonly BadLine[]): void {
  for (const { line, why } of bad) {
    process.stderr.write(`variorum: line ${line}: ${why}\n`);
  }
}

/** Texts that share an id cannot be told apart in the result: says so. @param so what becomes of them */
export function warnOfRepeatedIds(
  lines: readonly Line<{ id: string | number; set?: string }>[],
  so: string,
): void {
  const seen = new Map<string, number>();
  for (const { line, value } of lines) {
    const key = JSON.stringify([value.set, value.id]);
    const before = seen.get(key);
    if (before === undefined) {
      seen.set(key, line);
    } else {
      process.stderr.write(
        `variorum: line ${line}: the id ${JSON.stringify(value.id)} was on line ${before} already; ${so}\n`,
      );
    }
  }
}
