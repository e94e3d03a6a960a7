/** A block is at least so long where the text allows it, in UTF-16 code units: about a page. */
const LEAST = 1_500;
/** No block is longer, whatever stands in it. */
const MOST = 6_000;

/** How far from its start the end of a block can depend on the text. */
export const BLOCK_SIGHT = MOST + 2;

/**
 * Where the block that begins at `start` ends: after the first blank line at a page's length, else after
 * the first line end there, else between two words. It depends on the text after `start` alone, so texts
 * that are equal from a border on have equal blocks from there on.
 */
export function blockEnd(text: string, start: number): number {
  const limit = start + MOST;
  if (text.length <= start + LEAST) {
    return text.length;
  }
  const blank = text.indexOf('\n\n', start + LEAST);
  const line = text.indexOf('\n', start + LEAST);
  const at = blank >= 0 && blank < limit ? blank : line;
  if (at >= 0 && at < limit) {
    return afterLineEnds(text, at, limit);
  }
  return text.length <= limit ? text.length : betweenWords(text, start + LEAST, limit);
}

function afterLineEnds(text: string, at: number, limit: number): number {
  let end = at;
  while (end < limit && text.charCodeAt(end) === 0x0a) {
    end++;
  }
  return end;
}

function betweenWords(text: string, least: number, limit: number): number {
  const space = text.lastIndexOf(' ', limit - 1);
  if (space >= least) {
    return space + 1;
  }
  const unit = text.charCodeAt(limit);
  return unit >= 0xdc00 && unit <= 0xdfff ? limit - 1 : limit;
}
