/**
 * Fits whether a text rhymes, and how stanzas of models are told from those of people:
 * `tsx scripts/fit/verse.ts DATA` writes src/core/verse/verseWeights.ts. One author in five is kept out, and one
 * in five of the models' poems; scripts/eval/verse.ts measures. Run scripts/fit/rhyme.ts first.
 */
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { rhymedFeatures, readVerse } from '../../src/core/verse/verse';
import { stanzaFeatures, stanzaShape } from '../../src/core/verse/stanzaShape';
import { rhymeAsked, shapeAsked } from '../../src/core/verse/asked';
import { logisticRegression, type Example } from './logistic';
import { keptOut, readPoems, readPronouncer, wellLabelled } from './verseData';

const [data] = process.argv.slice(2);
if (data === undefined) {
  console.error('usage: tsx scripts/fit/verse.ts DATA');
  process.exit(2);
}
const pronouncer = await readPronouncer();
const people = (await readPoems(data, 'human-poems')).filter(({ group }) => !keptOut(group));
const models = (await readPoems(data, 'llm-poems')).filter(({ group }) => !keptOut(group));
const rhymed: Example[] = [];
const stanzas: Example[] = [];
for (const poem of [...people, ...models]) {
  const verse = readVerse(poem.text, pronouncer);
  const asked = poem.prompt === undefined ? undefined : rhymeAsked(poem.prompt);
  const x = rhymedFeatures(verse.words, verse, verse.lines);
  // Told not to rhyme, models rhyme or do not: those poems have no label.
  if (x.length > 0 && wellLabelled(poem) && (poem.rhymed !== undefined || asked === 'yes')) {
    rhymed.push({ x, y: poem.rhymed ?? true });
  }
  const shape = stanzaShape(verse, pronouncer);
  const free =
    asked === undefined ||
    asked === 'unsaid' ||
    (asked === 'yes' && !shapeAsked(poem.prompt ?? ''));
  if (shape !== undefined && free) {
    stanzas.push({ x: stanzaFeatures(shape, verse), y: poem.model !== undefined });
  }
}
const rounded = (values: readonly number[]) => values.map((v) => Math.round(v * 1000) / 1000);
const [rhymedBias, ...rhymedWeights] = rounded(logisticRegression(rhymed, 0.3));
// Even odds: a score of one half then says nothing, however many poems of each kind were at hand.
const share = stanzas.filter(({ y }) => y).length / stanzas.length;
const odds = Math.log((1 - share) / share);
const [stanzaBias = 0, ...stanzaWeights] = logisticRegression(stanzas, 0.3);
const file = fileURLToPath(new URL('../../src/core/verse/verseWeights.ts', import.meta.url));
const source = `/** Written by scripts/fit/verse.ts: biases and weights (logits) of \`rhymedFeatures\` and \`stanzaFeatures\`. */
export const RHYMED_BIAS = ${String(rhymedBias)};
export const RHYMED_WEIGHTS: readonly number[] = [${rhymedWeights.join(', ')}];
export const STANZA_BIAS = ${String(rounded([stanzaBias + odds])[0])};
export const STANZA_WEIGHTS: readonly number[] = [${rounded(stanzaWeights).join(', ')}];
`;
await writeFile(file, await format(source, { ...(await resolveConfig(file)), filepath: file }));
