/**
 * Measures rhyme and stanzas on stanzas and poems kept out of fitting: `tsx scripts/eval/verse.ts DATA`.
 * Intervals are bootstrap intervals over groups of stanzas and over poems.
 */
import { join } from 'node:path';
import type { Flag } from '../../src/core/collapse/flag';
import { readSubject } from '../../src/core/collapse/reading';
import { verseScores, type VerseCheck } from '../../src/core/collapse/verseScores';
import { rhymeAsked, shapeAsked } from '../../src/core/verse/asked';
import type { Pronouncer } from '../../src/core/verse/pronouncer';
import { pairTable, REACH, schemeOf } from '../../src/core/verse/scheme';
import { CONTEXT_WEIGHTS, PAIR_WEIGHTS } from '../../src/core/verse/rhymeWeights';
import { fold, samples } from '../fit/corpus';
import { fitRhyme } from '../fit/rhymeFit';
import {
  endWords,
  keptOut,
  PERIODS,
  readPoems,
  readPronouncer,
  readStanzas,
  unrhymedStanzas,
  type Poem,
  type Stanza,
} from '../fit/verseData';
import { areaOver, grouped } from './area';
import { auc } from './auc';
import { bootstrap, shown } from './bootstrap';
import { rhymesByReading } from './readAgain';

const [data] = process.argv.slice(2);
if (data === undefined) {
  console.error('usage: tsx scripts/eval/verse.ts DATA');
  process.exit(2);
}

interface Verdict {
  is: boolean;
  said: boolean;
}

const ratio = (
  items: readonly Verdict[],
  of: (item: Verdict) => boolean,
  among: (item: Verdict) => boolean,
) => items.filter((item) => of(item) && among(item)).length / items.filter(among).length;
const precision = (items: readonly Verdict[]) =>
  ratio(
    items,
    ({ is }) => is,
    ({ said }) => said,
  );
const recall = (items: readonly Verdict[]) =>
  ratio(
    items,
    ({ said }) => said,
    ({ is }) => is,
  );
const harmonic = (items: readonly Verdict[]) => 2 / (1 / precision(items) + 1 / recall(items));

function report(name: string, clusters: readonly (readonly Verdict[])[]): void {
  console.log(
    `${name}: F1 ${shown(bootstrap(clusters, harmonic))}  P ${shown(bootstrap(clusters, precision))}  R ${shown(bootstrap(clusters, recall))}`,
  );
}

function pairVerdicts(
  stanzas: readonly Stanza[],
  pronouncer: Pronouncer,
  pair: readonly number[],
  context: readonly number[],
): Verdict[][] {
  const groups = new Map<string, Verdict[]>();
  for (const stanza of stanzas) {
    const verdicts = groups.get(stanza.group) ?? [];
    groups.set(stanza.group, verdicts);
    const { scheme } = schemeOf(pairTable(endWords(stanza, pronouncer), pair), context);
    for (let i = 0; i < scheme.length; i++) {
      for (let j = i + 1; j <= i + REACH && j < scheme.length; j++) {
        verdicts.push({ is: stanza.scheme[i] === stanza.scheme[j], said: scheme[i] === scheme[j] });
      }
    }
  }
  return [...groups.values()];
}

function check(pronouncer: Pronouncer, text: string, instruction?: string): VerseCheck {
  const subject = instruction === undefined ? { text } : { text, instruction };
  return verseScores(subject, pronouncer, readSubject(subject).language);
}

const has = (flags: readonly Flag[], code: Flag['code']) =>
  flags.some((flag) => flag.code === code);
const share = (flags: readonly boolean[]) =>
  `${shown(
    bootstrap(
      flags.map((flag) => [flag ? 1 : 0]),
      (rows) => rows.reduce((a: number, b) => a + b, 0) / rows.length,
    ),
  )}  n ${flags.length}`;

function reportModels(poems: readonly Poem[], pronouncer: Pronouncer): void {
  const checked = poems.map((poem) => ({
    poem,
    asked: rhymeAsked(poem.prompt ?? ''),
    ...check(pronouncer, poem.text, poem.prompt),
  }));
  const asked = checked.filter((item) => item.asked === 'yes');
  console.log(`rhyme asked for: rhymed ${share(asked.map(({ rhyme }) => rhyme.rhymed))}`);
  console.log(
    `rhyme asked for: forced-rhyme ${share(asked.map(({ flags }) => has(flags, 'forced-rhyme')))}`,
  );
  for (const model of new Set(poems.map((poem) => poem.model))) {
    const told = checked.filter(
      (item) =>
        item.asked === 'no' && /rhyme/i.test(item.poem.prompt ?? '') && item.poem.model === model,
    );
    if (told.length > 0) {
      console.log(
        `told not to, ${model ?? ''}: forced-rhyme ${share(told.map(({ flags }) => has(flags, 'forced-rhyme')))}`,
      );
    }
  }
}

function reportLock(
  people: readonly Poem[],
  models: readonly Poem[],
  pronouncer: Pronouncer,
): void {
  const free = models.filter(
    ({ prompt }) => rhymeAsked(prompt ?? '') !== 'no' && !shapeAsked(prompt ?? ''),
  );
  const positive = free.map(({ text, prompt }) => ({
    ...check(pronouncer, text, prompt),
    positive: true,
  }));
  for (const rhymed of [false, true]) {
    const negative = people
      .filter((poem) => poem.rhymed === rhymed)
      .map(({ text }) => ({ ...check(pronouncer, text), positive: false }));
    const scored = [...positive, ...negative].map((item) => ({
      score: item.scores.stanza,
      positive: item.positive,
    }));
    console.log(
      `stanza lock, models against ${rhymed ? 'rhymed' : 'unrhymed'} human: AUC ${shown(
        bootstrap(
          scored.map((item) => [item]),
          auc,
        ),
      )}`,
    );
    console.log(
      `  flagged: human ${share(negative.map(({ flags }) => has(flags, 'stanza-lock')))}`,
    );
  }
  console.log(`  flagged: models ${share(positive.map(({ flags }) => has(flags, 'stanza-lock')))}`);
}

const pronouncer = await readPronouncer();
const stanzas = await readStanzas(data);
report(
  'rhyme pairs, kept out',
  pairVerdicts(
    stanzas.filter(({ group }) => keptOut(group)),
    pronouncer,
    PAIR_WEIGHTS,
    CONTEXT_WEIGHTS,
  ),
);
for (const period of PERIODS) {
  const { pair, context } = fitRhyme(
    stanzas.filter((stanza) => stanza.period !== period),
    unrhymedStanzas(await readPoems(data, 'human-poems')),
    pronouncer,
  );
  report(
    `rhyme pairs, kept out of ${period}, by the other period`,
    pairVerdicts(
      stanzas.filter((stanza) => stanza.period === period && keptOut(stanza.group)),
      pronouncer,
      pair,
      context,
    ),
  );
}
const people = (await readPoems(data, 'human-poems')).filter(({ group }) => keptOut(group));
const models = (await readPoems(data, 'llm-poems')).filter(({ group }) => keptOut(group));
const checkedPeople = people.map((poem) => ({ poem, ...check(pronouncer, poem.text) }));
for (const [name, is] of [
  ['as labelled', ({ rhymed }: Poem) => rhymed === true],
  ['labels read again', rhymesByReading],
] as const) {
  const verdicts = checkedPeople.map(({ poem, rhyme, scores }) => ({
    group: poem.group,
    is: is(poem),
    said: rhyme.rhymed,
    score: scores.rhyme,
    positive: is(poem),
  }));
  report(`human poem rhymed, ${name}`, grouped(verdicts));
  console.log(`human poem rhymed, ${name}: AUC ${areaOver(verdicts)}`);
}
reportModels(models, pronouncer);
reportLock(people, models, pronouncer);
const prose = (await samples(join(data))).filter(({ group }) => fold(group, 5) === 0);
console.log(
  `prose with any flag of verse: ${share(prose.map(({ text }) => check(pronouncer, text, 'Write a story that does not rhyme.').flags.length > 0))}`,
);
