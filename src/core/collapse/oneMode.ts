import { effectiveNumber } from '../diversity/measures';
import type { Mode } from '../diversity/modes';
import { diversityLost } from './diversityLost';
import type { Flag } from './flag';
import { ONE_MODE_BIAS, ONE_MODE_WEIGHT } from './oneModeWeights';
import { placeIn, type Sibling, type SiblingFlags } from './siblings';

/** Two may agree by chance. */
const FEWEST = 3;
/** Diversity lost, from which siblings are warned of. */
const WARNED = 0.75;

/**
 * Siblings that say the same thing: those of the largest mode, when it has three or more of them and over
 * half of all. The score is how often over half of such siblings truly say the same, given the diversity lost.
 * @param modes of these siblings, members being indices into them
 */
export function oneMode(
  siblings: readonly Sibling[],
  modes: readonly Mode[],
): SiblingFlags<'one-mode'> {
  const none = siblings.map((): Flag<'one-mode'>[] => []);
  const [largest] = [...modes].sort((a, b) => b.size - a.size);
  if (!largest || largest.size < FEWEST || largest.size * 2 <= siblings.length) {
    return none;
  }
  const effective = effectiveNumber(modes.map(({ size }) => size / siblings.length));
  const lost = diversityLost(modes, siblings.length);
  const score = 1 / (1 + Math.exp(-ONE_MODE_BIAS - ONE_MODE_WEIGHT * lost));
  const members = new Set(largest.members);
  return siblings.map((sibling, i) =>
    members.has(i)
      ? [
          {
            code: 'one-mode',
            start: 0,
            end: sibling.text.length,
            severity: lost >= WARNED ? 'warning' : 'note',
            score,
            evidence: {
              siblings: siblings.length,
              alike: largest.size,
              label: largest.label,
              effectiveNumber: effective,
            },
            related: siblings.flatMap((other, j) =>
              j !== i && members.has(j) ? [placeIn(other, 0, other.text.length)] : [],
            ),
          },
        ]
      : [],
  );
}
