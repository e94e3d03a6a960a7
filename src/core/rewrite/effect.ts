import { hasCode, type Flag } from '../collapse/flag';
import { measure, type Measures } from '../diversity/measures';
import { compareTexts, findModes, type Mode } from '../diversity/modes';

/** What some versions of one passage are, taken together. Of none: all 0. */
export interface Stock extends Measures {
  /** How many there are. */
  texts: number;
  /** Groups that say the same thing, an estimate. */
  modes: number;
  /** Findings of the collapse check, a text. */
  flags: number;
  /** How many have come apart: what they add is no diversity. */
  derailed: number;
}

/** What rewriting came to. */
export interface RewriteEffect {
  /** What was there: the passage, and what was taken already. */
  before: Stock;
  /** What would be there if the first candidates had been shown unseen. */
  first: Stock;
  /** What is shown. */
  after: Stock;
  /** Modes of what is shown; members are indices into it, the largest first. */
  modes: readonly Mode[];
}

/** A version and its findings. */
export interface Version {
  text: string;
  flags: readonly Flag[];
}

/** Measures versions before and after. Versions without text are left out by the caller. */
export function measureEffect(versions: {
  before: readonly Version[];
  first: readonly Version[];
  after: readonly Version[];
}): RewriteEffect {
  const after = stockOf(versions.after);
  return {
    before: stockOf(versions.before).stock,
    first: stockOf(versions.first).stock,
    after: after.stock,
    modes: after.modes,
  };
}

function stockOf(versions: readonly Version[]): { stock: Stock; modes: readonly Mode[] } {
  const texts = versions.length;
  const given = versions.map(({ text }) => text);
  const compared = compareTexts(given);
  const modes = texts === 0 ? [] : findModes(compared);
  const flags = versions.reduce((sum, version) => sum + version.flags.length, 0);
  const derailed = versions.filter((version) =>
    version.flags.some((flag) => hasCode(flag, 'derailed')),
  ).length;
  const stock = {
    ...measure(given, compared, modes),
    texts,
    modes: modes.length,
    flags: texts === 0 ? 0 : flags / texts,
    derailed,
  };
  return { stock, modes };
}
