/** Every line that tests inside VS Code print starts with this; VS Code's own lines do not. */
export const TEST_LINE = 'variorum-test│';

/** The last line of a run starts with this; JSON counts follow. */
export const RESULT_LINE = 'VARIORUM-RESULT ';

/** A line that asks for a real key, e.g. `Control+V`, where VS Code runs in a browser. */
export const PRESS_LINE = 'VARIORUM-PRESS ';

/** How many tests ended which way. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export const NO_TESTS: Counts = { passed: 0, failed: 0, skipped: 0 };

/** Adds up counts. */
export function sum(a: Counts, b: Counts): Counts {
  return {
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    skipped: a.skipped + b.skipped,
  };
}

/** The counts in a result line, if this is one. */
export function parseResult(line: string): Counts | undefined {
  if (!line.startsWith(RESULT_LINE)) return undefined;
  const { passed, failed, skipped } = JSON.parse(line.slice(RESULT_LINE.length)) as Counts;
  return { passed, failed, skipped };
}
