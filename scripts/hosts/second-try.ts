import type { Counts } from './test-line';

/** So many failures are no accident of timing. */
const MOST_FAILURES = 6;

/**
 * Which tests of a part to run once more, alone, as a regular expression over their titles; '' for all of
 * them, since the run broke off. Undefined where there is nothing to try again.
 */
export function testsToTryAgain({ failed, failures }: Counts): string | undefined {
  if (failed === 0 || failures.length > MOST_FAILURES) return undefined;
  if (failures.length < failed) return '';
  const suites = [...new Set(failures.map(({ suite }) => suite))];
  return `^(?:${suites.map((suite) => suite.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&')).join('|')})`;
}

/** What counts after a second try: a test failed if it failed twice. */
export function afterSecondTry(first: Counts, grep: string, second: Counts): Counts {
  if (grep === '') return second;
  const mended = Math.max(0, first.failed - second.failed);
  const ran = second.passed + second.failed >= first.failed;
  return ran ? { ...second, passed: first.passed + mended, skipped: first.skipped } : first;
}
