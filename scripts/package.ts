/** Makes the .vsix; everything it needs is bundled, so no dependency travels along. */
import { pathToFileURL } from 'node:url';
import { createVSIX } from '@vscode/vsce';
import { ROOT } from './hosts/paths';

/** Relative to the project. */
export const VSIX = 'variorum.vsix';

/** Builds the extension and packs it. */
export async function makePackage(): Promise<void> {
  await createVSIX({ cwd: ROOT, dependencies: false, packagePath: VSIX });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await makePackage();
}
