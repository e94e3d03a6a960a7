/** What core is handed instead of reaching for it. */

/** Time. `sleep(0)` lets the host do other work; it resolves early when the signal aborts. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/**
 * Reads a file that ships with Variorum, by its name under `media/`.
 * @throws whatever the platform throws when it is not there; callers turn that into a `VariorumError`.
 */
export type LoadAsset = (name: string) => Promise<Uint8Array>;
