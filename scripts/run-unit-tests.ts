/** Runs the unit tests alone: `npm run test:unit -- attachment` runs those below `test/unit/attachment`. */
import { printCounts, runMochaFolder } from './run-mocha';

printCounts(await runMochaFolder(`test/unit/${process.argv[2] ?? ''}`));
