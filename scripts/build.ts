/** Builds everything that ships: extension host, web-worker host, view and command line. */
import { context, build, type BuildOptions } from 'esbuild';

const shared = {
  bundle: true,
  minify: !process.argv.includes('--watch'),
  sourcemap: process.argv.includes('--watch'),
  legalComments: 'none',
  logLevel: 'warning',
  charset: 'utf8',
} satisfies BuildOptions;

/** What `npm run build` makes; tests and the bench read the sizes of these files. */
export const bundles: readonly BuildOptions[] = [
  {
    ...shared,
    entryPoints: { extension: 'src/extension.ts' },
    outdir: 'dist',
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    external: ['vscode'],
  },
  {
    ...shared,
    entryPoints: { extension: 'src/extension.ts' },
    outdir: 'dist/web',
    platform: 'browser',
    format: 'cjs',
    target: 'es2023',
    external: ['vscode'],
  },
  {
    ...shared,
    entryPoints: { branches: 'src/view/main.ts' },
    outdir: 'dist/view',
    platform: 'browser',
    format: 'iife',
    target: 'es2023',
  },
  {
    ...shared,
    entryPoints: { cli: 'src/cli/main.ts' },
    outdir: 'dist',
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    banner: { js: '#!/usr/bin/env node' },
  },
];

if (process.argv.includes('--watch')) {
  for (const options of bundles) {
    await (await context(options)).watch();
  }
  console.log('Watching; Ctrl+C stops.');
} else {
  await Promise.all(bundles.map((options) => build(options)));
}
