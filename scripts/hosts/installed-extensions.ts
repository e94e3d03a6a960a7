import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Lets a server find extensions where they lie, as if they had been installed: its list of
 * installed extensions names their folders. The page's address needs nothing special then.
 */
export function listExtensions(dataDir: string, folders: readonly string[]): string {
  const extensionsDir = join(dataDir, 'extensions');
  mkdirSync(extensionsDir, { recursive: true });
  const list = folders.map(entry);
  writeFileSync(join(extensionsDir, 'extensions.json'), JSON.stringify(list));
  // What the server remembers of the manifests may be older than the manifests.
  rmSync(join(dataDir, 'data', 'CachedProfilesData'), { recursive: true, force: true });
  return extensionsDir;
}

function entry(folder: string): object {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    name: string;
    publisher: string;
    version: string;
  };
  return {
    identifier: { id: `${manifest.publisher}.${manifest.name}` },
    version: manifest.version,
    location: { $mid: 1, path: folder, scheme: 'file' },
    metadata: { isMachineScoped: true, source: 'vsix' },
  };
}
