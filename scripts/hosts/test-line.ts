/** Every line that tests inside VS Code print starts with this; VS Code's own lines do not. */
export const TEST_LINE = 'variorum-test│';

/** The last line of a run starts with this; JSON counts follow. */
export const RESULT_LINE = 'VARIORUM-RESULT ';

/** A line that asks for a real key, e.g. `Control+V`, where VS Code runs in a browser. */
export const PRESS_LINE = 'VARIORUM-PRESS ';

/** A test, or a hook of one, that failed. */
export interface Failure {
  /** The outermost suite: what can be run by itself. */
  readonly suite: string;
  readonly title: string;
}

/** How many tests ended which way. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** Which ones failed, as far as they are known by name. */
  readonly failures: readonly Failure[];
}

export const NO_TESTS: Counts = { passed: 0, failed: 0, skipped: 0, failures: [] };

/** One failure that no test has a name for. */
export const FAILURE: Counts = { ...NO_TESTS, failed: 1 };

/** Adds up counts. */
export function sum(a: Counts, b: Counts): Counts {
  return {
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    skipped: a.skipped + b.skipped,
    failures: [...a.failures, ...b.failures],
  };
}

/** The name of a failed test, from the titles of what it stands in, outermost first. */
export function failureOf(titles: readonly string[]): Failure {
  const [suite = ''] = titles;
  return { suite, title: titles.join(' › ') };
}

/** The counts in a result line, if this is one. */
export function parseResult(line: string): Counts | undefined {
  if (!line.startsWith(RESULT_LINE)) return undefined;
  return JSON.parse(line.slice(RESULT_LINE.length)) as Counts;
}
