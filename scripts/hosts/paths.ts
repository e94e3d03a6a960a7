import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout: where package.json is. */
export const ROOT = resolve(fileURLToPath(import.meta.url), '../../..');

/** The bundles of the tests that run inside VS Code, one per kind of extension host. */
export const TEST_BUNDLES = {
  node: join(ROOT, 'dist/test/host/index.js'),
  web: join(ROOT, 'dist/test/host-web/index.js'),
} as const;

/** Which of VS Code's extension hosts runs the extension. */
export type HostKind = keyof typeof TEST_BUNDLES;

/** Where things are kept that take minutes to fetch and survive `npm ci` and `git clean`. */
export function cacheRoot(): string {
  const own = process.env['VARIORUM_CACHE'];
  if (own) return resolve(own);
  return join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'variorum');
}
