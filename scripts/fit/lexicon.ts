/**
 * Fits the lexicon of canned phrases: `tsx scripts/fit/lexicon.ts DATA NOVELS` writes media/lexicon.tsv.
 * DATA holds stories by people, tuned and base models, creative texts and published lists; NOVELS human
 * novels. CONTRIBUTING.md says where they come from. One group in five is kept out, for evaluation.
 */
import { writeFile } from 'node:fs/promises';
import { formatLexicon, LEXICON_FILE } from '../../src/core/collapse/lexicon';
import { readLists } from './candidates';
import { isHeldOut, novels, samples } from './corpus';
import { fitLexicon } from './lexiconFit';

const [data, novelFolder] = process.argv.slice(2);
if (data === undefined || novelFolder === undefined) {
  console.error('usage: tsx scripts/fit/lexicon.ts DATA NOVELS');
  process.exit(2);
}
const all = [...(await samples(data)), ...(await novels(novelFolder))];
const { entries, calibration } = fitLexicon(
  all.filter((sample) => !isHeldOut(sample)),
  await readLists(data),
);
const file = new URL(`../../media/${LEXICON_FILE}`, import.meta.url);
await writeFile(file, formatLexicon(entries, calibration));
console.error(`${String(entries.length)} entries`, calibration);
