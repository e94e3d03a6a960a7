import { readFile } from 'node:fs/promises';
import { buffer as readAll } from 'node:stream/consumers';
import { BadUsage } from './usage';

/** The one FILE a command takes; `-` is standard input. @throws BadUsage */
export async function readInput(positionals: readonly string[]): Promise<string> {
  const [name, ...more] = positionals;
  if (name === undefined || more.length > 0) {
    throw new BadUsage('Give one file, or - for standard input.');
  }
  return name === '-' ? decode('Standard input', await readAll(process.stdin)) : readFileText(name);
}

/** A file of text, without its byte order mark. @throws BadUsage when it cannot be read or is no text */
export async function readFileText(name: string): Promise<string> {
  return decode(name, await readBytes(name));
}

async function readBytes(name: string): Promise<Uint8Array> {
  try {
    return await readFile(name);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'there is no such file' : (code ?? String(error));
    throw new BadUsage(`Cannot read ${name}: ${why}.`);
  }
}

function decode(name: string, bytes: Uint8Array): string {
  let text: string;
  try {
    // It drops the byte order mark.
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new BadUsage(`${name} is not UTF-8 text. Convert it first, for example with iconv.`);
  }
  if (text.includes('\0')) {
    throw new BadUsage(`${name} is binary, not text.`);
  }
  return text;
}
