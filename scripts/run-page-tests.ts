/** Runs the tests of the view alone, in a browser: `test/view/page`. */
import { findChromium } from './hosts/chromium';
import { printCounts, runMochaFolder } from './run-mocha';

await findChromium(console.log);
printCounts(await runMochaFolder('test/view/page'));
