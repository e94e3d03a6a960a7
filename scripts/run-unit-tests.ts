/** Runs the unit tests alone: `npm run test:unit -- attachment` runs those below `test/unit/attachment`. */
import { runMochaFolder } from './run-mocha';

const { passed, failed } = await runMochaFolder(`test/unit/${process.argv[2] ?? ''}`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
