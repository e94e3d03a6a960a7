/** The bundles: what goes in, for which platform, and where it comes out. */
import type { BuildOptions } from 'esbuild';
import { ROOT } from './hosts/paths';

const shared = {
  bundle: true,
  minify: true,
  absWorkingDir: ROOT,
  legalComments: 'none',
  logLevel: 'warning',
  charset: 'utf8',
} satisfies BuildOptions;

/** What `npm run build` makes. */
export const bundles = {
  host: {
    ...shared,
    entryPoints: { extension: 'src/extension.ts' },
    outdir: 'dist',
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    external: ['vscode'],
  },
  webHost: {
    ...shared,
    entryPoints: { extension: 'src/extension.ts' },
    outdir: 'dist/web',
    platform: 'browser',
    format: 'cjs',
    target: 'es2023',
    external: ['vscode'],
  },
  parts: {
    ...shared,
    entryPoints: {
      formats: 'src/parts/formats.ts',
      openai: 'src/parts/openai.ts',
      sketch: 'src/parts/sketch.ts',
    },
    outdir: 'dist/parts',
    outExtension: { '.js': '.mjs' },
    // One file for both kinds of host, so nothing in a part may need Node.
    platform: 'browser',
    format: 'esm',
    target: 'es2023',
  },
  hostParts: {
    ...shared,
    entryPoints: {
      confidence: 'src/host/confidence/onDemand.ts',
      exchange: 'src/host/exchange/onDemand.ts',
      exemplars: 'src/host/exemplars/onDemand.ts',
      forks: 'src/host/forks/onDemand.ts',
      collapse: 'src/host/collapse/onDemand.ts',
      models: 'src/host/models/onDemand.ts',
      multiverse: 'src/host/multiverse/onDemand.ts',
      prompt: 'src/host/prompt/onDemand.ts',
      session: 'src/host/sessionPart.ts',
      tree: 'src/host/tree/onDemand.ts',
    },
    outdir: 'dist/parts',
    outExtension: { '.js': '.mjs' },
    platform: 'browser',
    format: 'cjs',
    target: 'es2023',
    external: ['vscode'],
    // Nothing but the activating bundle can require `vscode`: these are functions of it.
    banner: { js: 'export default (require) => { const module = { exports: {} };' },
    footer: { js: 'return module.exports; };' },
  },
  view: {
    ...shared,
    entryPoints: { branches: 'src/view/main.ts', multiverse: 'src/view/multiverse/main.ts' },
    outdir: 'dist/view',
    platform: 'browser',
    format: 'iife',
    target: 'es2023',
  },
  cli: {
    ...shared,
    entryPoints: { cli: 'src/cli/main.ts' },
    outdir: 'dist',
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    banner: { js: '#!/usr/bin/env node' },
  },
} satisfies Record<string, BuildOptions>;
