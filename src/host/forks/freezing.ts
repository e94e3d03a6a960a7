import * as vscode from 'vscode';
import { compareTexts, findModes } from '../../core/diversity/modes';
import { effectiveNumber } from '../../core/diversity/measures';
import {
  bordersToSample,
  FROZEN_BY_SAMPLES,
  FROZEN_BY_TOKENS,
  futuresFromTokens,
  pointOfNoReturn,
  sentencesOf,
  type BorderFutures,
} from '../../core/diversity/futures';
import { Collector } from '../../core/model/collector';
import { VariorumError } from '../../core/model/error';
import type { Options } from '../../core/model/languageModel';
import { limitReach } from '../../core/model/reach';
import { passageAfter } from '../../core/spread/forks';
import type { FreezeView } from '../../protocol';
import { askAgain, type AskedFor, type BranchPlace } from './branchPlace';
import { yardstick } from './escaping';
import { nothingToRead } from './forkErrors';
import type { ForkParts } from './forkFeature';

/** Borders that are resampled at most, branches at each, and tokens of each. */
export const SAMPLED = { borders: 12, branches: 5, tokens: 40 } as const;

/** What resampling would cost at most. */
export interface Cost {
  borders: number;
  branches: number;
  tokens: number;
  model: string;
}

/** Asks the writer whether it is worth that. */
export type Confirm = (cost: Cost) => Promise<boolean>;

/**
 * *Where did it freeze?*, of a branch of the batch shown: from its probabilities, or by resampling.
 * @param resample even where there are probabilities
 */
export async function freeze(
  parts: ForkParts,
  place: BranchPlace,
  resample: boolean,
  confirm: Confirm,
): Promise<void> {
  const { node, tokens, session } = place;
  const sentences = sentencesOf(node.text);
  if (sentences.length === 0) {
    throw nothingToRead();
  }
  const asked = await askAgain(parts, place);
  if (!resample) {
    const known = futuresFromTokens({
      text: node.text,
      before: asked.request.passage.before,
      tokens,
      ...(await yardstick(parts)),
    });
    if (known.some(({ futures }) => futures !== null)) {
      session.froze(node.id, freezeView('tokens', known));
      return;
    }
  }
  const chosen = bordersToSample(sentences.length, SAMPLED.borders);
  const { branches, tokens: each } = SAMPLED;
  const borders = chosen.length;
  const cost: Cost = {
    ...{ borders, branches },
    tokens: borders * branches * each,
    model: asked.model.label,
  };
  if (await confirm(cost)) {
    await sampled(place, asked, chosen);
  }
}

/** Says what resampling costs, before anything is sent. */
export const confirmCost: Confirm = async ({ borders, branches, tokens, model }) => {
  const go = vscode.l10n.t('Resample');
  const choice = await vscode.window.showInformationMessage(
    vscode.l10n.t(
      'Resample how it goes on? {0} is asked for {1} short branches at {2} sentence borders: at most {3} tokens.',
      model,
      branches,
      borders,
      tokens,
    ),
    { modal: true },
    go,
  );
  return choice === go;
};

/** Asks at one border after the other; what came before a stop or a failure is kept and shown. */
async function sampled(
  { session, node }: BranchPlace,
  asked: AskedFor,
  chosen: readonly number[],
): Promise<void> {
  const borders: BorderFutures[] = sentencesOf(node.text).map((sentence) => ({
    sentence,
    futures: null,
  }));
  const controller = new AbortController();
  await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t('Where did it freeze?'),
      cancellable: true,
    },
    async (progress, token) => {
      token.onCancellationRequested(() => controller.abort());
      for (const [done, at] of chosen.entries()) {
        const message = vscode.l10n.t('border {0} of {1}', done + 1, chosen.length);
        progress.report({ message, increment: 100 / chosen.length });
        const border = borders[at];
        const start = border?.sentence.start ?? 0;
        const texts = await samplesAt(node.text.slice(0, start), asked, controller.signal);
        if (controller.signal.aborted) {
          return;
        }
        if (border) {
          border.futures = futuresOf(texts);
          session.froze(node.id, freezeView('samples', borders));
        }
      }
    },
  );
}

/** Short branches from a place of a branch. @throws VariorumError when all of them failed */
async function samplesAt(
  kept: string,
  { model, request }: AskedFor,
  signal: AbortSignal,
): Promise<string[]> {
  const n = SAMPLED.branches;
  const { seed, ...rest } = request.options;
  const options: Options = {
    ...rest,
    n,
    maxTokens: SAMPLED.tokens,
    reach: 'sentence',
    ...(seed === undefined ? {} : { seed: seed + kept.length }),
  };
  const passage = passageAfter(request.passage, { text: kept, tokens: [] });
  const collector = new Collector(n);
  const stream = model.continue(passage, options, signal);
  for await (const chunk of limitReach(stream, 'sentence', { n, before: passage.before })) {
    collector.add(chunk);
  }
  const texts = collector.branches.map(({ text }) => text).filter((text) => text.trim() !== '');
  const failure = collector.branches.find(({ error }) => error)?.error;
  if (texts.length === 0 && failure) {
    throw new VariorumError(failure);
  }
  return texts;
}

/** The effective number of ideas among the samples of a border; null where there are too few to compare. */
function futuresOf(texts: readonly string[]): number | null {
  if (texts.length < 2) {
    return null;
  }
  const modes = findModes(compareTexts(texts));
  return effectiveNumber(modes.map(({ size }) => size / texts.length));
}

function freezeView(by: FreezeView['by'], borders: readonly BorderFutures[]): FreezeView {
  const frozen = by === 'tokens' ? FROZEN_BY_TOKENS : FROZEN_BY_SAMPLES;
  const noReturn = pointOfNoReturn(borders, frozen);
  return {
    by,
    line: lineOf(noReturn, borders.length),
    borders: borders.map(({ sentence, futures, most }) => ({
      ...sentence,
      futures,
      ...(most === undefined ? {} : { most }),
    })),
    noReturn,
  };
}

function lineOf(noReturn: number | null, count: number): string {
  return noReturn === null
    ? vscode.l10n.t('It did not freeze: more than one future is left near its end.')
    : vscode.l10n.t(
        'Point of no return: sentence {0} of {1}. From there it goes one way.',
        noReturn + 1,
        count,
      );
}
