import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout: where package.json is. */
export const ROOT = resolve(fileURLToPath(import.meta.url), '../../..');

/** Which of VS Code's extension hosts runs the extension. */
export type HostKind = 'node' | 'web';

/** The bundle of the tests that run inside one VS Code: runs side by side keep out of each other's way. */
export function testBundle(kind: HostKind, vscode = 'any'): string {
  return join(ROOT, `dist/test/host-${vscode}-${kind}/index.js`);
}

/** Where things are kept that take minutes to fetch and survive `npm ci` and `git clean`. */
export function cacheRoot(): string {
  const own = process.env['VARIORUM_CACHE'];
  if (own) return resolve(own);
  return join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'variorum');
}
