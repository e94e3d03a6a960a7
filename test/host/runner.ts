// The browser build: it has no Node built-ins, so the same code runs in both extension hosts.
import 'mocha/mocha.js';
import { failureOf, RESULT_LINE, TEST_LINE, type Failure } from '../../scripts/hosts/test-line';

const TIMEOUT_MS = 20_000;

/** Put in by esbuild (see scripts/build-tests.ts). */
declare const __VARIORUM_GREP__: string;

/**
 * Runs the tests that `registerTests` defines inside an extension host, prints one line each and
 * the counts at the end; rejects when a test failed or there was none.
 */
export async function runMocha(registerTests: () => void): Promise<void> {
  // The base reporter prints nothing; the others want a terminal or a document.
  const mocha = new Mocha({ ui: 'bdd', timeout: TIMEOUT_MS, reporter: Mocha.reporters.Base });
  if (__VARIORUM_GREP__) mocha.grep(__VARIORUM_GREP__);
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  registerTests();
  const { passed, failed, skipped, failures } = await new Promise<Lines>((resolve) => {
    const lines = new Lines();
    lines.listen(mocha.run(() => resolve(lines)));
  });
  print(`${RESULT_LINE}${JSON.stringify({ passed, failed, skipped, failures })}`);
  if (failed > 0) throw new Error(`${failed} tests failed`);
}

/** Counts and prints, like mocha's "spec" reporter. */
class Lines {
  passed = 0;
  failed = 0;
  skipped = 0;
  readonly failures: Failure[] = [];
  private depth = 0;

  listen(runner: Mocha.Runner): void {
    runner.on('suite', (suite) => {
      if (suite.title) this.say(suite.title);
      this.depth++;
    });
    runner.on('suite end', () => this.depth--);
    runner.on('pass', (test) => {
      this.passed++;
      this.say(`✔ ${test.title}${(test.duration ?? 0) > 75 ? ` (${test.duration}ms)` : ''}`);
    });
    runner.on('pending', (test) => {
      this.skipped++;
      this.say(`- ${test.title}`);
    });
    runner.on('fail', (test, error: unknown) => {
      this.failed++;
      this.failures.push(failureOf(test.titlePath()));
      this.say(`✘ ${test.title}`);
      for (const line of explain(error)) this.say(`    ${line}`);
    });
  }

  private say(text: string): void {
    print(`${'  '.repeat(this.depth)}${text}`);
  }
}

function explain(error: unknown): string[] {
  if (!(error instanceof Error)) return [String(error)];
  const lines = (error.stack ?? error.message).split('\n').slice(0, 12);
  const { actual, expected } = error as { actual?: unknown; expected?: unknown };
  if (actual !== undefined || expected !== undefined) {
    lines.push(`expected ${show(expected)}`, `  actual ${show(actual)}`);
  }
  return lines;
}

function show(value: unknown): string {
  try {
    return ((JSON.stringify(value) as string | undefined) ?? String(value)).slice(0, 2_000);
  } catch {
    return String(value);
  }
}

function print(line: string): void {
  console.log(TEST_LINE + line);
}
