import { cpSync, existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SetupError } from './setup-error';
import { temporaryFolder } from './temporary';

const LINKED = ['dist', 'media', 'l10n', 'README.md', 'LICENSE'];

/**
 * A temporary copy of the extension that VS Code can only run in its web-worker host: with both
 * `main` and `browser` in the manifest, or where it may run beside the files (`workspace`), it
 * silently takes the Node host.
 */
export function stageWebExtension(root: string): string {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    main?: string;
    browser?: string;
    extensionKind?: string[];
  };
  if (!manifest.browser) {
    throw new SetupError(
      'package.json has no "browser" entry, so there is nothing to run in the web-worker host.',
      'Add the entry, or run with --kind node.',
    );
  }
  delete manifest.main;
  manifest.extensionKind = ['web'];
  const stage = temporaryFolder('variorum-web-');
  writeFileSync(join(stage, 'package.json'), JSON.stringify(manifest));
  cpSync(root, stage, { recursive: true, filter: (path) => isStrings(path, root) });
  for (const name of LINKED) {
    if (existsSync(join(root, name))) symlinkSync(join(root, name), join(stage, name));
  }
  return stage;
}

/** `package.nls.json` and its translations. */
function isStrings(path: string, root: string): boolean {
  return path === root || /^package\.nls(\..+)?\.json$/.test(path.slice(root.length + 1));
}
