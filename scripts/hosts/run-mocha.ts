/** Runs the test files given as arguments in a process of its own; the counts are the last line. */
import { runMochaFiles } from '../run-mocha';
import { RESULT_LINE } from './test-line';

const counts = await runMochaFiles(process.argv.slice(2), process.env['VARIORUM_GREP']);
process.stdout.write(`${RESULT_LINE}${JSON.stringify(counts)}\n`, () => {
  process.exit(counts.failed > 0 ? 1 : 0);
});
