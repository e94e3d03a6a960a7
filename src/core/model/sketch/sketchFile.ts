/**
 * The trained model's file: little-endian, read in place.
 *
 *     0   8 bytes   "VSKETCH" and a line end
 *     8   uint32    version of this layout
 *     12  uint32    checksum of all that follows
 *     16  uint32    length of the file in bytes
 *     20  uint32    works it was trained on
 *     24  float32   probability of all spellings that are not in the vocabulary
 *     28  uint32    number of sections
 *     32  uint32…   length of each section in bytes; then the sections, each from a multiple of 4 on
 *
 * Sections: the words' model (8), the words (2), the letters' model (8), the letters' code points
 * (1). A model's: shape (order, symbols, bits of a code, then contexts by length), and the arrays of
 * `PackedParts` in their order there.
 */
import { VariorumError } from '../error';
import type { PackedParts } from './packedParts';

export const SKETCH_MAGIC = 'VSKETCH\n';
export const SKETCH_VERSION = 1;
/** Where the checksum stands; it covers what is behind it. */
export const CHECKSUM_AT = 12;
/** Where the lengths of the sections begin. */
export const SECTIONS_AT = 32;
const SECTIONS = 19;
const MODEL_SECTIONS = 8;

/** What the file holds, as views of it. */
export interface SketchFile {
  works: number;
  newSpellings: number;
  words: PackedParts;
  wordLengths: Uint8Array;
  wordLetters: Uint8Array;
  letters: PackedParts;
  codePoints: Uint32Array;
}

/** @throws VariorumError `asset-damaged`, saying how */
export function readSketchFile(bytes: Uint8Array): SketchFile {
  // Views of 32-bit numbers must begin on a multiple of 4.
  const file = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  if (file.length < SECTIONS_AT || !beginsWith(file, SKETCH_MAGIC)) {
    throw damaged(file.length === 0 ? 'it is empty' : 'it is not a Sketch model');
  }
  const version = view.getUint32(8, true);
  if (version !== SKETCH_VERSION) {
    throw damaged(`it has version ${version}, and this Variorum reads version ${SKETCH_VERSION}`);
  }
  const length = view.getUint32(16, true);
  if (file.length !== length) {
    throw damaged(`it has ${file.length} bytes of ${length}`);
  }
  if (view.getUint32(CHECKSUM_AT, true) !== checksum(file.subarray(CHECKSUM_AT + 4))) {
    throw damaged('its checksum is wrong');
  }
  const sections = sectionsOf(file, view);
  const [lengths, letters] = sections.slice(MODEL_SECTIONS);
  const points = sections[SECTIONS - 1];
  if (lengths === undefined || letters === undefined || points === undefined) {
    throw damaged('a section is missing');
  }
  return {
    works: view.getUint32(20, true),
    newSpellings: view.getFloat32(24, true),
    words: modelOf(sections.slice(0, MODEL_SECTIONS)),
    wordLengths: lengths,
    wordLetters: letters,
    letters: modelOf(sections.slice(MODEL_SECTIONS + 2)),
    codePoints: unsigned(points),
  };
}

/** FNV-1a (Fowler, Noll & Vo 1991) over 32-bit words, the high bits stirred in; the rest is left out. */
export function checksum(bytes: Uint8Array): number {
  const words = signed(bytes);
  let hash = 0x811c9dc5;
  for (const word of words) {
    hash = Math.imul(hash ^ word ^ (hash >>> 15), 0x01000193);
  }
  return hash >>> 0;
}

function sectionsOf(file: Uint8Array, view: DataView): Uint8Array[] {
  const count = view.getUint32(28, true);
  const sections: Uint8Array[] = [];
  let at = SECTIONS_AT + 4 * count;
  if (count !== SECTIONS || at > file.length) {
    throw damaged('a section is missing');
  }
  for (let i = 0; i < count; i++) {
    const length = view.getUint32(SECTIONS_AT + 4 * i, true);
    sections.push(file.subarray(at, at + length));
    at += Math.ceil(length / 4) * 4;
  }
  return sections;
}

function modelOf(sections: readonly Uint8Array[]): PackedParts {
  const [shape, symbolBook, symbolCodes, shareBooks, leads, lasts, widths, entries] = sections;
  const none = new Uint8Array(0);
  const [order = 0, symbols = 0, codeBits = 0, ...contexts] = unsigned(shape ?? none);
  return {
    order,
    symbols,
    codeBits,
    contextsByLength: Uint32Array.from(contexts),
    symbolBook: floats(symbolBook ?? none),
    symbolCodes: symbolCodes ?? none,
    shareBooks: floats(shareBooks ?? none),
    leads: signed(leads ?? none),
    lasts: signed(lasts ?? none),
    widths: signed(widths ?? none),
    entries: signed(entries ?? none),
  };
}

function unsigned(bytes: Uint8Array): Uint32Array {
  return new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length >>> 2);
}

function signed(bytes: Uint8Array): Int32Array {
  return new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length >>> 2);
}

function floats(bytes: Uint8Array): Float32Array {
  return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length >>> 2);
}

function beginsWith(bytes: Uint8Array, text: string): boolean {
  return Array.from(text, (letter) => letter.charCodeAt(0)).every((code, i) => bytes[i] === code);
}

function damaged(how: string): VariorumError {
  return new VariorumError({
    code: 'asset-damaged',
    message: `The model file of Sketch is damaged: ${how}.`,
    action: 'Reinstall Variorum, or choose another model.',
    retryable: false,
  });
}
