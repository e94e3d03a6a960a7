/** Runs the tests of the view alone, in a browser: `test/view/page`; with `--grep PATTERN` some of them. */
import { parseArgs } from 'node:util';
import { findChromium } from './hosts/chromium';
import { printCounts, runMochaFolder } from './run-mocha';

const { values } = parseArgs({ options: { grep: { type: 'string' } } });
await findChromium(console.log);
printCounts(await runMochaFolder('test/view/page', values.grep));
