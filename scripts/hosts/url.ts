import { resolve } from 'node:path';
import type { Server } from './server';

export interface UrlOptions {
  /** The folder to open. */
  readonly folder?: string;
  /** Or the `.code-workspace` file. */
  readonly workspace?: string;
  /** A file to open in the editor. */
  readonly openFile?: string;
  readonly extensionDevelopmentPath?: string;
  readonly extensionTestsPath?: string;
  /** Which extension host runs the extension in development. */
  readonly extensionDevelopmentKind?: 'web';
  /** Further pairs that VS Code's web workbench understands. */
  readonly payload?: readonly (readonly [string, string])[];
}

/** The address that opens the workbench on a folder, with an extension loaded from disk. */
export function workbenchUrl(server: Pick<Server, 'url' | 'port'>, options: UrlOptions): string {
  const url = new URL(`${server.url}/`);
  if (options.workspace) url.searchParams.set('workspace', resolve(options.workspace));
  else if (options.folder) url.searchParams.set('folder', resolve(options.folder));
  url.searchParams.set('payload', JSON.stringify(payloadOf(server, options)));
  return url.href;
}

function payloadOf(
  server: Pick<Server, 'port'>,
  options: UrlOptions,
): (readonly [string, string])[] {
  const remote = (path: string): string =>
    `vscode-remote://127.0.0.1:${server.port}${encodeURI(resolve(path))}`;
  const pairs: (readonly [string, string])[] = [['skipWelcome', 'true']];
  const { extensionDevelopmentPath, extensionTestsPath, extensionDevelopmentKind } = options;
  if (extensionDevelopmentPath) {
    pairs.push(['extensionDevelopmentPath', remote(extensionDevelopmentPath)]);
  }
  if (extensionTestsPath) pairs.push(['extensionTestsPath', remote(extensionTestsPath)]);
  if (extensionDevelopmentKind) pairs.push(['extensionDevelopmentKind', extensionDevelopmentKind]);
  if (options.openFile) pairs.push(['openFile', remote(options.openFile)]);
  return [...pairs, ...(options.payload ?? [])];
}
