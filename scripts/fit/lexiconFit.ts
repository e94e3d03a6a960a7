import { PATTERNS, scanPatterns } from '../../src/core/collapse/cannedPatterns';
import { findCanned } from '../../src/core/collapse/cannedHits';
import {
  makeLexicon,
  type Calibration,
  type Lexicon,
  type LexiconEntry,
} from '../../src/core/collapse/lexicon';
import { PhraseTrie } from '../../src/core/collapse/phraseTrie';
import { Prose } from '../../src/core/collapse/prose';
import { classify } from '../../src/core/collapse/wordClass';
import { wornSentences } from '../../src/core/collapse/wornSentence';
import { candidates, type Lists } from './candidates';
import { chunks, CHUNK, fold, type Kind, type Sample } from './corpus';
import { fitElasticNet, predict, type Fit, type Row } from './elasticNet';

/** Words that every text is given for free, so that a short one cannot score high on one phrase. */
const SMOOTHING = 50;

/** What each kind of text weighs in all, so that neither many nor long texts of one kind decide. */
const SHARE: Record<Kind, number> = { tuned: 1, human: 0.5, base: 0.3, novel: 0.2 };

/** Chunks taken of one novel. */
const CHUNKS_A_NOVEL = 8;

/** Counts of phrases and patterns in some text. */
export interface Counts {
  words: number;
  count: Float64Array;
}

/** Candidates for the lexicon, and how to count them. */
export class Features {
  readonly names: readonly string[];
  readonly #trie: PhraseTrie;
  readonly #phrases: number;

  constructor(phrases: readonly string[]) {
    this.names = [...phrases, ...PATTERNS.map((pattern) => `~${pattern}`)];
    this.#phrases = phrases.length;
    this.#trie = new PhraseTrie(phrases);
  }

  visit(prose: Prose, found: (feature: number) => void): void {
    this.#trie.scan(prose, found);
    scanPatterns(prose, classify(prose), (pattern) => {
      found(this.#phrases + PATTERNS.indexOf(pattern));
    });
  }

  count(texts: readonly string[]): Counts {
    const count = new Float64Array(this.names.length);
    let words = 0;
    for (const text of texts) {
      const prose = new Prose(text);
      words += prose.count;
      this.visit(prose, (feature) => (count[feature] = (count[feature] ?? 0) + 1));
    }
    return { words, count };
  }
}

export interface FitResult {
  entries: LexiconEntry[];
  calibration: Calibration;
}

/** Fits the lexicon: which phrases, their weights, their ratios, and the calibration. */
export function fitLexicon(all: readonly Sample[], lists: Lists, verbose = false): FitResult {
  const of = (...kinds: Kind[]) => all.filter(({ kind }) => kinds.includes(kind));
  const phrases = new Set([...candidates(of('tuned')), ...lists.strength.keys()]);
  const features = new Features([...phrases].sort());
  const texts = (list: readonly Sample[]) => list.map(({ text }) => text);
  const tuned = features.count(texts(of('tuned')));
  const modern = features.count(texts(of('human', 'base')));
  const novels = features.count(texts(of('novel')));
  const ratios = ratiosOf(features, lists, { tuned, modern, novels });

  const samples = trainingSamples(all);
  const kept = keepOverused(lists, features, ratios);
  const problem = makeProblem(features, samples, kept);
  const fit = solve(problem, problem.rows);
  const scores = crossFit(problem, samples);
  const calibration = { ...calibrate(problem.rows, scores), smoothing: SMOOTHING };
  const entries = features.names
    .map((phrase, j) => ({
      phrase,
      weight: entryWeight(problem, fit, j),
      ratio: Math.min(999, ratios[j] ?? 0),
    }))
    .filter(({ weight }) => Math.abs(weight) >= 0.015);
  if (verbose) {
    console.error(`${String(phrases.size)} candidates, ${String(entries.length)} entries`);
    console.error(lists.names, [...fit.weights.slice(features.names.length)]);
  }
  const open = makeLexicon(entries, { ...calibration, flagWeight: 0, flagRatio: 0, wornShare: 0 });
  const flagWeight = chooseFlagWeight(open, samples);
  const wornShare = chooseWornShare(open, samples);
  return { entries, calibration: { ...calibration, flagWeight, flagRatio: FLAG_RATIO, wornShare } };
}

/** What a phrase must be overused by to be shown: below, a writer would shrug. */
const FLAG_RATIO = 5;

/** Flags of phrases that 300 words (a page) of the novels used for fitting may have, on average. */
const FLAGS_A_PAGE = 0.15;

/** The least weight at which human novels stay below that many flags. */
function chooseFlagWeight(lexicon: Lexicon, samples: readonly Sample[]): number {
  const weights: number[] = [];
  let words = 0;
  for (const { text } of samples.filter(({ kind }) => kind === 'novel')) {
    const prose = new Prose(text);
    words += prose.count;
    for (const { entry } of findCanned(prose, classify(prose), lexicon).strong) {
      if (entry.ratio >= FLAG_RATIO) {
        weights.push(entry.weight);
      }
    }
  }
  weights.sort((a, b) => b - a);
  const allowed = Math.floor((FLAGS_A_PAGE * words) / 300);
  return round(Math.max(0.1, (weights[allowed] ?? 0) + 0.001));
}

/**
 * Part of a tuned model's words that worn sentences should cover: what it takes to find three tenths of
 * what editors mark (an eighth of the words) at twice the rate of chance.
 */
const CLICHE_SHARE = 0.3 / 2;

/** The worn share above which that part of the tuned models' words lies. */
function chooseWornShare(lexicon: Lexicon, samples: readonly Sample[]): number {
  const sentences: { share: number; words: number }[] = [];
  for (const { text } of samples.filter(({ kind }) => kind === 'tuned')) {
    const prose = new Prose(text);
    const marks = classify(prose);
    const canned = findCanned(prose, marks, lexicon);
    for (const { first, next, share } of wornSentences(prose, marks, canned, lexicon)) {
      sentences.push({ share, words: next - first });
    }
  }
  sentences.sort((a, b) => b.share - a.share);
  let left = CLICHE_SHARE * sentences.reduce((sum, { words }) => sum + words, 0);
  return round(sentences.find(({ words }) => (left -= words) <= 0)?.share ?? 1);
}

/** Words that the published lists together count for, against the tuned models' text at hand. */
const LIST_WORDS = 1e6;

/** Ratio from which a published list's opinion of a phrase is taken: the rest is plain in human text too. */
const LIST_RATIO = 2;

/** Ratio from which it is taken whole. */
const LIST_SURE = 16;

/**
 * How much more frequent each feature is in tuned models' text; the human rate is the higher of then and
 * now, with half an occurrence added to the smaller corpus. A list's counts are of a corpus of unknown size:
 * the size that fits the words it shares with the text at hand.
 */
function ratiosOf(
  features: Features,
  lists: Lists,
  counts: { tuned: Counts; modern: Counts; novels: Counts },
): number[] {
  const { tuned, modern, novels } = counts;
  const rate = (from: Counts, j: number, extra = 0) => ((from.count[j] ?? 0) + extra) / from.words;
  let listed = 0;
  let here = 0;
  features.names.forEach((name, j) => {
    const count = lists.count.get(name) ?? 0;
    if (count > 0 && (tuned.count[j] ?? 0) > 0) {
      listed += count;
      here += rate(tuned, j);
    }
  });
  return features.names.map((name, j) => {
    const fromList = (lists.count.get(name) ?? 0) / (listed / here);
    const known = lists.count.has(name) ? LIST_WORDS : 0;
    const own = ((tuned.count[j] ?? 0) + fromList * known) / (tuned.words + known);
    return own / Math.max(rate(modern, j, 0.5), rate(novels, j));
  });
}

function keepOverused(lists: Lists, features: Features, ratios: readonly number[]): Lists {
  const strength = new Map<string, readonly number[]>();
  features.names.forEach((name, j) => {
    const row = lists.strength.get(name);
    const sure = Math.min(1, Math.log(ratios[j] ?? 0) / Math.log(LIST_SURE));
    if (row !== undefined && (ratios[j] ?? 0) >= LIST_RATIO) {
      strength.set(
        name,
        row.map((value) => value * sure),
      );
    }
  });
  return { ...lists, strength };
}

/** Novels in chunks spread over each; everything else is short already. */
function trainingSamples(all: readonly Sample[]): Sample[] {
  return all.flatMap((sample) => {
    if (sample.kind !== 'novel') {
      return [sample];
    }
    const parts = chunks(sample.text);
    const stride = Math.max(1, Math.floor(parts.length / CHUNKS_A_NOVEL));
    return parts.filter((_, i) => i % stride === 0).map((text) => ({ ...sample, text }));
  });
}

interface Problem {
  features: Features;
  lists: Lists;
  rows: Row[];
  l1: Float64Array;
  l2: Float64Array;
}

const L1 = 2e-4;
const L2 = 4e-3;
const L2_LIST = 1e-4;

function makeProblem(features: Features, samples: readonly Sample[], lists: Lists): Problem {
  const n = features.names.length;
  const width = n + lists.names.length;
  const sizes = new Map<string, number>();
  for (const { source } of samples) {
    sizes.set(source, (sizes.get(source) ?? 0) + 1);
  }
  const sourcesOf = (kind: Kind) =>
    new Set(samples.filter((s) => s.kind === kind).map((s) => s.source)).size;
  const perKind = new Map(
    (['tuned', 'human', 'base', 'novel'] as const).map((k) => [k, sourcesOf(k)]),
  );
  const rows = samples.map((sample) => {
    const weight =
      SHARE[sample.kind] / (perKind.get(sample.kind) ?? 1) / (sizes.get(sample.source) ?? 1);
    return makeRow(features, lists, sample, 1000 * weight);
  });
  const l1 = new Float64Array(width).fill(L1).fill(0, n);
  const l2 = new Float64Array(width).fill(L2).fill(L2_LIST, n);
  return { features, lists, rows, l1, l2 };
}

function makeRow(features: Features, lists: Lists, sample: Sample, weight: number): Row {
  const prose = new Prose(sample.text);
  const scale = CHUNK / (prose.count + SMOOTHING);
  const values = new Map<number, number>();
  const add = (j: number, value: number) => values.set(j, (values.get(j) ?? 0) + value);
  const n = features.names.length;
  features.visit(prose, (j) => {
    add(j, scale);
    lists.strength.get(features.names[j] ?? '')?.forEach((strength, list) => {
      if (strength > 0) {
        add(n + list, strength * scale);
      }
    });
  });
  const label = sample.kind === 'tuned' ? 1 : 0;
  const index = Int32Array.from(values.keys());
  return { index, value: Float64Array.from(values.values()), label, weight };
}

function solve(problem: Problem, rows: readonly Row[]): Fit {
  return fitElasticNet(rows, problem.l1, problem.l2, 150);
}

function entryWeight({ features, lists }: Problem, fit: Fit, j: number): number {
  const n = features.names.length;
  let weight = fit.weights[j] ?? 0;
  lists.strength.get(features.names[j] ?? '')?.forEach((strength, list) => {
    weight += (fit.weights[n + list] ?? 0) * strength;
  });
  return weight;
}

/** Scores of every row by a fit that has not seen its group. */
function crossFit(problem: Problem, samples: readonly Sample[]): number[] {
  const parts = 3;
  const scores = new Array<number>(samples.length).fill(0);
  for (let part = 0; part < parts; part++) {
    const own = samples.map(({ group }) => fold(`${group}/`, parts) === part);
    const fit = solve(
      problem,
      problem.rows.filter((_, i) => own[i] !== true),
    );
    problem.rows.forEach((row, i) => {
      if (own[i] === true) {
        scores[i] = predict({ ...fit, intercept: 0 }, row);
      }
    });
  }
  return scores;
}

/** Platt scaling: the logistic curve from a score to the share of tuned text at it. */
function calibrate(rows: readonly Row[], scores: readonly number[]) {
  const scaled = rows.map(({ label, weight }, i) => ({
    index: Int32Array.of(0),
    value: Float64Array.of(scores[i] ?? 0),
    label,
    weight,
  }));
  const fit = fitElasticNet(scaled, Float64Array.of(0), Float64Array.of(0), 500);
  return { intercept: round(fit.intercept), slope: round(fit.weights[0] ?? 0) };
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
