import { readFile } from 'node:fs/promises';
import { text as readAll } from 'node:stream/consumers';
import { BadUsage } from './usage';

/** The one FILE a command takes; `-` is standard input. @throws BadUsage */
export async function readInput(positionals: readonly string[]): Promise<string> {
  const [name, ...more] = positionals;
  if (name === undefined || more.length > 0) {
    throw new BadUsage('Give one file, or - for standard input.');
  }
  if (name === '-') {
    return withoutBom(await readAll(process.stdin));
  }
  return withoutBom(decode(name, await readBytes(name)));
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
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new BadUsage(`${name} is not UTF-8 text. Convert it first, for example with iconv.`);
  }
}

function withoutBom(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}
