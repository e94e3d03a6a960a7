/**
 * Runs the unit tests alone: `npm run test:unit -- attachment` runs those below `test/unit/attachment`,
 * `--grep PATTERN` those whose title matches.
 */
import { parseArgs } from 'node:util';
import { printCounts, runMochaFolder } from './run-mocha';

const { values, positionals } = parseArgs({
  options: { grep: { type: 'string' } },
  allowPositionals: true,
});
printCounts(await runMochaFolder(`test/unit/${positionals[0] ?? ''}`, values.grep));
