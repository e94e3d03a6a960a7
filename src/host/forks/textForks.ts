import * as vscode from 'vscode';
import { OPTION_RANGES } from '../../core/model/options';
import type { ForcedToken } from '../../core/spread/forks';
import type { ForkMark } from '../../core/tree/forkMark';
import type { Notice } from '../../protocol';
import { canScore, candidates } from '../confidence/scorers';
import { partFrom, pickable, type Show } from './branching';
import { exitOf, waysOut, type Exit, type WaysOut } from './escaping';
import { noToken } from './forkErrors';
import type { ForkParts } from './forkFeature';
import { askFrom, type DraftToken, type TextPlace } from './textPlace';

/** As long a list as a place is scored again with, where the one at hand is too short. */
const LONG_LIST = Math.min(40, OPTION_RANGES.alternatives.max);

/** A token of the draft with its own text, as if it had been emitted there. */
export function emittedIn(
  { tokens, session }: TextPlace,
  index: number,
): { emitted: ForcedToken['emitted']; previous: string | undefined; token: DraftToken } {
  const token = tokens[index];
  if (!token) {
    throw noToken();
  }
  const { text } = session.draft;
  const before = tokens[index - 1];
  return {
    token,
    emitted: { ...token, text: text.slice(token.start, token.end) },
    previous: before?.end === token.start ? text.slice(before.start, before.end) : undefined,
  };
}

/** A batch of one that begins with an alternative of a token. @throws VariorumError when it cannot be picked */
export async function pickInText(
  parts: ForkParts,
  place: TextPlace,
  index: number,
  alternative: number,
  show: Show,
): Promise<void> {
  const { emitted, previous } = emittedIn(place, index);
  const alternatives = [pickable(emitted, previous, alternative)];
  const ways = () => Promise.resolve({ emitted, alternatives, notices: [] });
  await begin(parts, { place, index, kind: 'picked', ways }, show);
}

/**
 * A batch that begins with the most different plausible alternatives at the first stuck place of a text. Where
 * too few are known, the model that scored it scores that place again, with a longer list.
 * @param exit in offsets of the draft
 * @throws VariorumError when there is no such place, or nothing plausible at it
 */
export async function escapeInText(
  parts: ForkParts,
  place: TextPlace,
  exit: Exit,
  show: Show,
): Promise<void> {
  const { text } = place.session.draft;
  const index = await exitOf(parts, { text, tokens: place.tokens }, exit);
  const { emitted, previous, token } = emittedIn(place, index);
  const ways = (n: number) =>
    waysOut({ emitted, previous }, n, () => scoredAgain(parts, text, token));
  await begin(parts, { place, index, kind: 'escape', ways }, show);
}

interface Begun {
  place: TextPlace;
  index: number;
  kind: ForkMark['kind'];
  /** Finds up to so many beginnings. */
  ways: (n: number) => Promise<WaysOut>;
}

/** What follows the place to the end of the stretch may be replaced, wherever the writer moves it meanwhile. */
async function begin(
  parts: ForkParts,
  { place, index, kind, ways }: Begun,
  show: Show,
): Promise<void> {
  const { session } = place;
  const { token } = emittedIn(place, index);
  const end = Math.max(token.end, place.span.end);
  const held = session.places.keep(end, { start: token.start, end });
  try {
    const asked = await askFrom(parts, place, token.start, token.model);
    const { notices, ...found } = await ways(asked.request.options.n);
    const span = held.selection ?? { start: held.offset, end: held.offset };
    const parting = { session, span, kind, ...found, notices: [...notices, replaces(place)] };
    await partFrom(parting, asked, show);
  } finally {
    held.dispose();
  }
}

/** The same place with a longer list, by the model that scored it; null where that cannot be had. */
async function scoredAgain(
  { models, log }: ForkParts,
  text: string,
  { by, model, start, end, alternatives }: DraftToken,
): Promise<ForcedToken['emitted'] | null> {
  const scorer = (await candidates(models)).find(({ id }) => id === model.id);
  if (by !== 'scoring' || !scorer || !canScore(scorer)) {
    return null;
  }
  const longest = Math.min(LONG_LIST, scorer.capabilities.alternatives.max);
  if (longest <= alternatives.length) {
    return null;
  }
  const asked = { span: { start, end }, alternatives: longest };
  try {
    for await (const run of scorer.score(text, new AbortController().signal, asked)) {
      const same = run.tokens.find((token) => token.start === start && token.end === end);
      if (same) {
        return { ...same, text: text.slice(start, end) };
      }
    }
  } catch (error) {
    // The list at hand is short, but there is one.
    log.warn(String(error));
  }
  return null;
}

function replaces({ scope }: TextPlace): Notice {
  return {
    severity: 'info',
    message:
      scope === 'selection'
        ? vscode.l10n.t(
            'The branches begin at the word itself. "Replace the selection" puts one in place of the rest of what was selected.',
          )
        : vscode.l10n.t(
            'The branches begin at the word itself. "Replace the selection" puts one in place of the rest of the paragraph.',
          ),
  };
}
