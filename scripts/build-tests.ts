/** Builds the tests that run inside VS Code: one bundle per kind of extension host. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build, type BuildOptions, type Plugin } from 'esbuild';
import { ROOT, testBundle, type HostKind } from './hosts/paths';
import type { HostVersion } from './hosts/versions';

const FOLDER = join(ROOT, 'test/host');
/**
 * What holds only in one kind of host, or hardly depends on it, is told by the file's name; so is what hardly
 * depends on the version of VS Code and is run in the newest one.
 */
const ELSEWHERE: Readonly<Record<HostKind | HostVersion, RegExp>> = {
  node: /\.web\./,
  web: /\.node\./,
  oldest: /\.newest\./,
  newest: /\.oldest\./,
};

export interface TestBuild {
  readonly kind: HostKind;
  readonly version: HostVersion;
  /** Only tests whose full title contains this. */
  readonly grep?: string;
  /** The version of VS Code that must be running them. */
  readonly vscode?: string;
}

/** Bundles every `test/host/*.test.ts` for one kind of host; returns the bundle's path. */
export async function buildHostTests(options: TestBuild): Promise<string> {
  const outfile = testBundle(options.kind, options.vscode);
  await build({
    stdin: { contents: await entry(options), resolveDir: FOLDER, sourcefile: 'index.ts' },
    outfile,
    bundle: true,
    format: 'cjs',
    sourcemap: 'inline',
    keepNames: true,
    external: ['vscode'],
    plugins: [mochaAsScript],
    logLevel: 'warning',
    define: {
      __VARIORUM_HOST_KIND__: JSON.stringify(options.kind),
      __VARIORUM_GREP__: JSON.stringify(options.grep ?? ''),
      __VARIORUM_VSCODE__: JSON.stringify(options.vscode ?? ''),
    },
    ...platform(options.kind),
  });
  return outfile;
}

function platform(kind: HostKind): BuildOptions {
  if (kind === 'node') return { platform: 'node', target: 'node22' };
  const assert = join(FOLDER, 'assert-web.ts');
  return {
    platform: 'browser',
    target: 'es2023',
    alias: { 'node:assert/strict': assert, 'node:assert': assert },
  };
}

/**
 * Mocha's browser build is a script in a package of modules: left alone, it would write itself
 * over the exports of the bundle. Without `module` in sight it becomes the global it is meant to be.
 */
const mochaAsScript: Plugin = {
  name: 'mocha-as-script',
  setup(builder) {
    builder.onLoad({ filter: /[\\/]mocha[\\/]mocha\.js$/ }, async ({ path }) => ({
      contents: `const module = undefined, exports = undefined;\n${await readFile(path, 'utf8')}`,
      loader: 'js',
    }));
  },
};

/** The test files are found here, so that no list of them has to be kept. */
async function entry({ kind, version }: TestBuild): Promise<string> {
  const elsewhere = [ELSEWHERE[kind], ELSEWHERE[version]];
  const files = (await readdir(FOLDER))
    .filter((name) => name.endsWith('.test.ts') && !elsewhere.some((other) => other.test(name)))
    .sort();
  // `require`, for they must be evaluated after mocha's globals are in place.
  const loads = files.map((name) => `  require(${JSON.stringify(`./${name}`)});`);
  return [
    `import { runMocha } from './runner';`,
    `export const run = () => runMocha(() => {`,
    ...loads,
    `});`,
  ].join('\n');
}
