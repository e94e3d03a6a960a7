import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A folder for what a test writes, inside the project where nothing of it is kept. */
export async function scratchFolder(name: string): Promise<string> {
  const parent = fileURLToPath(new URL('../../../dist/', import.meta.url));
  await mkdir(parent, { recursive: true });
  return mkdtemp(join(parent, `${name}-`));
}

export function removeFolder(folder: string): Promise<void> {
  return rm(folder, { recursive: true, force: true });
}
