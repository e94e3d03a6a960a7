import { pairScore, type EndWord } from './pairFeatures';
import { CONTEXT_WEIGHTS, PAIR_WEIGHTS } from './rhymeWeights';

/** Lines further apart than this are not heard as a pair. */
export const REACH = 4;
/** Scores of single pairs are trusted no further than this (logit). */
const CAP = 6;
/**
 * A distance that so many lines rhyme at is usual, and one line in two makes a rhymed text: how much more
 * differs from stanza form to stanza form, and couplets would teach that other forms do not rhyme.
 */
const USUAL = 0.2;
const RHYMED_THROUGHOUT = 0.5;
/** Texts longer than this in lines are judged in stretches, so that one part says nothing of another. */
const STRETCH = 200;

/** For each line, its score (logit) with each of the `REACH` lines after it; `-CAP` where there is none. */
export type PairTable = Float64Array;

export interface Scheme {
  /** Rhyme sound of each line, from 1 in order of appearance. */
  scheme: number[];
  /** Every rhyming pair of lines at most `REACH` apart, the earlier line first. */
  pairs: [number, number][];
  /** Probability of each of `pairs`, 0 to 1. */
  sure: number[];
}

/** @param words the lines' last words; undefined for a line that ends in none */
export function pairTable(
  words: readonly (EndWord | undefined)[],
  weights: readonly number[] = PAIR_WEIGHTS,
): PairTable {
  const table = new Float64Array(words.length * REACH).fill(-CAP);
  for (let i = 0; i < words.length; i++) {
    const first = words[i];
    for (let d = 1; first !== undefined && d <= REACH; d++) {
      const second = words[i + d];
      if (second !== undefined) {
        const score = pairScore(first, second, weights);
        table[i * REACH + d - 1] = Math.max(-CAP, Math.min(CAP, score));
      }
    }
  }
  return table;
}

function at(table: PairTable, i: number, j: number): number {
  const d = j - i;
  return i < 0 || d < 1 || d > REACH ? -CAP : (table[i * REACH + d - 1] ?? -CAP);
}

/** Between any two lines. */
function between(table: PairTable, i: number, j: number): number {
  return i < j ? at(table, i, j) : at(table, j, i);
}

const probability = (logit: number) => 1 / (1 + Math.exp(-logit));

/** What surrounds the pair of lines i and i + d: other suitors, the lines beside, how usual d is in the text. */
export function contextFeatures(
  table: PairTable,
  i: number,
  d: number,
  usual: readonly number[],
): number[] {
  const j = i + d;
  const own = at(table, i, j);
  let suitor = -CAP;
  let shared = -CAP;
  for (let k = i - REACH; k <= j + REACH; k++) {
    if (k !== i && k !== j) {
      const first = between(table, i, k);
      const second = between(table, k, j);
      suitor = Math.max(suitor, first, second);
      shared = Math.max(shared, Math.min(first, second));
    }
  }
  const parallel = Math.max(at(table, i - 1, j - 1), at(table, i + 1, j + 1));
  const nested = Math.max(at(table, i + 1, j - 1), at(table, i - 1, j + 1));
  const total = usual.reduce((sum, value) => sum + value, 0);
  return [
    own,
    Math.max(own, 0),
    probability(suitor),
    probability(shared),
    probability(parallel),
    probability(nested),
    Math.min(usual[d - 1] ?? 0, USUAL),
    Math.min(total, RHYMED_THROUGHOUT),
  ];
}

/** For each distance, how often a line rhymes with the one that far on. */
export function usualDistances(table: PairTable, from: number, to: number): number[] {
  return Array.from({ length: REACH }, (_, d) => {
    let sum = 0;
    for (let i = from; i < to; i++) {
      sum += probability(table[i * REACH + d] ?? -CAP);
    }
    return sum / Math.max(1, to - from);
  });
}

/** Judges every pair in its surroundings, then groups lines so that a rhyme of a rhyme is one too. */
export function schemeOf(table: PairTable, weights: readonly number[] = CONTEXT_WEIGHTS): Scheme {
  const lines = table.length / REACH;
  const logits = new Float64Array(table.length).fill(-CAP);
  for (let from = 0; from < lines; from += STRETCH) {
    const to = Math.min(lines, from + STRETCH);
    const usual = usualDistances(table, from, to);
    for (let i = from; i < to; i++) {
      for (let d = 1; d <= REACH && i + d < lines; d++) {
        // What sounds nothing alike rhymes in no surroundings.
        if (at(table, i, i + d) > 1 - CAP) {
          const features = contextFeatures(table, i, d, usual);
          logits[i * REACH + d - 1] = features.reduce(
            (sum, value, k) => sum + value * (weights[k + 1] ?? 0),
            weights[0] ?? 0,
          );
        }
      }
    }
  }
  return grouped(logits, lines);
}

function grouped(logits: Float64Array, lines: number): Scheme {
  const accepted = [...logits.keys()].filter((k) => (logits[k] ?? 0) > 0);
  accepted.sort((a, b) => (logits[b] ?? 0) - (logits[a] ?? 0) || a - b);
  const group = Int32Array.from({ length: lines }, (_, i) => i);
  const find = (i: number): number => {
    let root = i;
    while (group[root] !== root) {
      const up = group[group[root] ?? root] ?? root;
      group[root] = up;
      root = up;
    }
    return root;
  };
  for (const k of accepted) {
    const i = Math.floor(k / REACH);
    const j = i + 1 + (k % REACH);
    if (find(i) !== find(j) && agrees(logits, lines, i, j, find)) {
      group[find(j)] = find(i);
    }
  }
  return numbered(logits, lines, find);
}

/** Whether the lines near i of its group and those near j of its group rhyme more than they do not. */
function agrees(
  logits: Float64Array,
  lines: number,
  i: number,
  j: number,
  find: (i: number) => number,
): boolean {
  let sum = 0;
  for (let a = Math.max(0, i - REACH); a <= Math.min(lines - 1, i + REACH); a++) {
    for (
      let b = Math.max(0, j - REACH);
      find(a) === find(i) && b <= Math.min(lines - 1, j + REACH);
      b++
    ) {
      if (find(b) === find(j) && Math.abs(a - b) <= REACH && a !== b) {
        sum += between(logits, a, b);
      }
    }
  }
  return sum > 0;
}

function numbered(logits: Float64Array, lines: number, find: (i: number) => number): Scheme {
  const numbers = new Map<number, number>();
  const scheme: number[] = [];
  const pairs: [number, number][] = [];
  const sure: number[] = [];
  for (let i = 0; i < lines; i++) {
    const root = find(i);
    const number = numbers.get(root) ?? numbers.size + 1;
    numbers.set(root, number);
    scheme.push(number);
    for (let j = i + 1; j <= i + REACH && j < lines; j++) {
      if (find(j) === root) {
        pairs.push([i, j]);
        sure.push(probability(at(logits, i, j)));
      }
    }
  }
  return { scheme, pairs, sure };
}
