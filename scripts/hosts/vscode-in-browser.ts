/**
 * Stands in for VS Code's executable: takes the arguments that `@vscode/test-electron` gives it,
 * runs the tests in a browser-hosted VS Code and ends with their exit code.
 *
 * `VARIORUM_HOST` says which version (oldest or newest; newest if unset).
 */
import { launchBrowser } from './browser';
import { installHost } from './install';
import { readCodeArguments, type CodeArguments } from './code-arguments';
import { startServer } from './server';
import { QUIET, WITHOUT_CHAT } from './settings';
import { runMain, SetupError } from './setup-error';
import { workbenchUrl } from './url';
import { parseHostVersion } from './versions';
import { TestOutput } from './test-output';

const DEFAULT_LIMIT_S = 570;

runMain(async () => {
  const code = readCodeArguments(process.argv.slice(2));
  const host = await installHost(parseHostVersion(process.env['VARIORUM_HOST'] ?? 'newest'));
  const server = await startServer(host, {
    workspaceTrust: !code.trustAll,
    settings: { ...QUIET, ...WITHOUT_CHAT },
    ...(code.extensionsDir && { extensionsDir: code.extensionsDir }),
  });
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({
      viewport: { width: 900, height: 600 },
      // Cut and paste by command read the clipboard, as they may on a desktop.
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    const output = new TestOutput(page, process.env['VARIORUM_HOST_LOG'] === 'all');
    const verdict = await output.open(workbenchUrl(server, code.url), limitMs());
    if (verdict === undefined) throw noVerdict(code, output.tail());
    if (verdict !== 0 && !output.finished) process.stderr.write(`${output.tail()}\n`);
    return verdict;
  } finally {
    await browser.close();
    server.dispose();
  }
});

function limitMs(): number {
  return Number(process.env['VARIORUM_TEST_TIMEOUT'] ?? DEFAULT_LIMIT_S) * 1000;
}

function noVerdict(code: CodeArguments, tail: string): SetupError {
  return new SetupError(
    `The tests in ${code.url.extensionTestsPath} gave no result in ${limitMs() / 1000} s.`,
    'Look at the log above, or run again with VARIORUM_HOST_LOG=all; VARIORUM_TEST_TIMEOUT=SECONDS allows more time.',
    tail,
  );
}
