/** Runs the test files given as arguments with mocha and prints the counts as the last line. */
import Mocha from 'mocha';
import { RESULT_LINE } from './test-line';

const mocha = new Mocha({ ui: 'bdd', timeout: 90_000, slow: 5_000, color: process.stdout.isTTY });
const grep = process.env['VARIORUM_GREP'];
if (grep) mocha.grep(grep);
for (const file of process.argv.slice(2)) mocha.addFile(file);
await mocha.loadFilesAsync();
mocha.run().once('end', function (this: Mocha.Runner) {
  const { passes = 0, failures = 0, pending = 0 } = this.stats ?? {};
  const counts = { passed: passes, failed: failures, skipped: pending };
  process.stdout.write(`${RESULT_LINE}${JSON.stringify(counts)}\n`, () => {
    process.exit(failures > 0 ? 1 : 0);
  });
});
