/** Builds everything that ships: extension host, web-worker host, view and command line. */
import { build, context } from 'esbuild';
import { bundles } from './bundles';

if (process.argv.includes('--watch')) {
  for (const options of Object.values(bundles)) {
    await (await context({ ...options, minify: false, sourcemap: true })).watch();
  }
  console.log('Watching; Ctrl+C stops.');
} else {
  await Promise.all(Object.values(bundles).map((options) => build(options)));
}
