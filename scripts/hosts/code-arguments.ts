import { statSync } from 'node:fs';
import { SetupError } from './setup-error';
import type { UrlOptions } from './url';

/** What the arguments of VS Code's executable ask for, as far as tests need it. */
export interface CodeArguments {
  readonly url: UrlOptions;
  /** `--disable-workspace-trust`: every folder is trusted. */
  readonly trustAll: boolean;
  /** Where further extensions are installed. */
  readonly extensionsDir?: string;
}

/** Reads the arguments that `@vscode/test-electron` passes; what only a desktop knows is ignored. */
export function readCodeArguments(argv: readonly string[]): CodeArguments {
  const options = new Map<string, string>();
  const paths: string[] = [];
  for (const argument of argv) {
    const [, name, value] = /^--([A-Za-z-]+)(?:=(.*))?$/s.exec(argument) ?? [];
    if (name) options.set(name, value ?? '');
    else paths.push(argument);
  }
  const extensionTestsPath = options.get('extensionTestsPath');
  const extensionDevelopmentPath = options.get('extensionDevelopmentPath');
  if (!extensionTestsPath || !extensionDevelopmentPath) {
    throw new SetupError(
      'Nothing to run: --extensionDevelopmentPath and --extensionTestsPath are missing.',
      'This stands in for VS Code in tests; use "npm start" to open VS Code.',
    );
  }
  const url: UrlOptions = {
    extensionDevelopmentPath,
    extensionTestsPath,
    ...(options.get('extensionDevelopmentKind') === 'web' && { extensionDevelopmentKind: 'web' }),
    ...target(paths[0]),
  };
  const extensionsDir = options.get('extensions-dir');
  return {
    url,
    trustAll: options.has('disable-workspace-trust'),
    ...(extensionsDir && { extensionsDir }),
  };
}

function target(path: string | undefined): Pick<UrlOptions, 'folder' | 'workspace'> {
  if (path === undefined) return {};
  return statSync(path).isDirectory() ? { folder: path } : { workspace: path };
}
