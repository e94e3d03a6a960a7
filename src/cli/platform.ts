import { randomInt } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import type { Clock, LoadAsset } from '../core/platform';

export const clock: Clock = {
  now: () => Date.now(),
  sleep: (milliseconds, signal) =>
    milliseconds <= 0
      ? setImmediate()
      : sleep(milliseconds, undefined, { signal: signal }).then(
          () => undefined,
          () => undefined,
        ),
};

/** Assets lie beside the built command, in `media/`. */
export const loadAsset: LoadAsset = (name) => readFile(join(__dirname, '..', 'media', name));

/** A random number, 0 ≤ x < 1. */
export function random(): number {
  return randomInt(0x1_0000_0000) / 0x1_0000_0000;
}

/** This version of Variorum, from the manifest beside the built command; undefined where there is none. */
export async function readVersion(): Promise<string | undefined> {
  try {
    const manifest = JSON.parse(await readFile(join(__dirname, '..', 'package.json'), 'utf8')) as {
      version?: unknown;
    };
    return typeof manifest.version === 'string' ? manifest.version : undefined;
  } catch {
    return undefined;
  }
}
