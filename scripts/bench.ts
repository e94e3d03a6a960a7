/** Measures every budget and prints one table. `npm run bench -- sketch` runs the benches whose name matches. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Measure } from './bench/measure';
import { ROOT } from './hosts/paths';

type Bench = () => Promise<Measure[]>;

async function benches(wanted: string): Promise<[string, Bench][]> {
  const folder = join(ROOT, 'test', 'bench');
  const files = (await readdir(folder)).filter((name) => name.endsWith('.bench.ts')).sort();
  const found: [string, Bench][] = [];
  for (const file of files.filter((name) => name.includes(wanted))) {
    const exports = (await import(join(folder, file))) as Record<string, unknown>;
    for (const [name, value] of Object.entries(exports)) {
      if (name.endsWith('Bench') && typeof value === 'function') {
        found.push([file, value as Bench]);
      }
    }
  }
  return found;
}

function table(rows: readonly Measure[]): string {
  const cells = [
    ['', 'what', 'measured', 'budget'],
    ...rows.map(({ ok, what, measured, budget }) => [ok ? 'ok' : 'MISS', what, measured, budget]),
  ];
  const widths = [0, 1, 2, 3].map((i) => Math.max(...cells.map((row) => row[i]?.length ?? 0)));
  return cells
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

const rows: Measure[] = [];
for (const [file, bench] of await benches(process.argv[2] ?? '')) {
  console.error(`measuring ${file} …`);
  rows.push(...(await bench()));
}
console.log(table(rows));
