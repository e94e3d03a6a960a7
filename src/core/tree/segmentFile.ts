import type { WriterId } from './node';

/** What the name of a segment file says. */
export interface SegmentFile {
  name: string;
  writer: WriterId;
  /** From 0; a writer's later segments have higher numbers. */
  segment: number;
  /** Still being written, or left so by a crash. */
  temporary: boolean;
}

const NAME = /^([0-9a-z]{4,32})-([0-9]{1,9})\.jsonl(\.tmp)?$/;
const PAD = 4;

/** A writer id as it may stand in a file name and in an event. */
export const WRITER_PATTERN = /^[0-9a-z]{4,32}$/;

/** The name of a segment, `<writer>-<segment>.jsonl`, the number with at least four digits. */
export function segmentName(writer: WriterId, segment: number): string {
  return `${writer}-${String(segment).padStart(PAD, '0')}.jsonl`;
}

/** The name a segment has while it is written. */
export function temporaryName(name: string): string {
  return `${name}.tmp`;
}

/** Reads a file name; undefined for a file that is not ours. */
export function parseSegmentName(name: string): SegmentFile | undefined {
  const match = NAME.exec(name);
  if (match === null) {
    return undefined;
  }
  const [, writer = '', segment = '', temporary] = match;
  return { name, writer, segment: Number(segment), temporary: temporary !== undefined };
}

/** By writer, then segment, the finished file before the temporary one. */
export function compareSegments(a: SegmentFile, b: SegmentFile): number {
  if (a.writer !== b.writer) {
    return a.writer < b.writer ? -1 : 1;
  }
  return a.segment - b.segment || Number(a.temporary) - Number(b.temporary);
}
