import type { PackedParts } from '../../src/core/model/sketch/packedParts';
import {
  checksum,
  CHECKSUM_AT,
  SECTIONS_AT,
  SKETCH_MAGIC,
  SKETCH_VERSION,
  type SketchFile,
} from '../../src/core/model/sketch/sketchFile';

type Section = Uint8Array | Int32Array | Uint32Array | Float32Array;

/** The file's bytes, as `readSketchFile` reads them. */
export function writeSketchFile(file: SketchFile): Uint8Array {
  const sections: Section[] = [
    ...sectionsOf(file.words),
    file.wordLengths,
    file.wordLetters,
    ...sectionsOf(file.letters),
    file.codePoints,
  ];
  const padded = (section: Section) => Math.ceil(section.byteLength / 4) * 4;
  const head = SECTIONS_AT + 4 * sections.length;
  const bytes = new Uint8Array(sections.reduce((sum, section) => sum + padded(section), head));
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode(SKETCH_MAGIC));
  view.setUint32(8, SKETCH_VERSION, true);
  view.setUint32(16, bytes.length, true);
  view.setUint32(20, file.works, true);
  view.setFloat32(24, file.newSpellings, true);
  view.setUint32(28, sections.length, true);
  let at = head;
  for (const [i, section] of sections.entries()) {
    view.setUint32(SECTIONS_AT + 4 * i, section.byteLength, true);
    bytes.set(new Uint8Array(section.buffer, section.byteOffset, section.byteLength), at);
    at += padded(section);
  }
  view.setUint32(CHECKSUM_AT, checksum(bytes.subarray(CHECKSUM_AT + 4)), true);
  return bytes;
}

function sectionsOf(parts: PackedParts): Section[] {
  const { codeBits, contextsByLength, order, symbols } = parts;
  return [
    Uint32Array.of(order, symbols, codeBits, ...contextsByLength),
    parts.symbolBook,
    parts.symbolCodes,
    parts.shareBooks,
    parts.leads,
    parts.lasts,
    parts.widths,
    parts.entries,
  ];
}
