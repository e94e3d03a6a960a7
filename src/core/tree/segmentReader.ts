import { forEachLine } from './lines';
import type { JournalProblem } from './problem';
import { compareSegments, parseSegmentName, type SegmentFile } from './segmentFile';
import { joinPath, type Store } from './store';

/** A segment file as it was read. */
export interface SegmentBytes extends SegmentFile {
  /** In the store. */
  path: string;
  bytes: Uint8Array;
}

export interface SegmentsRead {
  /** By writer and segment, so that the order never depends on the store. */
  files: readonly SegmentBytes[];
  problems: JournalProblem[];
}

const PARALLEL = 32;
const LISTINGS = 5;

/**
 * Reads the segment files in a folder, temporary ones included; files with other names are passed over.
 * @param isWanted by name; all when absent
 */
export async function readSegments(
  store: Store,
  folder: string,
  isWanted: (name: string) => boolean = () => true,
): Promise<SegmentsRead> {
  const found = new Map<string, SegmentBytes>();
  let problems: JournalProblem[] = [];
  for (let listing = 1; listing <= LISTINGS; listing++) {
    problems = [];
    const names = (await store.list(folder)).filter(isWanted);
    const files = names.flatMap((name) => parseSegmentName(name) ?? []);
    const gone = await readAll(store, folder, files, found, problems);
    // Another window renamed a file between listing and reading: what it held is under a new name now.
    if (!gone) {
      break;
    }
  }
  return { files: [...found.values()].sort(compareSegments), problems };
}

/** Returns whether a listed file was gone. */
async function readAll(
  store: Store,
  folder: string,
  files: readonly SegmentFile[],
  found: Map<string, SegmentBytes>,
  problems: JournalProblem[],
): Promise<boolean> {
  let gone = false;
  const queue = files.values();
  const read = async (): Promise<void> => {
    for (const file of queue) {
      const path = joinPath(folder, file.name);
      try {
        const bytes = await store.read(path);
        if (bytes === undefined) {
          gone = true;
        } else {
          found.set(file.name, { ...file, path, bytes });
        }
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        problems.push({ code: 'unreadable', file: path, line: null, reason });
      }
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, read));
  return gone;
}

/**
 * Parses every line of a file and hands each value on with its line number. Lines that are not JSON
 * become problems, except a last one that was cut short: that is what a crash leaves.
 * @param skip says which lines are not worth parsing
 */
export function forEachValue(
  file: Pick<SegmentBytes, 'path' | 'bytes'>,
  problems: JournalProblem[],
  visit: (value: unknown, line: number) => void,
  skip: (text: string) => boolean = () => false,
): void {
  forEachLine(file.bytes, ({ number, text, ended }) => {
    if (text !== null && skip(text)) {
      return;
    }
    let value: unknown;
    try {
      if (text === null) {
        throw new SyntaxError('The line is not UTF-8.');
      }
      value = JSON.parse(text);
    } catch (error) {
      if (ended) {
        const reason = error instanceof Error ? error.message : String(error);
        const code = text === null ? 'encoding' : 'json';
        problems.push({ code, file: file.path, line: number, reason });
      }
      return;
    }
    visit(value, number);
  });
}
