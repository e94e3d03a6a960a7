/**
 * Where journals lie: files named by `/`-joined paths relative to some root. This is all that the
 * journal asks of a file system, remote ones included; nothing has to be atomic.
 */
export interface Store {
  /** Names of the files directly in a folder, in any order; none when there is no such folder. */
  list(folder: string): Promise<readonly string[]>;
  /** The bytes of a file, undefined when there is no such file. */
  read(path: string): Promise<Uint8Array | undefined>;
  /**
   * Replaces a file whole, making its folders when needed. Resolves when another reader would see all
   * of it; when it fails or the process dies, the file may hold any prefix of `bytes`, or be gone.
   */
  write(path: string, bytes: Uint8Array): Promise<void>;
  /**
   * Moves a file over another. When it fails or the process dies, `to` may be gone already, but then
   * `from` is whole.
   */
  rename(from: string, to: string): Promise<void>;
  /** Deletes a file; does nothing when there is none. */
  remove(path: string): Promise<void>;
}

/** Joins parts of a store path, leaving out empty ones. */
export function joinPath(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('/');
}
