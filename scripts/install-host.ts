/** Fetches what the tests in VS Code and `npm start` need, ahead of time. */
import { findChromium } from './hosts/chromium';
import { installHost } from './hosts/install';
import { runMain } from './hosts/setup-error';
import { HOST_VERSIONS, parseHostVersion } from './hosts/versions';

runMain(async () => {
  const wanted = process.argv.slice(2).map(parseHostVersion);
  for (const version of wanted.length > 0 ? wanted : HOST_VERSIONS) {
    const host = await installHost(version);
    process.stdout.write(`VS Code ${host.vscode} (${version}): ${host.serverMain}\n`);
  }
  process.stdout.write(`Chromium: ${await findChromium()}\n`);
  return 0;
});
