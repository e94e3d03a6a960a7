import { VariorumError } from '../../model/error';
import { jsonLines } from './jsonLines';
import {
  damaged,
  type FormatId,
  type Loom,
  type LoomFormat,
  type ReadLoom,
  type WrittenLoom,
} from './loom';
import { loomsidian } from './loomsidian';
import { markdown } from './markdown';
import { mikupad } from './mikupad';
import { miniloom } from './miniloom';
import { pyloom, pyloomSimple } from './pyloom';

/** Largest file that is read, bytes. */
export const MOST_BYTES = 128 * 1024 * 1024;

/** In the order in which a file is tried: what is told apart by the most comes first. */
const FORMATS: Record<FormatId, LoomFormat> = {
  miniloom,
  pyloom,
  mikupad,
  loomsidian,
  'pyloom-simple': pyloomSimple,
  jsonl: jsonLines,
  markdown,
};

/**
 * Reads a file of any known format, told by its structure. All of it, or nothing.
 * @throws VariorumError `bad-request` when it is of no known format, damaged or too large
 */
export function readLoom(bytes: Uint8Array): ReadLoom & { format: FormatId } {
  if (bytes.length > MOST_BYTES) {
    throw damaged(`it is larger than ${MOST_BYTES / 1024 / 1024} MB`);
  }
  const text = decode(bytes);
  const file = { text, json: parse(text) };
  for (const format of Object.values(FORMATS)) {
    const read = format.read(file);
    if (read !== undefined) {
      return { ...read, format: format.id };
    }
  }
  throw new VariorumError({
    code: 'bad-request',
    message: 'This file is of no format that Variorum knows.',
    action: 'It reads loomsidian, Loom, miniloom and mikupad files, JSON Lines and plain text.',
    retryable: false,
  });
}

/**
 * Writes a tree in a format. Read again, it is the same tree but for the losses.
 * @throws VariorumError `bad-request` when it does not fit at all
 */
export function writeLoom(id: FormatId, loom: Loom): WrittenLoom {
  return FORMATS[id].write(loom);
}

/** Of a format's files, without the dot. */
export function extensionOf(id: FormatId): string {
  return FORMATS[id].extension;
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw damaged('it is not UTF-8 text');
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
