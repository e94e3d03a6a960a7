import * as vscode from 'vscode';
import { firstStuckPlace, isOpenPlace } from '../../core/collapse/stuckPlaces';
import type { Subject } from '../../core/collapse/subject';
import type { OpennessOf } from '../../core/model/openness';
import { firstToken } from '../../core/spread/firstToken';
import { chooseEscapes } from '../../core/spread/escapes';
import type { Alternative, Token } from '../../core/model/token';
import { passageAfter, type ForcedToken } from '../../core/spread/forks';
import type { Notice } from '../../protocol';
import { askAgain, type AskedFor, type BranchPlace } from './branchPlace';
import { emittedAt, part, textBeforeToken, type Show } from './branching';
import { noPlausible, notStuck } from './forkErrors';
import type { ForkParts } from './forkFeature';

/** Where to leave a branch: the first stuck place from an offset of its text on, or else any open one there. */
export interface Exit {
  from: number;
  /** Whether a place counts at which the model was not stuck. */
  orOpen: boolean;
}

/**
 * Siblings with the most different plausible alternatives at a place where the branch is stuck. Where too few
 * alternatives are known, the model is asked for its distribution there, one token.
 * @throws VariorumError when there is no such place, or nothing plausible at it
 */
export async function escape(
  parts: ForkParts,
  place: BranchPlace,
  exit: Exit,
  show?: Show,
): Promise<void> {
  const asked = await askAgain(parts, place);
  const { node, tokens } = place;
  const { before } = asked.request.passage;
  const index = await exitOf(parts, { text: node.text, tokens, before }, exit);
  const { n } = asked.request.options;
  const own = emittedAt(place, index);
  const ways = await waysOut(
    { emitted: own, previous: textBeforeToken(place, index) },
    n,
    canTellMore(asked, own) ? () => distributionAt(place, index, asked, own) : undefined,
  );
  await part(parts, { place, index, kind: 'escape', ...ways }, show);
}

/** The most different plausible alternatives at a place. */
export interface WaysOut {
  emitted: ForcedToken['emitted'];
  alternatives: readonly Alternative[];
  notices: readonly Notice[];
}

/**
 * @param n how many are wanted
 * @param tellMore asks for a longer list, where there may be one
 * @throws VariorumError when nothing else is plausible there
 */
export async function waysOut(
  here: { emitted: ForcedToken['emitted']; previous: string | undefined },
  n: number,
  tellMore: (() => Promise<ForcedToken['emitted'] | null>) | undefined,
): Promise<WaysOut> {
  const { emitted: own, previous } = here;
  const choose = (emitted: ForcedToken['emitted']) =>
    chooseEscapes(
      { ...emitted, text: own.text, ...(previous === undefined ? {} : { previous }) },
      n,
    );
  let emitted = own;
  let alternatives = choose(own);
  if (alternatives.length < n && tellMore) {
    const told = await tellMore();
    const more = told ? choose(told) : [];
    if (told && more.length > alternatives.length) {
      [emitted, alternatives] = [told, more];
    }
  }
  if (alternatives.length === 0) {
    throw noPlausible();
  }
  const notices = alternatives.length < n ? [fewer(alternatives.length, n)] : [];
  return { emitted, alternatives, notices };
}

/** The human yardstick; undefined where Sketch's file cannot be read. */
export async function yardstick({ models }: ForkParts): Promise<{ openness?: OpennessOf }> {
  const sketch = await models.sketch();
  return sketch.notice() === null
    ? { openness: (context, next) => sketch.openness(context, next) }
    : {};
}

/** Which token of a text to leave it at. @throws VariorumError when there is no such place */
export async function exitOf(
  parts: ForkParts,
  about: { text: string; tokens: readonly Token[]; before?: string },
  { from, orOpen }: Exit,
): Promise<number> {
  const { tokens } = about;
  const subject: Subject = { ...about, ...(await yardstick(parts)) };
  const stuck = firstStuckPlace(subject, from);
  if (stuck) {
    return stuck.index;
  }
  const open = orOpen
    ? tokens.findIndex((token) => token.start >= from && isOpenPlace(subject, token))
    : -1;
  if (open === -1) {
    throw notStuck();
  }
  return open;
}

function canTellMore({ model }: AskedFor, { alternatives }: ForcedToken['emitted']): boolean {
  const told = model.capabilities.alternatives;
  return told.value !== 'no' && told.max > alternatives.length;
}

/** What the model would say at a place, as it says it now; null where it tells nothing. */
async function distributionAt(
  { node, tokens }: BranchPlace,
  index: number,
  { model, isOwn, request }: AskedFor,
  own: ForcedToken['emitted'],
): Promise<ForcedToken['emitted'] | null> {
  const text = node.text.slice(0, tokens[index]?.start);
  const kept = { text, tokens: isOwn ? tokens.slice(0, index) : [] };
  const passage = passageAfter(request.passage, kept);
  const first = await firstToken(model, passage, request.options, new AbortController().signal);
  if (first === null || first.token.alternatives.length === 0) {
    return null;
  }
  const { token, text: said } = first;
  const there = said === own.text ? token : token.alternatives.find((o) => o.text === own.text);
  const emitted =
    token.logprob === null || token.alternatives.some((other) => other.text === said)
      ? []
      : [
          {
            text: said,
            logprob: token.logprob,
            ...(token.id === undefined ? {} : { id: token.id }),
          },
        ];
  return {
    text: own.text,
    logprob: there?.logprob ?? null,
    alternatives: [...emitted, ...token.alternatives].sort((a, b) => b.logprob - a.logprob),
    tail: token.tail,
  };
}

function fewer(count: number, wanted: number): Notice {
  return {
    severity: 'info',
    message: vscode.l10n.t(
      '{0} of {1} ways out: the model sees no more plausible ones here, each with 1% or more of what it would say instead.',
      count,
      wanted,
    ),
  };
}
