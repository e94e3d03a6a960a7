/**
 * Fits when two words rhyme, and when they do in their surroundings: `tsx scripts/fit/rhyme.ts DATA` writes
 * src/core/verse/rhymeWeights.ts. Both are logistic regressions on the pairs of lines at most four apart of
 * annotated stanzas, one group of neighbouring stanzas in five kept out; scripts/eval/verse.ts measures.
 */
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { fitRhyme } from './rhymeFit';
import { keptOut, readPoems, readPronouncer, readStanzas, unrhymedStanzas } from './verseData';

const [data] = process.argv.slice(2);
if (data === undefined) {
  console.error('usage: tsx scripts/fit/rhyme.ts DATA');
  process.exit(2);
}
const stanzas = (await readStanzas(data)).filter(({ group }) => !keptOut(group));
const { pair, context } = fitRhyme(
  stanzas,
  unrhymedStanzas(await readPoems(data, 'human-poems')),
  await readPronouncer(),
);
const file = fileURLToPath(new URL('../../src/core/verse/rhymeWeights.ts', import.meta.url));
const source = `/** Written by scripts/fit/rhyme.ts: logits for the features of \`pairScore\`; of \`contextFeatures\`, after a bias. */
export const PAIR_WEIGHTS: readonly number[] = [${pair.join(', ')}];
export const CONTEXT_WEIGHTS: readonly number[] = [${context.join(', ')}];
`;
await writeFile(file, await format(source, { ...(await resolveConfig(file)), filepath: file }));
