/**
 * Fits and measures the flag `voice-drift`: `tsx scripts/fit/voice.ts CORPUS DATA [--write]`, CORPUS a folder of
 * `author__title.txt.gz`, DATA the folder with stories/ and creative/. Half of the authors and half of the models
 * are fitted on, the other half is reported on. Writes src/core/voice/voiceWeights.ts.
 *
 * A profile is made from the first three fifths of a work, or of an author's other works; passages of the last
 * three tenths, of other authors and of models are judged by it.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { evidenceOf, STANDS_OUT } from '../../src/core/voice/drift';
import { Count, type VoiceCounts } from '../../src/core/voice/voiceCounts';
import { FEATURES } from '../../src/core/voice/voiceFeatures';
import { VoiceProfile } from '../../src/core/voice/voiceProfile';
import type { Spread } from '../../src/core/voice/voiceWeights';
import { auc } from '../eval/auc';
import { bootstrap, shown } from '../eval/bootstrap';
import { ROOT } from '../hosts/paths';
import { fold } from './corpus';
import { logisticRegression } from './logistic';
import { LENGTHS, readModels, readWorks, type Work } from './voiceData';

const PROFILE_WORDS = [2000, 20_000];
/** Share of an author's own held-out passages that may be flagged, at every length. */
const FALSE_POSITIVES = 0.02;
/** Cases of each kind that are learnt from, at most. */
const LEARNT = 2500;
const RIDGE = 5;
/** Models whose stories are fitted on; the others are reported on. */
const FITTED_MODELS = new Set(['gpt-3.5-turbo', 'mistral-nemo']);
/** Base models, and people: what is no tuned model's. */
const CONTROLS = new Set(['gpt-j-6B', 'opt-2.7b', 'human']);

interface Case {
  /** own: held-out passages of the same work · other work: of a work that the profile has not seen. */
  kind: 'own' | 'other work' | 'other author' | 'model' | 'control';
  source: string;
  words: number;
  profile: number;
  x: readonly number[];
}

const isOwn = ({ kind }: Case) => kind === 'own' || kind === 'other work';

const [corpus, data, ...flags] = process.argv.slice(2);
if (corpus === undefined || data === undefined) {
  throw new Error('Usage: tsx scripts/fit/voice.ts CORPUS DATA [--write]');
}
const works = await readWorks(corpus);
const models = await readModels(data);
const isFitted = (author: string) => fold(author, 2) === 0;
const fitted = works.filter(({ author }) => isFitted(author));
const spreads = spreadsOf(fitted);
const fitCases = casesOf(fitted, spreads, (model) => FITTED_MODELS.has(model));
const { weights, bias } = learn(fitCases);
const threshold = thresholdOf(fitCases);
report(
  casesOf(
    works.filter(({ author }) => !isFitted(author)),
    spreads,
    (model) => !FITTED_MODELS.has(model),
  ),
);
FEATURES.forEach(({ name }, i) => {
  const { between = 0, within = 0 } = spreads[i] ?? {};
  console.log(name, between.toPrecision(3), within.toPrecision(3), weights[i]?.toFixed(3));
});
if (flags.includes('--write')) {
  await write();
}

function profileOf(
  passages: readonly VoiceCounts[],
  words: number,
  by: readonly Spread[],
): VoiceProfile {
  const profile = new VoiceProfile(by);
  for (const passage of passages) {
    if (profile.words >= words) {
      break;
    }
    profile.add(passage);
  }
  return profile;
}

/** Everything an author wrote but one work, passage by passage in turns, so that a part is a mixture. */
function othersOf(work: Work, all: readonly Work[]): VoiceCounts[] {
  const others = all.filter(({ author }) => author === work.author).filter((w) => w !== work);
  const longest = Math.max(0, ...others.map(({ early }) => early.length));
  return Array.from({ length: longest }, (_, i) =>
    others.flatMap(({ early }) => early[i] ?? []),
  ).flat();
}

/** The variance of passages around their author's mean against how many units they have: a line. */
function spreadsOf(all: readonly Work[]): Spread[] {
  return FEATURES.map(({ read }) => {
    const points: { x: number; y: number }[] = [];
    for (const length of LENGTHS) {
      const squares: number[] = [];
      const inverse: number[] = [];
      for (const work of all) {
        for (const around of [work.early, othersOf(work, all)]) {
          const mean = totalOf(around);
          for (const passage of work.late.get(length) ?? []) {
            const { value, units } = read(passage);
            if (units >= 1 && (mean[Count.words] ?? 0) > 0) {
              squares.push((value - read(mean).value) ** 2);
              inverse.push(1 / units);
            }
          }
        }
      }
      points.push({ x: meanOf(inverse), y: meanOf(winsorised(squares)) });
    }
    return lineThrough(points);
  });
}

function totalOf(passages: readonly VoiceCounts[]): VoiceCounts {
  const total = new Float64Array(passages[0]?.length ?? 0);
  for (const passage of passages) {
    passage.forEach((count, i) => (total[i] = (total[i] ?? 0) + count));
  }
  return total;
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

/** The largest hundredth as large as the next. */
function winsorised(values: readonly number[]): number[] {
  const most = [...values].sort((a, b) => a - b)[Math.floor(0.99 * values.length)] ?? 0;
  return values.map((value) => Math.min(most, value));
}

/** Least squares on relative errors, neither number below a trace of the other. */
function lineThrough(points: readonly { x: number; y: number }[]): Spread {
  const weighed = points.filter(({ y }) => y > 0).map(({ x, y }) => ({ x: x / y, one: 1 / y }));
  const sum = (of: (point: { x: number; one: number }) => number) =>
    weighed.reduce((all, point) => all + of(point), 0);
  const [xx, xo, oo] = [sum((p) => p.x ** 2), sum((p) => p.x * p.one), sum((p) => p.one ** 2)];
  const [x1, o1] = [sum((p) => p.x), sum((p) => p.one)];
  const determinant = xx * oo - xo * xo;
  const within = (x1 * oo - o1 * xo) / determinant;
  const between = (o1 * xx - x1 * xo) / determinant;
  if (within <= 0) {
    return { between: o1 / oo, within: 0 };
  }
  return between <= 0 ? { between: 0, within: x1 / xx } : { between, within };
}

function casesOf(
  all: readonly Work[],
  by: readonly Spread[],
  takesModel: (model: string) => boolean,
): Case[] {
  const cases: Case[] = [];
  all.forEach((work, w) => {
    for (const [kind, passages] of [
      ['own', work.early],
      ['other work', othersOf(work, all)],
    ] as const) {
      for (const words of PROFILE_WORDS) {
        const profile = profileOf(passages, words, by);
        if (profile.words < 0.9 * words) {
          continue;
        }
        const judge = (kindOf: Case['kind'], source: string, length: number, text: VoiceCounts) =>
          cases.push({
            ...{ kind: kindOf, source, words: length, profile: words },
            x: evidenceOf(profile.distances(text)),
          });
        for (const length of LENGTHS) {
          const own = work.late.get(length) ?? [];
          own.forEach((text) => judge(kind, work.author, length, text));
          own.forEach((_, i) => {
            const other = all[(w + 1 + 7 * i) % all.length];
            const text = other?.late.get(length)?.[i % 5];
            if (other && other.author !== work.author && text) {
              judge('other author', other.author, length, text);
            }
          });
          for (const [model, texts] of models) {
            const isControl = CONTROLS.has(model);
            const own = takesModel(model) ? (texts.get(length) ?? []) : [];
            for (let i = 0; i < 4 && i < own.length; i++) {
              const text = own[(w * 4 + i) % own.length];
              if (text) {
                judge(isControl ? 'control' : 'model', model, length, text);
              }
            }
          }
        }
      }
    }
  });
  return cases;
}

/** As many cases of each kind, in turns over all of them. */
function balanced(cases: readonly Case[]): Case[] {
  const kinds = (['own', 'other work', 'other author', 'model'] as const).map((kind) =>
    cases.filter((one) => one.kind === kind),
  );
  const size = Math.min(LEARNT, ...kinds.map(({ length }) => length));
  return kinds
    .flatMap((some) =>
      Array.from({ length: size }, (_, i) => some[Math.floor((i * some.length) / size)]),
    )
    .filter((one) => one !== undefined);
}

/** Logistic regression with no weight below 0: a feature that would have one is left out. */
function learn(cases: readonly Case[]): { weights: number[]; bias: number } {
  const learning = balanced(cases);
  let kept = FEATURES.map((_, i) => i);
  for (;;) {
    const examples = learning.map((one) => ({ x: kept.map((i) => one.x[i] ?? 0), y: !isOwn(one) }));
    const [bias = 0, ...found] = logisticRegression(examples, RIDGE);
    const good = kept.filter((_, k) => (found[k] ?? 0) > 0);
    if (good.length === kept.length) {
      const weights = FEATURES.map((_, i) => found[kept.indexOf(i)] ?? 0);
      return {
        weights: weights.map((weight) => Number(weight.toFixed(4))),
        bias: Number(bias.toFixed(3)),
      };
    }
    kept = good;
  }
}

function scoreOf({ x }: Case): number {
  const logit = x.reduce((sum, value, i) => sum + value * (weights[i] ?? 0), bias);
  return 1 / (1 + Math.exp(-logit));
}

/** The least score above which no more of the authors' own passages lie than may, in same and in other works. */
function thresholdOf(cases: readonly Case[]): number {
  const kinds = (['own', 'other work'] as const).map((kind) => {
    const scores = cases.filter((one) => one.kind === kind).map(scoreOf);
    return scores.sort((a, b) => b - a)[Math.floor(FALSE_POSITIVES * scores.length)] ?? 1;
  });
  return Number(meanOf(kinds).toFixed(3));
}

/** Whether the flag is raised: the whole is far, and some feature can be named. */
function isFlagged(one: Case): boolean {
  const names = one.x.some((squared) => squared >= STANDS_OUT ** 2);
  return names && scoreOf(one) >= threshold;
}

function report(cases: readonly Case[]): void {
  const share = (some: readonly Case[]) =>
    some.length === 0
      ? '–'
      : `${((100 * some.filter(isFlagged).length) / some.length).toFixed(1)} %`;
  const scored = (kinds: readonly Case['kind'][]) =>
    cases
      .filter((one) => isOwn(one) || kinds.includes(one.kind))
      .map((one) => ({ score: scoreOf(one), positive: !isOwn(one) }));
  console.log(`threshold ${threshold}, bias ${bias}; ${cases.length} cases`);
  console.log(`AUC: other authors ${auc(scored(['other author'])).toFixed(3)}`);
  console.log(`AUC: models ${auc(scored(['model'])).toFixed(3)}`);
  for (const kind of ['own', 'other work', 'other author', 'model', 'control'] as const) {
    for (const profile of PROFILE_WORDS) {
      const row = LENGTHS.map((words) => {
        const some = cases.filter(
          (c) => c.kind === kind && c.profile === profile && c.words === words,
        );
        return `${words} words: ${share(some)}`;
      });
      console.log(`${kind}, profile of ${profile}: ${row.join(', ')}`);
    }
  }
  for (const kinds of [['own', 'other work'], ['other author'], ['model'], ['control']] as const) {
    const some = cases.filter(({ kind }) => (kinds as readonly string[]).includes(kind));
    const sources = [...new Set(some.map(({ source }) => source))];
    const clusters = sources.map((source) =>
      some.filter((one) => one.source === source).map((one) => (isFlagged(one) ? 1 : 0)),
    );
    console.log(`${kinds.join(' and ')}, all: ${shown(bootstrap(clusters, meanOf))}`);
  }
  for (const model of new Set(
    cases.filter((c) => !isOwn(c) && c.kind !== 'other author').map((c) => c.source),
  )) {
    console.log(model, share(cases.filter(({ source }) => source === model)));
  }
  const zs = FEATURES.map((_, i) => meanOf(cases.filter(isOwn).map(({ x }) => x[i] ?? 0)));
  console.log('mean z², own passages:', zs.map((z) => z.toFixed(2)).join(' '));
}

async function write(): Promise<void> {
  const rows = spreads.map(
    ({ between, within }) =>
      `  { between: ${between.toPrecision(3)}, within: ${within.toPrecision(3)} },`,
  );
  const text = `/** How much a feature varies among passages of one writer: see \`VoiceProfile\`. */
export interface Spread {
  between: number;
  within: number;
}

/** Written by scripts/fit/voice.ts, in the order of the features. */
export const VOICE_SPREADS: readonly Spread[] = [
${rows.join('\n')}
];
/** What a squared distance in each feature adds to the logit of another hand than the writer's. */
export const VOICE_WEIGHTS: readonly number[] = [
  ${weights.join(', ')},
];
export const VOICE_BIAS = ${bias};
/** From this probability on a text is said to have drifted. */
export const VOICE_THRESHOLD = ${threshold};
`;
  const file = join(ROOT, 'src', 'core', 'voice', 'voiceWeights.ts');
  const options = await resolveConfig(file);
  await writeFile(file, await format(text, { ...options, filepath: file }));
}
