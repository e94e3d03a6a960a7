import * as vscode from 'vscode';
import { firstStuckPlace, isOpenPlace } from '../../core/collapse/stuckPlaces';
import type { Subject } from '../../core/collapse/subject';
import type { OpennessOf } from '../../core/model/openness';
import { firstToken } from '../../core/spread/continueApart';
import { chooseEscapes } from '../../core/spread/escapes';
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
  const index = await exitOf(parts, place, asked, exit);
  const { n } = asked.request.options;
  const own = emittedAt(place, index);
  const previous = textBeforeToken(place, index);
  const choose = (emitted: ForcedToken['emitted']) =>
    chooseEscapes(
      { ...emitted, text: own.text, ...(previous === undefined ? {} : { previous }) },
      n,
    );
  let emitted = own;
  let alternatives = choose(own);
  if (alternatives.length < n && canTellMore(asked, own)) {
    const told = await distributionAt(place, index, asked, own);
    const more = told ? choose(told) : [];
    if (told && more.length > alternatives.length) {
      [emitted, alternatives] = [told, more];
    }
  }
  if (alternatives.length === 0) {
    throw noPlausible();
  }
  const notices = alternatives.length < n ? [fewer(alternatives.length, n)] : [];
  await part(parts, { place, index, kind: 'escape', alternatives, emitted, notices }, show);
}

/** The human yardstick; undefined where Sketch's file cannot be read. */
export async function yardstick({ models }: ForkParts): Promise<{ openness?: OpennessOf }> {
  const sketch = await models.sketch();
  return sketch.notice() === null
    ? { openness: (context, next) => sketch.openness(context, next) }
    : {};
}

async function exitOf(
  parts: ForkParts,
  { node, tokens }: BranchPlace,
  { request }: AskedFor,
  { from, orOpen }: Exit,
): Promise<number> {
  const { text } = node;
  const subject: Subject = {
    text,
    tokens,
    before: request.passage.before,
    ...(await yardstick(parts)),
  };
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
  { model, request }: AskedFor,
  own: ForcedToken['emitted'],
): Promise<ForcedToken['emitted'] | null> {
  const kept = { text: node.text.slice(0, tokens[index]?.start), tokens: tokens.slice(0, index) };
  const passage = passageAfter(request.passage, kept);
  const first = await firstToken(model, passage, request.options, new AbortController().signal);
  if (first === null || first.token.alternatives.length === 0) {
    return null;
  }
  const { token, text } = first;
  const there = text === own.text ? token : token.alternatives.find((o) => o.text === own.text);
  const emitted =
    token.logprob === null || token.alternatives.some((other) => other.text === text)
      ? []
      : [{ text, logprob: token.logprob, ...(token.id === undefined ? {} : { id: token.id }) }];
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
