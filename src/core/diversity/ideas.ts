import { findDerailed } from '../collapse/derailed';
import { readSubject } from '../collapse/reading';
import type { Translate } from '../collapse/translate';
import type { Steps } from '../steps';
import type { NodeId } from '../tree/node';
import { applyLabels } from './applyLabels';
import { isCollapsed } from './collapsed';
import { describeMeasures } from './describeMeasures';
import type { IdeaLabels } from './ideaLabels';
import { ideaLine } from './ideaLine';
import { labelsOf } from './label';
import { measuring, type Measures } from './measures';
import { comparing, findModes, type Mode } from './modes';

/** A sibling as the comparison needs it. */
export interface IdeaBranch {
  /** The number on its card. */
  index: number;
  /** What statements about it are kept under. */
  node: NodeId;
  text: string;
}

/** What siblings say, as an estimate. */
export interface Ideas {
  line: string;
  measures: readonly string[];
  groups: readonly { label: string; members: readonly number[] }[];
  collapsed: boolean;
}

export interface IdeasFound {
  ideas: Ideas;
  /** Members are indices into the branches given. */
  modes: readonly Mode[];
  numbers: Measures;
}

/** One text has no siblings. */
const FEWEST = 2;

/**
 * Groups siblings by what they say, the writer's corrections included, and words it. Branches with nothing in
 * them are left out.
 * @returns undefined when there are fewer than two to compare
 */
export function* findIdeas(
  given: readonly IdeaBranch[],
  labels: IdeaLabels,
  t: Translate,
): Steps<IdeasFound | undefined> {
  const branches = given.filter(({ text }) => text.trim() !== '');
  if (branches.length < FEWEST) {
    return undefined;
  }
  const texts = branches.map(({ text }) => text);
  const compared = yield* comparing(texts);
  yield;
  const modes = corrected(branches, findModes(compared), labels);
  yield;
  const numbers = yield* measuring(texts, compared, modes);
  yield;
  let derailed = 0;
  for (const text of texts) {
    derailed += findDerailed(readSubject({ text })).length > 0 ? 1 : 0;
    yield;
  }
  const place = new Map(given.map((branch, i) => [branch, i]));
  return {
    ideas: {
      line: ideaLine(modes, t),
      measures: describeMeasures(numbers, texts.length, derailed, t),
      groups: modes.map(({ label, members }) => ({
        label,
        members: members.flatMap((member) => branches[member]?.index ?? []),
      })),
      collapsed: isCollapsed(numbers.effectiveNumber, texts.length),
    },
    modes: modes.map((mode) => ({
      ...mode,
      members: mode.members.flatMap((member) => {
        const branch = branches[member];
        return branch === undefined ? [] : (place.get(branch) ?? []);
      }),
    })),
    numbers,
  };
}

/** Modes with what was merged and split by hand; only then are they labelled anew. */
function corrected(
  branches: readonly IdeaBranch[],
  modes: readonly Mode[],
  labels: IdeaLabels,
): readonly Mode[] {
  const nodes = new Map(branches.map(({ node }, i) => [node, i]));
  const nodeOf = (member: number) => branches[member]?.node ?? '';
  const found = modes.map(({ members }) => members.map(nodeOf));
  const wanted = labels.apply(found);
  const isSame = (group: readonly NodeId[]) =>
    found.some((own) => own.length === group.length && own.every((node) => group.includes(node)));
  if (wanted.length === found.length && wanted.every(isSame)) {
    return modes;
  }
  const groups = wanted.map((group) => group.flatMap((node) => nodes.get(node) ?? []));
  const texts = branches.map(({ text }) => text);
  const names = labelsOf(
    texts,
    texts.map(() => 1),
    groups,
  );
  const said = groups.flatMap((group, i) =>
    group.map((member) => [member, names[i] ?? ''] as const),
  );
  return applyLabels(modes, new Map(said));
}
