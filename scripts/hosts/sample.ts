import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SetupError } from './setup-error';

/**
 * Brings a writable copy of the sample up to date: what the person changed stays, what they left
 * as it was is renewed.
 */
export function prepareSample(source: string, target: string): string {
  if (!existsSync(join(source, 'draft.md'))) {
    throw new SetupError(`The sample ${source}/draft.md is missing.`, 'Restore it from git.');
  }
  const record = `${target}.json`;
  const before = readRecord(record);
  const after: Record<string, string> = {};
  for (const name of filesIn(source)) {
    const to = join(target, name);
    const pristine = !existsSync(to) ? !(name in before) : hash(to) === before[name];
    after[name] = hash(join(source, name));
    if (!pristine) continue;
    mkdirSync(dirname(to), { recursive: true });
    cpSync(join(source, name), to);
  }
  mkdirSync(target, { recursive: true });
  writeFileSync(record, JSON.stringify(after));
  return target;
}

function readRecord(path: string): Record<string, string> {
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>) : {};
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}

function hash(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}
