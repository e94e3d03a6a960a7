import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { downloadAndUnzipVSCode } from '@vscode/test-electron';
import { cacheRoot } from './paths';

const NO_PROGRESS_MS = 5_000;
let refused: string | undefined;

/**
 * The desktop build of a version, cached or downloaded; undefined (with the reason told) where it
 * cannot be had or shown. A refused download is not tried twice.
 */
export async function findDesktop(
  version: string,
  say: (line: string) => void,
): Promise<string | undefined> {
  refused ??= cannotShow();
  if (refused === undefined) {
    try {
      const cachePath = join(cacheRoot(), 'desktop');
      mkdirSync(cachePath, { recursive: true });
      return await downloadAndUnzipVSCode({ version, cachePath, timeout: NO_PROGRESS_MS });
    } catch (error) {
      refused = `it cannot be downloaded (${error instanceof Error ? error.message : 'unknown'})`;
    }
  }
  say(`No desktop VS Code: ${refused}; taking the browser-hosted one.`);
  return undefined;
}

function cannotShow(): string | undefined {
  if (process.env['VARIORUM_NO_DESKTOP']) return 'VARIORUM_NO_DESKTOP is set';
  const display = process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY'];
  return process.platform === 'linux' && !display ? 'there is no display' : undefined;
}
