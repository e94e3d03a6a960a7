import { Prose } from '../collapse/prose';
import { estimateTokens } from '../prompt/fitPassage';
import type { Exemplar } from '../rewrite/rewriting';
import { countProse } from '../voice/voiceCounts';
import type { ChosenExemplar, ExemplarRequest } from './exemplarChoice';
import type { ExemplarIndex, IndexedPassage } from './exemplarIndex';
import { styleOf, styleSimilarity } from './style';
import { BUCKETS, cosine, termsOf, type Terms, type Rarities } from './terms';

/** What the writer said of exemplars, by their ids. */
export interface ExemplarWishes {
  /** They come first, in this order. */
  pinned: readonly string[];
  /** They are never chosen. */
  excluded: ReadonlySet<string>;
}

/** How much relevance counts against being unlike those chosen before. */
const RELEVANCE = 0.7;
/** How much style counts against content. */
const STYLE = 0.6;
/** So many of the most relevant are compared with each other. */
const CANDIDATES = 100;
/** More examples than this make no prompt better. */
const MOST = 12;

interface Candidate {
  passage: IndexedPassage;
  place: Exemplar;
  style: number;
  content: number;
  relevance: number;
}

/**
 * Exemplars for a source: those that the writer pinned, then the most relevant in style and content that are
 * unlike those chosen before, by maximal marginal relevance (Carbonell & Goldstein 1998, “The use of MMR,
 * diversity-based reranking”), within the budget. Nothing of the source or of the text before it is chosen.
 */
export function chooseExemplars(
  index: ExemplarIndex,
  request: ExemplarRequest,
  { pinned, excluded }: ExemplarWishes,
): ChosenExemplar[] {
  const basket = new Basket(request.budget);
  for (const id of pinned) {
    const passage = excluded.has(id) ? undefined : index.get(id);
    const place = passage && placeOf(passage, request);
    if (passage && place) {
      basket.add(place, passage, { kind: 'pinned' });
    }
  }
  const rarities = index.weights.rarities();
  const apart = new Set([...pinned, ...excluded]);
  const comparing = new Comparing(
    rarities,
    basket.chosen.map(({ passage }) => passage),
  );
  const left = candidates(index, rarities, request, apart);
  while (left.length > 0 && !basket.isFull) {
    const { at, alike } = best(left, comparing);
    const [candidate] = left.splice(at, 1);
    if (candidate === undefined) {
      break;
    }
    const { passage, place, style, content } = candidate;
    if (basket.add(place, passage, { kind: 'near', style, content, alike })) {
      comparing.add(passage, left);
    }
  }
  return basket.chosen.map(({ exemplar }) => exemplar);
}

class Basket {
  readonly chosen: { exemplar: ChosenExemplar; passage: IndexedPassage }[] = [];
  #left: number;

  constructor(budget: number) {
    this.#left = budget;
  }

  /** Whether no exemplar can follow. */
  get isFull(): boolean {
    return this.chosen.length >= MOST || this.#left < LEAST_TOKENS;
  }

  /** Takes one in where it fits. */
  add(place: Exemplar, passage: IndexedPassage, why: ChosenExemplar['why']): boolean {
    const tokens = estimateTokens(place.text);
    if (tokens > this.#left) {
      return false;
    }
    this.#left -= tokens;
    this.chosen.push({ exemplar: { ...place, why, tokens }, passage });
    return true;
  }
}

/** The shortest exemplar takes so many tokens. */
const LEAST_TOKENS = 40;

/** How like the likest of the chosen each candidate is: kept up as more are chosen. */
class Comparing {
  readonly #chosen: IndexedPassage[];
  readonly #alike = new Map<IndexedPassage, number>();
  readonly #weights = new Map<IndexedPassage, Float32Array>();

  constructor(
    private readonly rarities: Rarities,
    chosen: readonly IndexedPassage[],
  ) {
    this.#chosen = [...chosen];
  }

  alike(passage: IndexedPassage): number {
    let alike = this.#alike.get(passage);
    if (alike === undefined) {
      alike = Math.max(0, ...this.#chosen.map((other) => this.#similarity(passage, other)));
      this.#alike.set(passage, alike);
    }
    return alike;
  }

  add(chosen: IndexedPassage, left: readonly Candidate[]): void {
    for (const { passage } of left) {
      const alike = Math.max(this.alike(passage), this.#similarity(passage, chosen));
      this.#alike.set(passage, alike);
    }
    this.#chosen.push(chosen);
  }

  #similarity(a: IndexedPassage, b: IndexedPassage): number {
    const content = cosine(a.terms, this.#weightsOf(a), b.terms, this.#weightsOf(b));
    return joined(styleSimilarity(a.style, b.style), content);
  }

  #weightsOf(passage: IndexedPassage): Float32Array {
    let weights = this.#weights.get(passage);
    if (weights === undefined) {
      weights = this.rarities.weigh(passage.terms);
      this.#weights.set(passage, weights);
    }
    return weights;
  }
}

function best(left: readonly Candidate[], comparing: Comparing): { at: number; alike: number } {
  let found = { at: 0, alike: 0, score: -Infinity };
  for (const [at, { passage, relevance }] of left.entries()) {
    const alike = comparing.alike(passage);
    const score = RELEVANCE * relevance - (1 - RELEVANCE) * alike;
    if (score > found.score) {
      found = { at, alike, score };
    }
  }
  return found;
}

/** Cosines of passages are small even where they are about the same: the root spreads them. */
function joined(style: number, content: number): number {
  return STYLE * style + (1 - STYLE) * Math.sqrt(content);
}

/** The most relevant passages, the best first. */
function candidates(
  index: ExemplarIndex,
  rarities: Rarities,
  request: ExemplarRequest,
  apart: ReadonlySet<string>,
): Candidate[] {
  const prose = new Prose(request.source);
  const style = styleOf(countProse(prose));
  const query = new Query(termsOf(prose), rarities);
  const scored: { passage: IndexedPassage; style: number; content: number; relevance: number }[] =
    [];
  for (const passage of index.passages()) {
    if (!apart.has(passage.id)) {
      const near = styleSimilarity(passage.style, style);
      const content = query.cosine(passage.terms);
      scored.push({ passage, style: near, content, relevance: joined(near, content) });
    }
  }
  scored.sort((a, b) => b.relevance - a.relevance);
  const out: Candidate[] = [];
  for (const one of scored) {
    const place = placeOf(one.passage, request);
    if (place !== undefined) {
      out.push({ ...one, place });
    }
    if (out.length === CANDIDATES) {
      break;
    }
  }
  return out;
}

/**
 * The words of the source, spread over all buckets, so that a passage is compared in one walk. Rarity counts on
 * the source's side only (lnc.ltc: Manning, Raghavan & Schütze 2008, “Introduction to Information Retrieval”,
 * 6.4.3), so that nothing kept of a passage depends on the others.
 */
class Query {
  readonly #spread = new Float32Array(BUCKETS);

  constructor(terms: Terms, rarities: Rarities) {
    const own = rarities.weigh(terms);
    terms.buckets.forEach((bucket, i) => (this.#spread[bucket] = own[i] ?? 0));
  }

  /** The cosine of the source and a passage, 0 to 1. */
  cosine({ buckets, counts, length }: Terms): number {
    const spread = this.#spread;
    let dot = 0;
    for (let i = 0; i < buckets.length; i++) {
      dot += (counts[i] ?? 0) * (spread[buckets[i] ?? 0] ?? 0);
    }
    return Math.min(1, dot / length);
  }
}

/** As much of a text, in UTF-16 code units, is not in two places by accident. */
const TELLING = 40;

/** A place of a passage that shows nothing of the source or of what stands before it. */
function placeOf(passage: IndexedPassage, request: ExemplarRequest): Exemplar | undefined {
  const [first] = passage.places;
  const { source, before } = request;
  if (first === undefined || passage.places.some((place) => overlaps(place, request))) {
    return undefined;
  }
  const own = source.trim();
  const holdsSource = own.length >= TELLING && first.text.includes(own);
  const isShown = first.text
    .split('\n')
    .some((line) => line.length >= TELLING && (source.includes(line) || before.includes(line)));
  return holdsSource || isShown ? undefined : first;
}

function overlaps({ path, start, end }: Exemplar, { at, before }: ExemplarRequest): boolean {
  return at?.path === path && start < at.end && end > at.start - before.length;
}
