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
