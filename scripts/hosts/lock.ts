import { mkdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SetupError } from './setup-error';

const BEAT_MS = 5_000;
const STALE_MS = 60_000;
const WAIT_MS = 20 * 60_000;

/**
 * Does `work` while no other process holds the same lock file. The holder touches the file as it
 * goes, so a lock left by a killed process is taken over after a minute.
 */
export async function withLock<T>(
  path: string,
  onWait: () => void,
  work: () => Promise<T>,
): Promise<T> {
  await mkdir(dirname(path), { recursive: true });
  await acquire(path, onWait);
  const beat = setInterval(() => {
    const now = new Date();
    utimes(path, now, now).catch(() => undefined);
  }, BEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    await rm(path, { force: true });
  }
}

async function acquire(path: string, onWait: () => void): Promise<void> {
  const deadline = Date.now() + WAIT_MS;
  let told = false;
  while (!(await tryCreate(path))) {
    if (await isStale(path)) {
      await rm(path, { force: true });
      continue;
    }
    if (Date.now() > deadline) {
      throw new SetupError(
        `Another process has held ${path} for ${WAIT_MS / 60_000} minutes.`,
        `End that process, or delete ${path} if there is none.`,
      );
    }
    if (!told) onWait();
    told = true;
    await sleep(500);
  }
}

async function tryCreate(path: string): Promise<boolean> {
  try {
    await writeFile(path, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

async function isStale(path: string): Promise<boolean> {
  try {
    const age = Date.now() - (await stat(path)).mtimeMs;
    return age > STALE_MS || !isAlive(Number(await readFile(path, 'utf8')), age);
  } catch {
    return false; // Released between the two calls: try again.
  }
}

/** A file just made may still be empty; only an old enough one tells whose it is. */
function isAlive(pid: number, age: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return age < BEAT_MS;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
