/**
 * Measures what is cut from continuations that people wrote: `tsx scripts/eval/seam.ts FOLDER`, a folder of
 * `*.jsonl.gz` with `{"text", "source"}` a line. Every human text is broken off at several places, in the middle
 * of a sentence and after one; what the person wrote next is read as a chat model's reply. Whatever is cut of it
 * but white space at the seam is a false positive.
 */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { CleanBranch } from '../../src/core/prompt/cleanReply';
import { HeadReader } from '../../src/core/prompt/replyHead';

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error('usage: tsx scripts/eval/seam.ts FOLDER');
  process.exit(2);
}

/** Of each text, at these shares of its length. */
const PLACES = [0.2, 0.35, 0.5, 0.65, 0.8];
const LENGTH = 600;
const SHOWN = 12;

function human(bytes: Buffer): string[] {
  const lines = gunzipSync(bytes).toString('utf8').split('\n');
  return lines
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as { text: string; source?: string })
    .flatMap(({ text, source }) => (source === 'human' ? [text] : []));
}

/** The places after a word, and after a sentence, next to a share of a text. */
function breaks(text: string, share: number): number[] {
  const near = Math.floor(text.length * share);
  const word = text.indexOf(' ', near);
  const sentence = /[.!?]["']?(?=\s)/u.exec(text.slice(near));
  return [word, sentence ? near + sentence.index + sentence[0].length : -1].filter((at) => at > 0);
}

function cleaned(before: string, reply: string): string {
  const branch = new CleanBranch(new HeadReader({ before, after: '' }, 'instruction'));
  branch.add({ text: reply });
  return branch
    .released(true)
    .map(({ text }) => text)
    .join('');
}

const files = (await readdir(folder)).filter((name) => name.endsWith('.jsonl.gz'));
const read = await Promise.all(files.map((name) => readFile(join(folder, name))));
const texts = [...new Set(read.flatMap(human))];
let count = 0;
const cut: string[] = [];
for (const text of texts) {
  for (const at of PLACES.flatMap((share) => breaks(text, share))) {
    const reply = text.slice(at, at + LENGTH);
    const kept = cleaned(text.slice(0, at), reply);
    count += 1;
    if (kept.trim() !== reply.trim()) {
      cut.push(
        `${JSON.stringify(reply.slice(0, 90))} … became ${JSON.stringify(kept.slice(0, 60))}`,
      );
    }
  }
}
const share = (100 * cut.length) / Math.max(1, count);
console.log(
  `${texts.length} texts, ${count} continuations, ${cut.length} cut (${share.toFixed(3)} %)`,
);
cut.slice(0, SHOWN).forEach((line) => console.log(`  ${line}`));
