import type { Run } from '../token';
import type { Place } from './chatSteps';
import { compareLists } from './judge';
import type { Banned } from './writingSteps';

/** What the probabilities are of, and how that is known. */
export interface Meaning {
  semantics: Run['semantics'];
  meaning: string;
}

/**
 * Whether probabilities are the model's own (`raw`) or what was drawn from (`processed`): places of one text
 * are compared that were written at different temperatures, and with the likeliest token forbidden.
 */
export function meaningOf(places: readonly Place[], banned: Banned): Meaning {
  const pairs = places.flatMap((a, i) =>
    places
      .slice(i + 1)
      .filter((b) => a.api === b.api && a.temperature !== b.temperature)
      .map((b) => ({ a, b, outcome: compareLists(a.top, b.top) })),
  );
  const changed = pairs.find(({ outcome }) => outcome === 'changed');
  if (changed !== undefined) {
    const { a, b } = changed;
    return {
      semantics: 'processed',
      meaning: `They differ between temperature ${a.temperature} and ${b.temperature}.`,
    };
  }
  if (banned.list === 'changed') {
    return { semantics: 'processed', meaning: 'They differ once a token is forbidden.' };
  }
  const same = pairs.find(({ outcome }) => outcome === 'same');
  const proofs = [
    ...(same ? [`at temperature ${same.a.temperature} and ${same.b.temperature}`] : []),
    ...(banned.list === 'same' ? ['with the likeliest token forbidden'] : []),
  ];
  return proofs.length === 0
    ? { semantics: 'unknown', meaning: 'There was nothing to compare.' }
    : { semantics: 'raw', meaning: `They are the same ${proofs.join(', and ')}.` };
}
