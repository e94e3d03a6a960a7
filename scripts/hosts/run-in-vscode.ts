/**
 * One run of the tests in VS Code, in a process of its own because `@vscode/test-electron` writes
 * what VS Code prints straight to the standard output. Takes its options as one JSON argument.
 */
import { runTests } from '@vscode/test-electron';

const [json = '{}'] = process.argv.slice(2);
runTests(JSON.parse(json) as Parameters<typeof runTests>[0]).then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  },
);
