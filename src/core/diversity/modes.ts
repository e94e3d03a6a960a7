import { finish, type Steps } from '../steps';
import { MOST_COMPARED } from './bounds';
import { averageLinkage, roundLeaders } from './linkage';
import { tellingApart, type Distinct } from './distinct';
import { labelsOf } from './label';
import { LeaderIndex } from './leaderIndex';
import { LexicalSimilarity, type Similarity } from './similarity';
import { SAME_IDEA } from './weights';

/** A group of texts that say the same thing. */
export interface Mode<Member = number> {
  /** A few words of theirs; differs from the labels of the others. */
  label: string;
  size: number;
  /** In the order given. */
  members: readonly Member[];
}

/** A set of texts, told apart and compared. */
export interface Compared {
  distinct: Distinct;
  /** Between the distinct texts. */
  similarity: Similarity;
}

/** Compares texts by their words, those that are the same but for wrapper and typesetting as one. */
export function compareTexts(texts: readonly string[]): Compared {
  return finish(comparing(texts));
}

/** `compareTexts`, with pauses. */
export function* comparing(texts: readonly string[]): Steps<Compared> {
  const distinct = yield* tellingApart(texts);
  return { distinct, similarity: yield* LexicalSimilarity.over(distinct) };
}

/**
 * Groups answers by what they say: an estimate, right about five times in six for a pair. Groups do not
 * depend on the order given. To 2,000 distinct texts by average linkage, above round leaders.
 * @param threshold mean similarity, 0 to 1, from which groups are one; embeddings need one of their own
 * @returns modes whose members are indices into the texts given; the largest first
 */
export function findModes(
  { distinct, similarity }: Compared,
  threshold: number = SAME_IDEA,
): Mode[] {
  const { texts, kinds, counts } = distinct;
  const group =
    texts.length <= MOST_COMPARED
      ? averageLinkage(similarity, counts, threshold)
      : roundLeaders(similarity, counts, threshold, new LeaderIndex(texts));
  const members = new Map<number, number[]>();
  const kindsOf = new Map<number, number[]>();
  group.forEach((of, kind) => {
    kindsOf.set(of, [...(kindsOf.get(of) ?? []), kind]);
  });
  kinds.forEach((kind, text) => {
    const of = group[kind] ?? kind;
    const list = members.get(of);
    if (list) {
      list.push(text);
    } else {
      members.set(of, [text]);
    }
  });
  const found = Array.from(members, ([of, list]) => ({ list, kinds: kindsOf.get(of) ?? [] }));
  found.sort((a, b) => b.list.length - a.list.length || least(a.kinds) - least(b.kinds));
  const labels = labelsOf(
    texts,
    counts,
    found.map((mode) => mode.kinds),
  );
  return found.map(({ list }, i) => ({
    label: labels[i] ?? '',
    size: list.length,
    members: list,
  }));
}

function least(kinds: readonly number[]): number {
  return kinds[0] ?? 0;
}
