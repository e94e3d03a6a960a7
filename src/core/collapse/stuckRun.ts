import { isInsideWord, readToken } from '../model/certainty';
import { confidenceStep } from '../model/confidence';
import type { OpennessOver } from '../model/openness';
import type { Token } from '../model/token';
import { finish, type Steps } from '../steps';
import type { Agreement } from './agreement';
import type { Flag } from './flag';
import { Prose } from './prose';
import { CONTEXT } from './stuckPlaces';
import type { Subject } from './subject';

/** Open places in one run before it is worth a word. */
const FEWEST = 4;

/** Places that the yardstick is asked about at once. */
const ASKED = 16;

/**
 * Runs of tokens at which the model was certain although human text is open there. Tokens inside a word
 * and at places that human text leaves no choice either (fixed expressions) are given: they neither end
 * a run nor count. Tokens without a probability end it. Where there are siblings, a place counts the more
 * of them write the same there: half as much as alone when none does, half as much again when all do.
 * Says nothing without tokens or without a yardstick.
 */
export function findStuckRuns(subject: Subject): Flag<'stuck-run'>[] {
  return finish(stuckRuns(subject));
}

/** `findStuckRuns` with pauses between looks at the yardstick, which may be slow. */
export function* stuckRuns(subject: Subject): Steps<Flag<'stuck-run'>[]> {
  const { text, before = '', tokens, agreement } = subject;
  const over = yardstick(subject);
  if (tokens === undefined || over === undefined) {
    return [];
  }
  const known = before.slice(-CONTEXT);
  const whole = known + text;
  const prose = agreement === undefined ? undefined : new Prose(text);
  const flags: Flag<'stuck-run'>[] = [];
  for (const run of certainRuns(text, tokens)) {
    const open: Open[] = [];
    for (let from = 0; from < run.length; from += ASKED) {
      const some = run.slice(from, from + ASKED);
      const places = some.map(({ start }) => known.length + start);
      const first = Math.max(0, (places[0] ?? 0) - CONTEXT);
      const end = known.length + (some.at(-1)?.end ?? 0);
      const near = over(
        whole.slice(first, end),
        places.map((place) => place - first),
      );
      some.forEach((token, i) => {
        const bits = near[i]?.entropy ?? 0;
        if (readToken(text, token, bits).certainty === 'stuck') {
          open.push({ token, bits, share: agreementAt(agreement, prose, token) });
        }
      });
      yield;
    }
    flags.push(...stuckFlag(open));
  }
  return flags;
}

interface Open {
  token: Token;
  bits: number;
  /** Of the siblings that write the same; undefined where that is not known. */
  share: number | undefined;
}

/** One that knows single places only is asked about one after the other. */
function yardstick({ openness, opennessOver }: Subject): OpennessOver | undefined {
  if (opennessOver !== undefined || openness === undefined) {
    return opennessOver;
  }
  return (text, places) =>
    places.map((place) =>
      openness(text.slice(Math.max(0, place - CONTEXT), place), text.slice(place)),
    );
}

function agreementAt(
  agreement: Agreement | undefined,
  prose: Prose | undefined,
  { start, end }: Token,
): number | undefined {
  const word = prose?.wordIn(start, end) ?? -1;
  return prose === undefined || word < 0 ? undefined : agreement?.at(prose, word);
}

/** Whether there is a run of certain tokens at all: without one, no yardstick is needed. */
export function mayBeStuck(text: string, tokens: readonly Token[]): boolean {
  return certainRuns(text, tokens).length > 0;
}

/** Runs of certain tokens, those inside a word left out; the yardstick is slow, so only long ones are kept. */
function certainRuns(text: string, tokens: readonly Token[]): Token[][] {
  const runs: Token[][] = [];
  let run: Token[] = [];
  for (const token of tokens) {
    if (!isCertain(token)) {
      runs.push(run);
      run = [];
    } else if (!isInsideWord(text, token)) {
      run.push(token);
    }
  }
  return [...runs, run].filter(({ length }) => length >= FEWEST);
}

/** The finding that a run is, if it is one. */
function stuckFlag(open: readonly Open[]): Flag<'stuck-run'>[] {
  const [first, last] = [open[0], open.at(-1)];
  const shares = open.flatMap(({ share }) => share ?? []);
  const agreement = shares.length === 0 ? undefined : mean(shares);
  const weight = open.length * (agreement === undefined ? 1 : 0.5 + agreement);
  if (first === undefined || last === undefined || weight < FEWEST) {
    return [];
  }
  const entropy = mean(open.map(({ bits }) => bits));
  return [
    {
      start: first.token.start,
      end: last.token.end,
      code: 'stuck-run',
      severity: weight >= 3 * FEWEST ? 'warning' : 'note',
      // Each further open place at p ≥ .99 is more surprising: one in e^-4 at four, next to none at twelve.
      score: 1 - Math.exp(-weight / FEWEST),
      evidence: {
        tokens: open.length,
        entropy,
        ...(agreement === undefined ? {} : { agreement }),
      },
    },
  ];
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** From p ≥ .99 on. */
function isCertain({ logprob }: Token): boolean {
  return ['surer', 'surest'].includes(confidenceStep(logprob));
}
