/** Fails when a dependency's licence is not permissive, and keeps NOTICE true to what is bundled. */
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';

/** Licences that may ship inside the extension. */
const SHIPPED = [
  'MIT',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  '0BSD',
  'CC0-1.0',
  'PSF-2.0',
];
/** Tools that only build and test may also carry these: nothing of them is distributed. */
const TOOLS = [
  ...SHIPPED,
  'MPL-2.0',
  'BlueOak-1.0.0',
  'CC-BY-3.0',
  'CC-BY-4.0',
  'Python-2.0',
  'Unlicense',
  'WTFPL',
  'Artistic-2.0',
  'Zlib',
];
/** Microsoft's signing tool, called by vsce at publishing only, has terms of its own. */
const EXEMPT_TOOLS = /^@vscode\/vsce-sign(-|@)/;

interface Found {
  licenses: string | string[];
  publisher?: string;
  licenseFile?: string;
}

const checker = createRequire(import.meta.url).resolve(
  'license-checker-rseidelsohn/bin/license-checker-rseidelsohn.js',
);

async function packages(...flags: string[]): Promise<[string, Found][]> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [checker, '--json', '--excludePrivatePackages', ...flags],
    { maxBuffer: 64 * 1024 * 1024 },
  );
  const found = JSON.parse(stdout) as Record<string, Found>;
  return Object.entries(found).filter(([name]) => !name.startsWith('variorum@'));
}

function refused(name: string, { licenses }: Found, allowed: readonly string[]): string[] {
  const text = [licenses].flat().join(' AND ');
  const alternatives = text.replaceAll(/[()*]/g, '').split(' OR ');
  const fine = alternatives.some((all) =>
    all.split(' AND ').every((id) => allowed.includes(id.trim())),
  );
  return fine ? [] : [`${name}: ${text}`];
}

/** Data that shipped files were made from; their packages and lists are not in the product. */
const DATA = `Data

media/pronunciations.bin is made from the CMU Pronouncing Dictionary, Copyright (C) 1993-2015 Carnegie
Mellon University, under its BSD-style licence.

media/lexicon.tsv holds weights of our own fitting; part of its phrases were proposed by the word lists
of antislop-sampler (Apache License 2.0) and slop-score (MIT License).

media/sketch.bin holds counts from works of fiction in the public domain.
`;

async function notice(shipped: readonly [string, Found][]): Promise<string> {
  const entries = await Promise.all(
    shipped.map(async ([name, { licenses, licenseFile }]) => {
      // Without a licence file the checker names the README, which is no licence text.
      const text =
        licenseFile && /licen[cs]e/i.test(licenseFile) ? await readFile(licenseFile, 'utf8') : '';
      return `${'-'.repeat(72)}\n${name} (${[licenses].flat().join(', ')})\n\n${text.replaceAll('\r', '').trim()}\n`;
    }),
  );
  return `Variorum is made available under the MIT License; see LICENSE.\nIt includes the following third-party software.\n\n${DATA}\n${entries.join('\n')}`;
}

const shipped = await packages('--production');
const bad = [
  ...shipped.flatMap(([name, found]) => refused(name, found, SHIPPED)),
  ...(await packages('--development'))
    .filter(([name]) => !EXEMPT_TOOLS.test(name))
    .flatMap(([name, found]) => refused(name, found, TOOLS)),
];
if (bad.length > 0) {
  console.error(`Licences that may not be used here:\n${bad.join('\n')}`);
  process.exitCode = 1;
}

const wanted = await notice(shipped);
if (process.argv.includes('--write')) {
  await writeFile('NOTICE', wanted);
} else if ((await readFile('NOTICE', 'utf8').catch(() => '')) !== wanted) {
  console.error('NOTICE does not list what is bundled. Run: npx tsx scripts/licenses.ts --write');
  process.exitCode = 1;
}
