import { compareTexts, findModes } from '../diversity/modes';
import { effectiveNumber } from '../diversity/measures';

/** Of a pool: how alike its texts are, what mode each is of, and how many findings each has. */
export interface Pool {
  size: number;
  between(i: number, j: number): number;
  modeOf(i: number): number;
  flags(i: number): number;
}

/** Swaps until nothing gets better; a pool of 64 needs a handful. */
const MOST_ROUNDS = 20;

/** Compares the texts of a pool. @param flags findings of each */
export function poolOf(texts: readonly string[], flags: readonly number[]): Pool {
  const compared = compareTexts(texts);
  const modes = findModes(compared);
  const mode = new Map(modes.flatMap(({ members }, i) => members.map((member) => [member, i])));
  const { kinds } = compared.distinct;
  return {
    size: texts.length,
    between: (i, j) => compared.similarity.between(kinds[i] ?? 0, kinds[j] ?? 0),
    modeOf: (i) => mode.get(i) ?? i,
    flags: (i) => flags[i] ?? 0,
  };
}

/**
 * The k of a pool that differ most, with findings no more than the pool's first k have: greedily, then by swaps.
 * What counts first is the effective number of their modes, then their mean dissimilarity, then fewer findings.
 * @param fixed members that are there anyway; they are not returned
 * @returns indices in ascending order; all when there are no more than k
 */
export function chooseApart(pool: Pool, k: number, fixed: readonly number[] = []): number[] {
  const free = Array.from({ length: pool.size }, (_, i) => i).filter((i) => !fixed.includes(i));
  if (free.length <= k) {
    return free;
  }
  const most = flagsOf(pool, free.slice(0, k));
  const value = (chosen: readonly number[]) => {
    const excess = Math.max(0, flagsOf(pool, chosen) - (most * chosen.length) / k);
    return [-excess, ...spread(pool, [...fixed, ...chosen]), -flagsOf(pool, chosen)];
  };
  let chosen: number[] = [];
  while (chosen.length < k) {
    chosen = best(
      free.filter((i) => !chosen.includes(i)).map((i) => [...chosen, i]),
      value,
    );
  }
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const better = best([chosen, ...swaps(chosen, free)], value);
    if (better === chosen) {
      break;
    }
    chosen = better;
  }
  return chosen.sort((a, b) => a - b);
}

function* swaps(chosen: readonly number[], free: readonly number[]): Generator<number[]> {
  for (const i of free.filter((each) => !chosen.includes(each))) {
    for (const out of chosen) {
      yield chosen.map((each) => (each === out ? i : each));
    }
  }
}

/** The first of the best by a value that is compared place by place. */
function best(
  sets: readonly (readonly number[])[],
  value: (chosen: readonly number[]) => readonly number[],
): number[] {
  let [found, worth]: [readonly number[], readonly number[]] = [[], []];
  for (const set of sets) {
    const own = value(set);
    if (worth.length === 0 || isMore(own, worth)) {
      [found, worth] = [set, own];
    }
  }
  return found as number[];
}

const EQUAL = 1e-9;

function isMore(a: readonly number[], b: readonly number[]): boolean {
  const at = a.findIndex((value, i) => Math.abs(value - (b[i] ?? 0)) > EQUAL);
  return at !== -1 && (a[at] ?? 0) > (b[at] ?? 0);
}

/** The effective number of the modes of some texts, and their mean dissimilarity. */
function spread(pool: Pool, chosen: readonly number[]): [ideas: number, dissimilarity: number] {
  const sizes = new Map<number, number>();
  let [sum, pairs] = [0, 0];
  chosen.forEach((i, at) => {
    sizes.set(pool.modeOf(i), (sizes.get(pool.modeOf(i)) ?? 0) + 1);
    for (const j of chosen.slice(0, at)) {
      sum += 1 - pool.between(i, j);
      pairs += 1;
    }
  });
  const ideas = effectiveNumber([...sizes.values()].map((size) => size / chosen.length));
  return [ideas, pairs === 0 ? 0 : sum / pairs];
}

function flagsOf(pool: Pool, chosen: readonly number[]): number {
  return chosen.reduce((sum, i) => sum + pool.flags(i), 0);
}
