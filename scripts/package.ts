/** Makes the .vsix; everything it needs is bundled, so no dependency travels along. */
import { createVSIX } from '@vscode/vsce';

export const VSIX = 'variorum.vsix';

await createVSIX({ dependencies: false, packagePath: VSIX, skipLicense: true });
