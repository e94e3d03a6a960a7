const GLOB = /[*?{[]/u;

/**
 * The glob patterns, relative to the workspace folder, of what the writer names as theirs: a file, a
 * folder with all in it, or a pattern as it is. None for a blank entry or one that leads out of the folder.
 */
export function ownPatterns(entry: string): readonly string[] {
  const path = entry
    .trim()
    .replaceAll('\\', '/')
    .replace(/^(?:\.?\/)+/u, '')
    .replace(/\/+$/u, '');
  if (entry.trim() === '' || path.split('/').includes('..')) {
    return [];
  }
  if (path === '' || path === '.') {
    return ['**'];
  }
  return GLOB.test(path) ? [path] : [path, `${path}/**`];
}
