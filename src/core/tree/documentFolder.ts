import { shortHash } from './hash';

const MAX_BYTES = 100;
const SAFE = /^[\p{L}\p{M}\p{Nd}._ -]$/u;
/** Names that Windows gives to devices, whatever the extension. */
const DEVICE = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])(?=$|[. ])/i;

/**
 * The name of a document's folder inside `.variorum/`: the path with what is not safe in file names
 * as `%` and its UTF-8 in hexadecimal, then `~` and a hash of the path. Different paths have different
 * names, also where upper and lower case are one; a path too long keeps its end, where the name is.
 * `chapters/01.md` → `chapters%2F01.md~…`.
 * @param path relative to the workspace folder, `/` between its parts
 */
export function documentFolder(path: string): string {
  const pieces = Array.from(path.normalize('NFC'), (character) =>
    SAFE.test(character) ? character : percent(character),
  );
  const encoder = new TextEncoder();
  let bytes = 0;
  let from = pieces.length;
  while (from > 0) {
    bytes += encoder.encode(pieces[from - 1]).length;
    if (bytes > MAX_BYTES) {
      break;
    }
    from--;
  }
  return `${withSafeStart(pieces.slice(from).join(''))}~${shortHash(path)}`;
}

/** A leading dot hides a folder, a leading space is lost, and a device is no folder. */
function withSafeStart(name: string): string {
  return /^[. ]/.test(name) || DEVICE.test(name) ? percent(name.charAt(0)) + name.slice(1) : name;
}

function percent(character: string): string {
  return [...new TextEncoder().encode(character)]
    .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
    .join('');
}

/**
 * The path that a document's folder was named after; undefined when the name was cut, or is no such
 * folder's.
 */
export function documentOfFolder(name: string): string | undefined {
  const end = name.lastIndexOf('~');
  try {
    const path = decodeURIComponent(name.slice(0, Math.max(0, end)));
    return documentFolder(path) === name ? path : undefined;
  } catch {
    return undefined;
  }
}
