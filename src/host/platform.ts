import * as vscode from 'vscode';
import type { Clock, LoadAsset } from '../core/platform';

/** Node has it, and it comes round a millisecond sooner than the shortest timer. */
const { setImmediate } = globalThis as { setImmediate?: (then: () => void) => unknown };

export const clock: Clock = {
  now: () => Date.now(),
  sleep: (milliseconds, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted === true) {
        resolve();
        return;
      }
      if (milliseconds <= 0 && setImmediate) {
        setImmediate(resolve);
        return;
      }
      const timer = setTimeout(done, milliseconds);
      signal?.addEventListener('abort', done, { once: true });
      function done(): void {
        clearTimeout(timer);
        signal?.removeEventListener('abort', done);
        resolve();
      }
    }),
};

/** A random number, 0 ≤ x < 1. */
export function random(): number {
  const [word = 0] = crypto.getRandomValues(new Uint32Array(1));
  return word / 0x1_0000_0000;
}

/** Assets lie in the extension's `media/`, which may be behind http, so they are read through `workspace.fs`. */
export function assetLoader(extensionUri: vscode.Uri): LoadAsset {
  return (name) =>
    Promise.resolve(vscode.workspace.fs.readFile(vscode.Uri.joinPath(extensionUri, 'media', name)));
}
